"""What several processes on one PostgreSQL share besides the tables: jobs, calls, and turns."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from zlib import crc32

import structlog
from psycopg import AsyncConnection as Line, Error
from sqlalchemy.ext.asyncio import AsyncConnection

from store import calls
from store.jobs import Jobs
from store.news import Listener, News
from store.outbox import Ready

NEXT_TRY = 2  # seconds, until another is asked whether it has gone
LINE_CHECK = 5  # seconds, until it is asked whether the line still stands

log: Any = structlog.get_logger(__name__)


class Shared:
    """One process's share in them."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self.jobs = Jobs(conninfo)

    async def tell(
        self,
        connection: AsyncConnection,
        ready: Sequence[Ready],
        news: News,
    ) -> None:
        """Put jobs and calls into a transaction that is about to be committed."""
        if ready:
            await self.jobs.put(connection, ready)
        if news:
            await calls.call(connection, news)

    async def listen(self, heard: Listener) -> None:
        await calls.listen(self._conninfo, heard)

    async def alone(self, name: str, run: Callable[[], Awaitable[object]]) -> None:
        """Run something in one process at a time, until cancelled: the first to come has it.

        Where its line to the database breaks, it stops, and whoever asks next goes on.
        """
        while True:
            try:
                async with await Line.connect(self._conninfo, autocommit=True) as line:
                    if await _is_first(line, name):
                        log.info("has_the_turn", name=name)
                        await _while_it_stands(line, run)
            except* (Error, TimeoutError) as away:
                log.warning("turn_lost", name=name, errors=[repr(one) for one in away.exceptions])
            await asyncio.sleep(NEXT_TRY)


async def _is_first(line: Line[Any], name: str) -> bool:
    asked = await line.execute("SELECT pg_try_advisory_lock(%s)", [crc32(name.encode())])
    row = await asked.fetchone()
    return bool(row and row[0])


async def _while_it_stands(line: Line[Any], run: Callable[[], Awaitable[object]]) -> None:
    async def check() -> None:
        while True:
            await asyncio.sleep(LINE_CHECK)
            async with asyncio.timeout(LINE_CHECK):
                await line.execute("SELECT 1")

    async with asyncio.TaskGroup() as tasks:
        checking = tasks.create_task(check())
        await run()
        checking.cancel()
