"""Logs: one line an event, with nothing private."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import start_logs
from bot.settings import Log, LogFormat, LogLevel


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


def logged(log: Log) -> list[str]:
    """Return the lines that a program logs which also has a bug and a library."""
    stream = io.StringIO()
    start_logs(log, stream)
    address = "amina@council.ma"
    structlog.get_logger().info("notice_expanded", notice=3)
    logging.getLogger("apscheduler").info("a library speaks of every step")
    logging.getLogger("apscheduler").warning("a library warns")
    try:
        assert {0: address}[len(address)]
    except KeyError:
        structlog.get_logger().exception("part_broke")
    return stream.getvalue().splitlines()


def test_a_machine_reads_one_json_object_a_line() -> None:
    events = [json.loads(line) for line in logged(Log(format=LogFormat.JSON))]
    assert [one["event"] for one in events] == ["notice_expanded", "a library warns", "part_broke"]
    assert events[0]["notice"] == 3
    assert "KeyError: 16" in events[2]["exception"]


@pytest.mark.parametrize("form", LogFormat)
def test_a_trace_shows_no_variable(form: LogFormat) -> None:
    assert "amina@council.ma" not in "\n".join(logged(Log(format=form)))


def test_what_is_less_than_asked_for_is_left_out() -> None:
    lines = "\n".join(logged(Log(level=LogLevel.ERROR)))
    assert "notice_expanded" not in lines
    assert "a library warns" not in lines
    assert "part_broke" in lines
