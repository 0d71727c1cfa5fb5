"""One letter, on the open pages of two web processes that share a PostgreSQL."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from domain.clock import HandClock
from store.connecting import Store, opened
from store.news import News, read
from tests.town import Talker, Town, town_at
from tests.web.people import announced
from web.mailrooms import Mailrooms

HOUR = timedelta(hours=1)


class Process:
    """The part of a web process that pages are live by, and one page open at it."""

    def __init__(self, store: Store, person_id: int) -> None:
        self.store = store
        self.mailrooms = Mailrooms(store)
        self.has_heard = asyncio.Event()
        store.listeners += [self.mailrooms.hear, lambda _: self.has_heard.set()]
        self.page = self.mailrooms.events(person_id, 1, last_told="0")

    def start(self, tasks: asyncio.TaskGroup) -> list[asyncio.Task[None]]:
        return [tasks.create_task(self.store.listen()), tasks.create_task(self.mailrooms.run())]


async def signed_in(town: Town) -> Talker:
    amina = await town.resident("Amina", seats=["council"])
    async with town.store.unit() as unit:
        await unit.web_sessions.open(amina.person_id, "secret", device="phone", lasts=HOUR)
    return amina


async def test_a_letter_appears_on_the_pages_of_both(postgresql_url: str, clock: HandClock) -> None:
    elsewhere = opened(postgresql_url, clock)
    async with town_at(postgresql_url, clock) as town:
        amina = await signed_in(town)
        here, there = Process(town.store, amina.person_id), Process(elsewhere, amina.person_id)
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            running = [task for one in (here, there) for task in one.start(tasks)]
            for one in (here, there):
                assert (await anext(one.page)).startswith(b"retry")
            while not there.has_heard.is_set():  # it does not say when it has begun to listen
                async with town.store.unit() as unit:
                    await unit.web_sessions.end(amina.person_id, session_id=0)
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.2):
                        await there.has_heard.wait()
            await announced(town, "Travaux", "Demain")
            told = [await anext(one.page) for one in (here, there)]
            assert told[0] == told[1]
            assert b"data: 1" in told[0]
            for task in running:
                task.cancel()
    await elsewhere.close()


@pytest.mark.parametrize(
    ("readers", "heard"),
    [
        (frozenset({7, 12}), frozenset({7, 12})),
        (frozenset(range(1, 502)), None),  # too many to name
        (None, None),
    ],
)
def test_whose_mailbox_changed_goes_into_words(
    readers: frozenset[int] | None, heard: frozenset[int] | None
) -> None:
    words = News(readers=readers).words
    assert read(words).readers == heard
    assert len(words.encode()) < 8000
