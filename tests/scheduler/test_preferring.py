"""Preferences at work, on both databases: held, gathered, throttled, escalated, withdrawn."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import insert, update

from actions.people import consenting
from domain.addresses import Channel
from domain.bodies import BodyKind, Role
from domain.clock import HandClock
from domain.deliveries import State
from domain.escalations import Step
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.policies import Policy
from domain.preferences import Reason
from domain.quiet_hours import every_day
from domain.wishes import Preferences, Rhythm
from scheduler.digests import Digests
from scheduler.escalation import Escalation
from scheduler.fan_out import FanOut
from store.connecting import Store
from store.outbox import Urgency
from store.tables.outbox import deliveries
from store.tables.people import addresses, memberships
from tests.scheduler.networks import HARMLESS
from tests.scheduler.town import commune, publish, rows, settle

CARRIED = dict.fromkeys(
    (Channel.INBOX, Channel.EMAIL, Channel.TELEGRAM, Channel.SMS, Channel.PUSH), HARMLESS
)
LADDER = Policy(
    ladders={
        NoticeClass.EMERGENCY: (
            Step(timedelta(0), frozenset({Channel.INBOX, Channel.PUSH})),
            Step(timedelta(minutes=10), frozenset({Channel.TELEGRAM})),
            Step(timedelta(minutes=30), frozenset({Channel.SMS})),
        )
    }
)
EIGHT = datetime(2026, 1, 29, 7, 0, tzinfo=UTC)  # 8:00 the next morning in Casablanca


@pytest.fixture
async def tenant_id(store: Store) -> int:
    return await commune(store)


async def asks(store: Store, person_id: int, asked: Preferences) -> None:
    async with store.unit() as unit:
        await consenting.change(unit, person_id, lambda _: asked)


async def expand(store: Store, policy: Policy | None = None) -> None:
    await FanOut(store, CARRIED, policy=policy).expand_all()


async def states(store: Store) -> Mapping[State, int]:
    return Counter(row.state for row in await rows(store))


async def has(store: Store, person_id: int, *channels: Channel) -> None:
    async with store.unit() as unit:
        await unit.connection.execute(
            insert(addresses),
            [
                {
                    "person_id": person_id,
                    "channel": channel,
                    "value": f"{channel}-{person_id}",
                    "verified_at": unit.clock.now(),
                }
                for channel in channels
            ],
        )


async def test_what_can_wait_is_held_until_the_quiet_hours_end(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 2, Channel.EMAIL)
    await asks(store, 1, Preferences(quiet=every_day(time(9), time(20))))
    await publish(store, tenant_id)
    await expand(store)
    held, sent = await rows(store)
    evening = datetime(2026, 1, 28, 19, 0, tzinfo=UTC)
    assert (held.state, held.reason, held.due_at) == (State.QUEUED, Reason.QUIET_HOURS, evening)
    assert (sent.state, sent.due_at) == (State.QUEUED, clock.now())
    async with store.unit() as unit:
        for instant, due in ((clock.now(), [sent.id]), (evening, [held.id, sent.id])):
            chunk_ids = [held.chunk_id, sent.chunk_id]
            assert [one.id for one in await unit.deliveries.due(chunk_ids, instant)] == due


# A server answers the same statements, each later: a hundred are enough to see it there.
AT_ONCE = {"sqlite": 1000, "postgresql": 100}


async def test_a_thousand_notices_in_a_second_are_one_digest(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await asks(store, 1, Preferences().at_rhythm(Rhythm.DAILY))
    many = AT_ONCE[store.dialect]
    async with store.unit() as unit:
        for number in range(many):
            await unit.notices.publish(
                tenant_id,
                notice_class=NoticeClass.INFORMATIONAL,
                kind=NoticeKind.ANNOUNCEMENT,
                audience=Audience(AudienceKind.EVERYONE),
                content={"fr": Message(f"Avis {number}", "fr"), "ar": Message("إشعار", "ar")},
                created_by="clerk",
            )
    await expand(store)
    digests = Digests(store, CARRIED)
    assert await digests.make_all() == 0
    clock.move_to(EIGHT)
    made = await asyncio.gather(*(Digests(store, CARRIED).make_all() for _ in range(3)))
    assert (sum(made), await digests.make_all()) == (1, 0)
    assert await states(store) == {State.DIGESTED: many, State.QUEUED: 1}
    told = (await rows(store))[-1]
    assert (told.reason, told.person_id, told.notice_id) == (Reason.SUMMARY, 1, None)
    assert "1" in told.message["title"]


async def test_what_comes_after_the_hour_is_in_the_next_digest(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await asks(store, 1, Preferences().at_rhythm(Rhythm.DAILY))
    await publish(store, tenant_id)
    await expand(store)
    clock.move_to(EIGHT)
    await publish(store, tenant_id)
    await expand(store)
    digests = Digests(store, CARRIED)
    assert await digests.make_all() == 1
    assert await states(store) == {State.DIGESTED: 1, State.GATHERED: 1, State.QUEUED: 1}
    clock.move_to(EIGHT + timedelta(days=1))
    assert await digests.make_all() == 1


async def test_one_that_was_stored_late_does_not_make_a_second_digest_of_the_hour(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await asks(store, 1, Preferences().at_rhythm(Rhythm.DAILY))
    await publish(store, tenant_id)
    await expand(store)
    clock.move_to(EIGHT)
    digests = Digests(store, CARRIED)
    assert await digests.make_all() == 1
    await publish(store, tenant_id)
    await expand(store)
    async with store.unit() as unit:  # as if it had been decided before eight, and stored after
        await unit.connection.execute(
            update(deliveries).where(deliveries.c.state == State.GATHERED).values(due_at=EIGHT)
        )
    assert await digests.make_all() == 0
    (late,) = [row for row in await rows(store) if row.state is State.GATHERED]
    assert late.due_at == EIGHT + timedelta(days=1)


async def test_a_digest_whose_address_is_gone_or_dead_is_not_sent(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await asks(store, 1, Preferences().at_rhythm(Rhythm.DAILY))
    await publish(store, tenant_id)
    await expand(store)
    async with store.unit() as unit:
        await unit.people.quarantine(Channel.EMAIL, ["p1@example.ma"], code="x", at=clock.now())
    clock.move_to(EIGHT)
    assert await Digests(store, CARRIED).make_all() == 0
    assert await states(store) == {State.CANCELLED: 1}


async def test_what_expires_while_it_waits_is_left_out_and_an_empty_digest_is_not_made(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await asks(store, 1, Preferences().at_rhythm(Rhythm.DAILY))
    await publish(store, tenant_id, expires_at=EIGHT + timedelta(seconds=1))
    await expand(store)
    clock.move_to(EIGHT + timedelta(minutes=5))
    assert await Digests(store, CARRIED).make_all() == 0
    assert await states(store) == {State.EXPIRED: 1}


async def test_a_topic_that_says_too_much_within_an_hour_is_gathered(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    policy = Policy(most_an_hour=3)
    for _ in range(5):
        await publish(store, tenant_id)
    await expand(store, policy)
    reasons = [row.reason for row in await rows(store)]
    assert reasons == [Reason.DEFAULT] * 3 + [Reason.THROTTLED] * 2
    clock.move_by(timedelta(hours=1, seconds=1))
    await publish(store, tenant_id)
    await expand(store, policy)
    assert (await rows(store))[-1].reason is Reason.DEFAULT


async def test_stop_withdraws_what_waits_and_lets_nothing_informational_follow(
    store: Store, tenant_id: int
) -> None:
    await settle(store, tenant_id, 2, Channel.EMAIL)
    await publish(store, tenant_id)
    await publish(store, tenant_id, notice_class=NoticeClass.EMERGENCY)
    await expand(store)
    async with store.unit() as unit:
        await consenting.stop(unit, 1)
        await consenting.stop(unit, 1)
    await publish(store, tenant_id)
    await expand(store)
    first = [(row.state, row.code) for row in await rows(store) if row.person_id == 1]
    assert first == [
        (State.CANCELLED, "opted_out"),
        (State.QUEUED, None),  # the emergency had left the desk before
        (State.SUPPRESSED, None),
    ]
    assert {row.state for row in await rows(store) if row.person_id == 2} == {State.QUEUED}
    async with store.unit() as unit:
        await consenting.start(unit, 1)
        assert not (await unit.preferences.of(1)).now.stopped


async def test_stop_leaves_alone_what_a_dispatcher_holds(store: Store, tenant_id: int) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await publish(store, tenant_id)
    await expand(store)
    async with store.unit() as unit:
        await unit.chunks.claim(Channel.EMAIL, list(Urgency), lease=timedelta(minutes=1))
        await consenting.stop(unit, 1, Channel.EMAIL)
    assert await states(store) == {State.QUEUED: 1}


async def emergency(store: Store, tenant_id: int, *channels: Channel) -> int:
    await settle(store, tenant_id, 1, Channel.PUSH)
    await has(store, 1, *channels)
    notice_id = await publish(store, tenant_id, notice_class=NoticeClass.EMERGENCY)
    await expand(store, LADDER)
    return notice_id


async def steps(store: Store) -> list[tuple[Channel, int]]:
    return [
        (row.channel, row.step) for row in await rows(store) if row.state is not State.SUPPRESSED
    ]


async def test_each_step_comes_in_its_time_when_nothing_is_seen(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await emergency(store, tenant_id, Channel.TELEGRAM, Channel.SMS)
    escalation = Escalation(store, CARRIED, policy=LADDER)
    began, found = clock.now(), []
    for minutes in (0, 9, 10, 29, 30, 31):
        clock.move_to(began + timedelta(minutes=minutes))
        found.append(await escalation.climb_all())
    assert found == [0, 0, 1, 0, 1, 0]
    assert await steps(store) == [(Channel.PUSH, 0), (Channel.TELEGRAM, 1), (Channel.SMS, 2)]
    assert (await rows(store))[-1].reason is Reason.ESCALATED


async def test_many_processes_climb_a_step_once(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 12, Channel.PUSH)
    for person_id in range(1, 13):
        await has(store, person_id, Channel.TELEGRAM)
    await publish(store, tenant_id, notice_class=NoticeClass.EMERGENCY)
    await expand(store, LADDER)
    clock.move_by(timedelta(minutes=10))
    climbing = [Escalation(store, CARRIED, policy=LADDER, page=5) for _ in range(4)]
    await asyncio.gather(*(one.climb_all() for one in climbing))
    for one in climbing:
        await one.climb_all()
    told = Counter(row.person_id for row in await rows(store) if row.step == 1)
    assert told == Counter(range(1, 13))


async def test_what_was_seen_a_millisecond_before_is_not_escalated(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await emergency(store, tenant_id, Channel.TELEGRAM)
    clock.move_by(timedelta(minutes=10) - timedelta(milliseconds=1))
    (pushed,) = [row for row in await rows(store) if row.channel is Channel.PUSH]
    async with store.unit() as unit:
        await unit.connection.execute(
            update(deliveries).where(deliveries.c.id == pushed.id).values(state=State.OPENED)
        )
    clock.move_by(timedelta(milliseconds=1))
    assert await Escalation(store, CARRIED, policy=LADDER).climb_all() == 0
    assert await steps(store) == [(Channel.PUSH, 0)]


async def test_a_step_that_has_not_left_is_withdrawn_when_the_notice_is_seen(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await emergency(store, tenant_id, Channel.TELEGRAM)
    clock.move_by(timedelta(minutes=10))
    await Escalation(store, CARRIED, policy=LADDER).climb_all()
    first = (await rows(store))[0]
    async with store.unit() as unit:
        assert await unit.escalations.stop(1, letter_id=first.id) == 1
    last = (await rows(store))[-1]
    assert (last.step, last.state, last.code) == (1, State.CANCELLED, "seen")


async def test_what_was_refused_or_stopped_meanwhile_is_not_escalated_there(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await emergency(store, tenant_id, Channel.TELEGRAM)
    async with store.unit() as unit:
        await consenting.stop(unit, 1, Channel.TELEGRAM)
    clock.move_by(timedelta(minutes=10))
    assert await Escalation(store, CARRIED, policy=LADDER).climb_all() == 0


async def test_a_notice_that_expired_is_not_escalated(
    store: Store, clock: HandClock, tenant_id: int
) -> None:
    await settle(store, tenant_id, 1, Channel.PUSH)
    await has(store, 1, Channel.TELEGRAM)
    await publish(
        store,
        tenant_id,
        notice_class=NoticeClass.EMERGENCY,
        expires_at=clock.now() + timedelta(minutes=5),
    )
    await expand(store, LADDER)
    clock.move_by(timedelta(minutes=10))
    escalation = Escalation(store, CARRIED, policy=LADDER)
    assert [await escalation.climb_all(), await escalation.climb_all()] == [0, 0]


async def test_a_role_has_the_ways_that_the_commune_set(store: Store, tenant_id: int) -> None:
    await settle(store, tenant_id, 1, Channel.EMAIL)
    await has(store, 1, Channel.TELEGRAM)
    async with store.unit() as unit:
        body_id = await unit.bodies.add(
            tenant_id, key="council", kind=BodyKind.COUNCIL, names={"fr": "Conseil"}, seats=1
        )
        await unit.connection.execute(
            insert(memberships).values(person_id=1, body_id=body_id, role=Role.CLERK)
        )
    await publish(store, tenant_id)
    await expand(store, Policy(roles={Role.CLERK: frozenset({Channel.TELEGRAM})}))
    assert [(row.channel, row.reason) for row in await rows(store)] == [
        (Channel.EMAIL, Reason.NOT_CHOSEN),
        (Channel.TELEGRAM, Reason.ROLE),
    ]
