"""Calls between processes on one PostgreSQL: what one commits wakes the others."""

import asyncio
from typing import Any

import structlog
from psycopg import AsyncConnection as Line, Error
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.news import Listener, News, read

NAME = "beffroi"
SILENCE = 10  # seconds, after which we ask whether the line still stands
NEXT_TRY = 1  # seconds

log: Any = structlog.get_logger(__name__)


async def call(connection: AsyncConnection, news: News) -> None:
    """Tell every process, once this transaction is committed, what there is to do."""
    await connection.execute(
        text("SELECT pg_notify(:name, :words)"), {"name": NAME, "words": news.words}
    )


async def listen(conninfo: str, heard: Listener) -> None:
    """Pass calls on until cancelled; what is missed while the line is down is found by looking."""
    while True:
        try:
            async with await Line.connect(conninfo, autocommit=True) as line:
                await line.execute(f"LISTEN {NAME}")
                await _pass_on(line, heard)
        except (Error, TimeoutError) as away:
            log.warning("calls_not_heard", error=type(away).__name__)
            await asyncio.sleep(NEXT_TRY)


async def _pass_on(line: Line[Any], heard: Listener) -> None:
    while True:
        async for said in line.notifies(timeout=SILENCE):
            heard(read(said.payload))
        async with asyncio.timeout(SILENCE):
            await line.execute("SELECT 1")
