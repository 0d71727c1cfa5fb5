from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, strategies as st
from pyrate_limiter import AbstractClock

from domain.addresses import Channel
from domain.channel import Capabilities, Limit, Scope
from domain.deliveries import State
from domain.messages import Message
from scheduler.jobs import Holding, Job
from scheduler.line import TURN_OF_THE_LAST, Line
from scheduler.pace import MOST_REMEMBERED, Pace, chunk_size
from store.chunks import Claim
from store.deliveries import Waiting
from store.outbox import Urgency

SECOND = timedelta(seconds=1)
UNTIL = datetime(2026, 1, 28, tzinfo=UTC)
IDS: Iterator[int] = count(1)


class Watch(AbstractClock):
    """A clock of milliseconds that is moved by hand."""

    def __init__(self) -> None:
        self.at = 1_000

    def now(self) -> int:
        return self.at


def job(address: str, urgency: Urgency = Urgency.INFORMATIONAL) -> Job:
    waiting = Waiting(
        id=next(IDS),
        chunk_id=1,
        channel=Channel.TELEGRAM,
        address=address,
        language="fr",
        notice_id=None,
        notice_class=None,
        notice_kind=None,
        message=None,
        state=State.QUEUED,
        attempts=0,
        queued_at=UNTIL,
        expires_at=None,
    )
    return Job(waiting, Message("", "fr"), None, Holding(Claim(1, 1, urgency, UNTIL), 1, UNTIL))


def limited(*limits: Limit, group_prefix: str | None = None) -> Capabilities:
    return Capabilities(text_length=1, limits=limits, group_prefix=group_prefix)


async def test_the_urgent_overtake_those_that_wait() -> None:
    line = Line(None)
    line.add([job("a"), job("b")])
    urgent = job("mayor", Urgency.EMERGENCY)
    await line.next()
    line.add([urgent])
    assert await line.next() is urgent


async def test_those_with_time_keep_a_share_when_the_urgent_never_end() -> None:
    line = Line(None)
    line.add([job(f"u{n}", Urgency.REPLY) for n in range(100)])
    line.add([job(f"b{n}") for n in range(100)])
    gone = [await line.next() for _ in range(50)]
    patient = [one for one in gone if one.urgency is Urgency.INFORMATIONAL]
    assert len(patient) == 50 // TURN_OF_THE_LAST


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(list(Urgency))), max_size=30))
async def test_everything_leaves_once_each_address_in_order(
    wanted: list[tuple[str, Urgency]],
) -> None:
    line = Line(None)
    jobs = [job(address, urgency) for address, urgency in wanted]
    line.add(jobs)
    gone = []
    for _ in jobs:
        gone.append(await line.next())
        line.done(gone[-1])
    assert {one.waiting.id for one in gone} == {one.waiting.id for one in jobs}
    for address in "abc":
        for urgency in Urgency:
            ids = [
                one.waiting.id for one in gone if one.address == address and one.urgency is urgency
            ]
            assert ids == sorted(ids)
    assert len(line) == 0


async def test_an_address_that_has_to_rest_holds_up_nobody_else() -> None:
    watch = Watch()
    line = Line(Pace(limited(Limit(Scope.ADDRESS, 1, SECOND)), watch))
    first, second, other = job("a"), job("a"), job("b")
    line.add([first, second, other])
    assert await line.next() is first
    line.done(first)
    assert await line.next() is other
    watch.at += 1_000
    assert await line.next() is second


def permits(pace: Pace, watch: Watch, address: str, span: int) -> int:
    """Count what gets through in `span` milliseconds when everybody asks all the time."""
    start, taken = watch.at, 0
    while watch.at < start + span:
        wait = pace.for_one(address)
        taken += not wait
        watch.at += wait
    return taken


@pytest.mark.parametrize(
    ("address", "span", "most"),
    [("7", 10_000, 10), ("-7", 60_000, 20), ("-7", 120_000, 35)],
    ids=["one a second in a chat", "twenty a minute in a group", "and no more in two"],
)
def test_a_limit_is_never_passed_in_any_span(address: str, span: int, most: int) -> None:
    watch = Watch()
    limits = (Limit(Scope.ADDRESS, 1, SECOND), Limit(Scope.GROUP, 20, timedelta(minutes=1)))
    pace = Pace(limited(*limits, group_prefix="-"), watch)
    assert most - 1 <= permits(pace, watch, address, span) <= most


def test_the_network_is_asked_no_faster_than_its_limit() -> None:
    watch = Watch()
    pace = Pace(limited(Limit(Scope.PROVIDER, 30, SECOND)), watch)
    taken = 0
    while watch.at < 11_000:
        wait = pace.for_everybody()
        taken += not wait
        watch.at += wait
    assert 290 <= taken <= 300


def test_addresses_that_are_free_again_are_forgotten() -> None:
    watch = Watch()
    pace = Pace(limited(Limit(Scope.ADDRESS, 1, SECOND)), watch)
    for number in range(3 * MOST_REMEMBERED):
        assert pace.for_one(str(number)) == 0
        watch.at += 10
    assert pace.remembered <= MOST_REMEMBERED


@pytest.mark.parametrize(
    ("limits", "size"),
    [
        ((), 500),
        ((Limit(Scope.PROVIDER, 30, SECOND),), 500),
        ((Limit(Scope.PROVIDER, 1, SECOND),), 60),
        ((Limit(Scope.PROVIDER, 1, timedelta(hours=1)),), 1),
        ((Limit(Scope.ADDRESS, 1, SECOND),), 500),
    ],
)
def test_a_chunk_takes_at_most_a_minute(limits: tuple[Limit, ...], size: int) -> None:
    assert chunk_size(limited(*limits)) == size
