"""What processes on one PostgreSQL share: jobs in the same transaction, calls, and turns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import psycopg
import pytest

from domain.addresses import Channel
from domain.clock import HandClock
from domain.messages import Message
from domain.steering import HoldKind
from scheduler.tempo import Tempo
from store.connecting import Store, opened
from store.news import News, read
from store.outbox import Urgency
from store.sharing import Shared

HELLO = [Message("Bonjour", "fr")]
LEASE = Tempo().lease


class Changed(Exception):
    """Somebody thought better of it."""


@pytest.fixture
async def store(postgresql_url: str, clock: HandClock) -> AsyncIterator[Store]:
    store = opened(postgresql_url, clock)
    yield store
    await store.close()


@pytest.fixture
async def other(postgresql_url: str, clock: HandClock) -> AsyncIterator[Store]:
    """Another process's store, as far as the database can tell."""
    store = opened(postgresql_url, clock)
    yield store
    await store.close()


async def put(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.put(Channel.TELEGRAM, "7", HELLO)


def shared(store: Store) -> Shared:
    assert store.shared
    return store.shared


def jobs(url: str) -> list[tuple[str, str, int]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT queue_name, status::text, priority FROM procrastinate_jobs ORDER BY id"
        ).fetchall()


async def test_a_job_is_put_with_what_it_is_about(store: Store, postgresql_url: str) -> None:
    await put(store)
    assert jobs(postgresql_url) == [("telegram.reply", "todo", -Urgency.REPLY)]


async def test_what_is_rolled_back_leaves_no_job(store: Store, postgresql_url: str) -> None:
    with suppress(Changed):
        async with store.unit() as unit:
            await unit.outbox.put(Channel.TELEGRAM, "7", HELLO)
            raise Changed
    assert jobs(postgresql_url) == []


async def test_a_job_is_taken_once_and_gone_when_it_is_done(
    store: Store, other: Store, postgresql_url: str
) -> None:
    await put(store)
    async with shared(store).jobs.working(), shared(other).jobs.working():
        taken = await shared(store).jobs.take(Channel.TELEGRAM, list(Urgency))
        assert taken
        assert await shared(other).jobs.take(Channel.TELEGRAM, list(Urgency)) is None
        shared(store).jobs.done([taken.chunk_id])
    assert jobs(postgresql_url) == []


async def test_a_job_goes_only_to_who_has_room_for_its_urgency(store: Store) -> None:
    await put(store)
    async with shared(store).jobs.working():
        assert await shared(store).jobs.take(Channel.TELEGRAM, [Urgency.INFORMATIONAL]) is None
        assert await shared(store).jobs.take(Channel.EMAIL, [Urgency.REPLY]) is None
        assert await shared(store).jobs.take(Channel.TELEGRAM, [Urgency.REPLY])


async def test_the_job_of_a_worker_that_died_is_brought_back(
    store: Store, other: Store, postgresql_url: str
) -> None:
    await put(store)
    async with shared(store).jobs.working():
        await shared(store).jobs.take(Channel.TELEGRAM, list(Urgency))
    assert [status for _, status, _ in jobs(postgresql_url)] == ["doing"]
    assert await shared(other).jobs.retry_stalled() == 1
    assert [status for _, status, _ in jobs(postgresql_url)] == ["todo"]
    assert await shared(other).jobs.retry_stalled() == 0


async def test_a_worker_that_was_taken_for_dead_is_one_again(
    store: Store, postgresql_url: str
) -> None:
    async with shared(store).jobs.working():
        assert await shared(store).jobs.take(Channel.TELEGRAM, list(Urgency)) is None
        with psycopg.connect(postgresql_url, autocommit=True) as connection:
            connection.execute("DELETE FROM procrastinate_workers")
        await put(store)
        with suppress(Exception):
            await shared(store).jobs.take(Channel.TELEGRAM, list(Urgency))
        assert await shared(store).jobs.take(Channel.TELEGRAM, list(Urgency))


async def test_a_lease_that_is_given_back_is_a_job_again(
    store: Store, clock: HandClock, postgresql_url: str
) -> None:
    await put(store)
    async with store.unit() as unit:
        assert await unit.chunks.claim(Channel.TELEGRAM, list(Urgency), lease=LEASE)
    clock.move_by(LEASE)
    async with store.unit() as unit:
        assert await unit.chunks.give_back_expired()
    assert len(jobs(postgresql_url)) == 2


async def put_and_hold(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.put(Channel.TELEGRAM, "7", [Message("Bonjour", "fr")])
        await unit.steering.hold(Channel.SMS, HoldKind.PAUSED)


def test_a_later_version_may_say_words_that_nobody_knows_here() -> None:
    assert read("sms carrier_pigeon steered exploded") == News(
        frozenset({Channel.SMS}), has_steered=True
    )


async def test_what_one_process_commits_is_heard_by_another(store: Store, other: Store) -> None:
    heard: asyncio.Queue[News] = asyncio.Queue()
    other.listeners.append(heard.put_nowait)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(other.listen())
        while heard.empty():  # it does not say when it has begun to listen
            await put_and_hold(store)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    said = News(frozenset({Channel.TELEGRAM}), has_steered=True)
                    assert await heard.get() == said
                    break
        listening.cancel()


async def test_only_one_process_has_a_turn_and_another_takes_it_over(
    store: Store, other: Store
) -> None:
    began: asyncio.Queue[str] = asyncio.Queue()

    async def run(name: str) -> None:
        began.put_nowait(name)
        await asyncio.Event().wait()

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        first = tasks.create_task(shared(store).alone("listener", lambda: run("first")))
        assert await began.get() == "first"
        second = tasks.create_task(shared(other).alone("listener", lambda: run("second")))
        await asyncio.sleep(0)
        assert began.empty()
        first.cancel()
        assert await began.get() == "second"
        second.cancel()
