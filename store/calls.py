"""Calls between processes on one PostgreSQL: what one commits wakes the others."""

import asyncio
from collections.abc import Callable, Collection
from typing import Any

import structlog
from psycopg import AsyncConnection as Line, Error
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel

NAME = "beffroi"
PUBLISHED = "published"
KNOWN = frozenset(Channel)  # a newer version may know more
SILENCE = 10  # seconds, after which we ask whether the line still stands
NEXT_TRY = 1  # seconds

Heard = Callable[[frozenset[Channel], bool], None]

log: Any = structlog.get_logger(__name__)


async def call(
    connection: AsyncConnection, channels: Collection[Channel], *, has_published: bool
) -> None:
    """Tell every process, once this transaction is committed, where there is something to do."""
    words = [*channels, *([PUBLISHED] if has_published else [])]
    await connection.execute(
        text("SELECT pg_notify(:name, :words)"), {"name": NAME, "words": " ".join(words)}
    )


async def listen(conninfo: str, heard: Heard) -> None:
    """Pass calls on until cancelled; what is missed while the line is down is found by looking."""
    while True:
        try:
            async with await Line.connect(conninfo, autocommit=True) as line:
                await line.execute(f"LISTEN {NAME}")
                await _pass_on(line, heard)
        except (Error, TimeoutError) as away:
            log.warning("calls_not_heard", error=type(away).__name__)
            await asyncio.sleep(NEXT_TRY)


async def _pass_on(line: Line[Any], heard: Heard) -> None:
    while True:
        async for said in line.notifies(timeout=SILENCE):
            words = said.payload.split()
            heard(
                frozenset(Channel(word) for word in words if word in KNOWN),
                PUBLISHED in words,
            )
        async with asyncio.timeout(SILENCE):
            await line.execute("SELECT 1")
