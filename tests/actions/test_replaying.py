"""What failed is sent again by one command, and nothing that was taken ever is."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import update

from actions.notices.replaying import replay
from actions.notices.steering import pause_notice, resume_notice
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import HandClock
from domain.deliveries import State
from domain.errors import Refused, Uncertain, Undeliverable
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import Store
from store.replays import Chosen
from store.tables.outbox import deliveries
from tests.scheduler.networks import CHAT, Network, accepted
from tests.scheduler.town import commune, events, publish, rows, settle

FAILED = frozenset({State.FAILED})
EVERY_BAD_END = frozenset({State.FAILED, State.UNCERTAIN, State.EXPIRED})


def odd_ones_fail(parcel: Parcel) -> str:
    if parcel.delivery_id % 2:
        raise Undeliverable("bad_request")
    return accepted(parcel)


def doubted(_parcel: Parcel) -> str:
    raise Uncertain("no_answer")


async def told(
    store: Store, clock: HandClock, answer: Callable[[Parcel], str], count: int = 6
) -> tuple[Network, Dispatcher, int]:
    network = Network(answer, capabilities=CHAT)
    tenant_id = await commune(store)
    await settle(store, tenant_id, count, network.channel)
    notice_id = await publish(store, tenant_id, expires_at=clock.now() + timedelta(hours=2))
    await FanOut(store, {network.channel: network.capabilities}).expand_all()
    works = Dispatcher(store, [network], clock=clock, chance=Random(1))
    await works.drain()
    return network, works, notice_id


async def again(store: Store, chosen: Chosen) -> int:
    async with store.unit() as unit:
        return await replay(unit, chosen, actor=OPERATOR)


async def test_what_failed_is_sent_again_once_and_what_was_taken_never(
    store: Store, clock: HandClock
) -> None:
    network, works, notice_id = await told(store, clock, odd_ones_fail)
    taken = {parcel.delivery_id for parcel in network.parcels if parcel.delivery_id % 2 == 0}
    network.answer = accepted
    chosen = Chosen(FAILED, notice_id=notice_id)
    assert [await again(store, chosen) for _ in range(2)] == [3, 0]
    await works.drain()
    assert await again(store, chosen) == 0
    sent = [parcel.delivery_id for parcel in network.parcels[6:]]
    assert len(sent) == 3
    assert not taken & set(sent)
    assert {row.state for row in await rows(store)} == {State.ACCEPTED}
    assert [event.code for event in await events(store)].count("replayed") == 3
    async with store.reading() as unit:
        entries = await unit.audit.entries()
    [entry] = [entry for entry in entries if entry.act == "replay"]
    assert (entry.subject, entry.facts["deliveries"]) == (f"notice:{notice_id}", 3)


async def test_only_what_fits_everything_chosen_is_sent_again(
    store: Store, clock: HandClock
) -> None:
    await told(store, clock, odd_ones_fail)
    one = next(row.id for row in await rows(store) if row.state == State.FAILED)
    assert await again(store, Chosen(FAILED, channel=Channel.SMS)) == 0
    later = clock.now() + timedelta(seconds=1)
    assert await again(store, Chosen(FAILED, channel=Channel.EMAIL, since=later)) == 0
    assert await again(store, Chosen(FAILED, delivery_id=one)) == 1
    assert await again(store, Chosen(FAILED, channel=Channel.EMAIL)) == 2


async def test_what_may_have_arrived_or_came_too_late_is_sent_again_only_when_asked(
    store: Store, clock: HandClock
) -> None:
    network, works, notice_id = await told(store, clock, doubted, count=2)
    network.answer = accepted
    assert await again(store, Chosen(FAILED, notice_id=notice_id)) == 0
    clock.move_by(timedelta(hours=3))
    doubts = frozenset({State.FAILED, State.UNCERTAIN})
    assert await again(store, Chosen(doubts, notice_id=notice_id)) == 0
    assert await again(store, Chosen(EVERY_BAD_END, notice_id=notice_id)) == 2
    await works.drain()
    assert {row.state for row in await rows(store)} == {State.ACCEPTED}


async def test_a_dead_address_is_not_written_to_again(store: Store, clock: HandClock) -> None:
    _, _, notice_id = await told(store, clock, odd_ones_fail)
    failed = next(row for row in await rows(store) if row.state == State.FAILED)
    async with store.unit() as unit:
        await unit.people.quarantine(
            failed.channel, [failed.address], code="blocked", at=clock.now()
        )
    assert await again(store, Chosen(FAILED, notice_id=notice_id)) == 2


@pytest.mark.parametrize("state", sorted(set(State) - EVERY_BAD_END))
async def test_no_other_state_is_ever_sent_again(
    store: Store, clock: HandClock, state: State
) -> None:
    _, _, notice_id = await told(store, clock, accepted, count=1)
    async with store.unit() as unit:
        await unit.connection.execute(update(deliveries).values(state=state))
        with pytest.raises(Refused):
            await replay(unit, Chosen(frozenset({state}), notice_id=notice_id), actor=OPERATOR)
    assert await again(store, Chosen(EVERY_BAD_END, notice_id=notice_id)) == 0


async def test_sending_everything_again_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        await again(store, Chosen(FAILED))


async def test_a_paused_notice_stands_still_and_goes_on_whole(
    store: Store, clock: HandClock
) -> None:
    network = Network()
    tenant_id = await commune(store)
    await settle(store, tenant_id, 6, network.channel)
    early = await publish(store, tenant_id)
    fan_out = FanOut(store, {network.channel: network.capabilities})
    await fan_out.expand_all()
    late = await publish(store, tenant_id)
    works = Dispatcher(store, [network], clock=clock, chance=Random(1))
    async with store.unit() as unit:
        for notice_id in (early, late):
            assert await pause_notice(unit, notice_id, actor=OPERATOR)
            assert not await pause_notice(unit, notice_id, actor=OPERATOR)
    await fan_out.expand_all()
    await works.drain()
    assert network.parcels == []
    async with store.unit() as unit:
        for notice_id in (early, late):
            assert await resume_notice(unit, notice_id, actor=OPERATOR)
    await fan_out.expand_all()
    await works.drain()
    assert len(network.parcels) == 12


async def test_a_notice_that_does_not_exist_cannot_be_paused(store: Store) -> None:
    async with store.unit() as unit:
        with pytest.raises(Refused):
            await pause_notice(unit, 99, actor=OPERATOR)
