"""Logs: one line an event, for a person or for a machine, on standard error."""

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from bot.settings import Log, LogFormat

# Libraries that speak of every step; their warnings are enough.
CHATTY = (
    "alembic",
    "apscheduler",
    "fontTools",
    "httpx",
    "procrastinate",
    "slack_bolt",
    "slack_sdk",
    "tzlocal",
    "uvicorn",
    "weasyprint",
)


def start_logs(log: Log, stream: TextIO | None = None) -> None:
    """Write what the house and its libraries log to `stream`, or standard error, from now on."""
    stream = stream or sys.stderr
    level = logging.getLevelNamesMapping()[log.level.upper()]
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_written(log.format, stream),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _written(form: LogFormat, stream: TextIO) -> list[Any]:
    """Return the last processors. A traceback is shown without its variables: they are private."""
    if form is LogFormat.JSON:
        json = structlog.processors.JSONRenderer(ensure_ascii=False)
        return [structlog.processors.format_exc_info, json]
    plain = structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return [plain]
