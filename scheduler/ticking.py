"""The clock, and APScheduler's only home: it knows when to look, and nothing of what is due."""

import asyncio
from collections.abc import Sequence
from datetime import UTC
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped] # it has no types

from domain.clock import SystemClock
from domain.errors import Unavailable
from scheduler.timetable import Line

# A tick that was missed is made up for once, however late; one that still runs is not run again.
EVERY_TICK = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}

log: Any = structlog.get_logger(__name__)


class Ticking:
    """Runs a timetable until cancelled."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = tuple(lines)
        self._running: set[str] = set()
        self._asked: set[str] = set()
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=EVERY_TICK)

    def soon(self, name: str) -> None:
        """Bring a line's next tick forward to now; one that runs is followed by another at once."""
        if name in self._running:
            self._asked.add(name)
        elif self._scheduler.running:
            self._scheduler.modify_job(name, next_run_time=SystemClock().now())

    async def run(self) -> None:
        for line in self._lines:
            self._scheduler.add_job(
                self._tick,
                "interval",
                seconds=line.every.total_seconds(),
                args=[line],
                id=line.name,
            )
        self._scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._scheduler.shutdown(wait=False)

    async def _tick(self, line: Line) -> None:
        self._running.add(line.name)
        try:
            await tick(line)
            while line.name in self._asked:
                self._asked.discard(line.name)
                await tick(line)
        finally:
            self._running.discard(line.name)


async def tick(line: Line) -> None:
    """Do one line's work; whatever goes wrong, the next tick comes."""
    try:
        await line.what()
    except Unavailable as away:
        log.warning("tick_waits_for_the_store", tick=line.name, reason=str(away))
    except Exception:
        log.exception("tick_broke", tick=line.name)
