import asyncio
import sqlite3
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from domain.clock import HandClock
from store.connecting import Store, opened

ROWS = [{"name": f"fact {number}", "value": "x"} for number in range(5000)]
INSERT = text("INSERT INTO facts (name, value) VALUES (:name, :value)")


@pytest.fixture
async def embedded(sqlite_url: str, clock: HandClock) -> AsyncIterator[Store]:
    store = opened(sqlite_url, clock)
    yield store
    await store.close()


async def _count(store: Store) -> int:
    async with store.reading() as unit:
        found = await unit.connection.execute(text("SELECT count(*) FROM facts"))
        return int(found.scalar_one())


@pytest.mark.parametrize("count", [1, 20, 21, 5000])
async def test_few_rows_and_many_are_written_alike(embedded: Store, count: int) -> None:
    async with embedded.unit() as unit:
        await unit.connection.execute(INSERT, ROWS[:count])
    assert await _count(embedded) == count


async def test_a_unit_waits_for_another_process_while_the_loop_goes_on(
    embedded: Store, sqlite_url: str
) -> None:
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    turns = 0

    async def another_process_ends() -> None:
        nonlocal turns
        while turns < 20:
            turns += 1
            await asyncio.sleep(0)
        other.execute("COMMIT")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(another_process_ends())
        async with embedded.unit() as unit:
            await unit.facts.remember("who", "us")
            assert turns == 20
    other.close()
    assert await _count(embedded) == 1


async def test_a_unit_that_is_cancelled_while_it_writes_leaves_nothing_and_nobody_stuck(
    embedded: Store,
) -> None:
    async def write() -> None:
        async with embedded.unit() as unit:
            while True:
                await unit.connection.execute(text("DELETE FROM facts"))
                await unit.connection.execute(INSERT, ROWS)

    writing = asyncio.ensure_future(write())
    for _ in range(10):
        await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with embedded.unit() as unit:
        await unit.facts.remember("who", "us")
    assert await _count(embedded) == 1


async def test_what_was_read_outlives_its_connection(embedded: Store) -> None:
    async with embedded.unit() as unit:
        await unit.connection.execute(INSERT, ROWS[:50])
    async with embedded.reading() as unit:
        found = await unit.connection.execute(text("SELECT name FROM facts"))
    assert len(found.all()) == 50


async def test_rows_can_be_taken_one_by_one_and_by_the_handful(embedded: Store) -> None:
    async with embedded.unit() as unit:
        await unit.connection.execute(INSERT, ROWS[:7])
    async with embedded.reading() as unit:
        found = await unit.connection.execute(text("SELECT name FROM facts ORDER BY rowid"))
        first = found.fetchone()
        assert first is not None
        assert first.name == "fact 0"
        assert len(found.fetchmany(3)) == 3
        assert len(found.fetchall()) == 3
