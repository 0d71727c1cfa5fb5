"""The parts of a running process."""

import asyncio

import pytest
import structlog
from structlog.testing import capture_logs

from bot.parts import Run, parts


async def forever() -> None:
    await asyncio.Event().wait()


async def test_parts_end_in_the_reverse_of_the_order_they_began() -> None:
    ended = []

    async def first() -> None:
        try:
            await forever()
        finally:
            ended.append("first")

    async def second() -> None:
        try:
            await forever()
        finally:
            ended.append("second")

    async with parts() as running:
        running.start("first", first)
        running.start("second", second)
        await asyncio.sleep(0)
        assert running.alive == {"first": True, "second": True}
    assert ended == ["second", "first"]


async def test_a_part_may_be_asked_to_end_instead_of_cancelled() -> None:
    asked, said_goodbye = asyncio.Event(), asyncio.Event()

    async def polite() -> None:
        await asked.wait()
        said_goodbye.set()

    async with parts() as running:
        running.start("polite", polite, end=asked.set)
    assert said_goodbye.is_set()


async def broken() -> None:
    raise RuntimeError("broken")


async def ended() -> None:
    return


@pytest.mark.parametrize(("part", "event"), [(broken, "part_broke"), (ended, "part_ended")])
async def test_a_part_that_ends_by_itself_ends_them_all(part: Run, event: str) -> None:
    structlog.reset_defaults()
    was_ended = asyncio.Event()

    async def other() -> None:
        try:
            await forever()
        finally:
            was_ended.set()

    async def all_of_them() -> None:
        async with parts() as running:
            running.start("other", other)
            running.start("part", part)
            await forever()

    with capture_logs() as logs, pytest.raises(ExceptionGroup):
        await all_of_them()
    assert was_ended.is_set()
    assert [(one["event"], one["part"]) for one in logs] == [(event, "part")]
