import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import update

from domain.addresses import Channel
from domain.clock import HandClock
from domain.deliveries import FORWARD, REACHED, UNFINISHED, State
from domain.messages import Receipt
from store.connecting import Store
from store.tables.outbox import deliveries
from tests.scheduler.networks import Network
from tests.scheduler.test_dispatcher import dispatcher, expanded
from tests.scheduler.town import events, rows

HEARD = (State.ACCEPTED, State.DELIVERED, State.OPENED, State.CONFIRMED, State.FAILED)


def moved(state: State, heard: State) -> State:
    return heard if heard in FORWARD[state] else state


@given(st.sets(st.sampled_from(HEARD)).flatmap(lambda heard: st.permutations(sorted(heard) * 2)))
def test_what_was_heard_decides_and_not_its_order(heard: Sequence[State]) -> None:
    in_order = reduce(moved, sorted(heard, key=HEARD.index), State.QUEUED)
    assert reduce(moved, heard, State.QUEUED) == in_order


@given(st.lists(st.sampled_from(list(State)), max_size=12))
def test_a_delivery_never_comes_back_to_the_queue_once_it_arrived(heard: list[State]) -> None:
    state, was_reached = State.QUEUED, False
    for one in heard:
        state = moved(state, one)
        was_reached |= state in REACHED
        assert not (was_reached and state in UNFINISHED)


async def test_receipts_in_any_order_and_number_end_in_the_same_state(
    store: Store, clock: HandClock
) -> None:
    orders = list(permutations(HEARD[1:]))
    network = Network()
    await expanded(store, network, len(orders))
    await dispatcher(store, clock, network).drain()
    async with store.unit() as unit:
        for number, order in enumerate(orders, start=1):
            for state in order * 2:
                receipt = Receipt(network.channel, f"ref-{number}", state, clock.now())
                assert await unit.deliveries.advance(receipt)
    assert {row.state for row in await rows(store)} == {State.CONFIRMED}
    heard = {(event.delivery_id, event.state) for event in await events(store)}
    assert len(heard) == len(await events(store)) == len(orders) * len(HEARD)


@pytest.mark.parametrize("ref", ["ref-9", ""])
async def test_a_receipt_for_a_message_that_is_not_ours_is_said_to_be(
    store: Store, clock: HandClock, ref: str
) -> None:
    async with store.unit() as unit:
        receipt = Receipt(Channel.EMAIL, ref, State.DELIVERED, clock.now())
        assert not await unit.deliveries.advance(receipt)


async def test_a_receipt_on_another_channel_moves_nothing(store: Store, clock: HandClock) -> None:
    network = Network()
    await expanded(store, network, 1)
    await dispatcher(store, clock, network).drain()
    async with store.unit() as unit:
        receipt = Receipt(Channel.SMS, "ref-1", State.DELIVERED, clock.now())
        assert not await unit.deliveries.advance(receipt)


async def test_an_answer_recorded_late_does_not_take_a_receipt_back(
    store: Store, clock: HandClock
) -> None:
    network = Network()
    await expanded(store, network, 1)
    network.gate.clear()
    works = dispatcher(store, clock, network)

    async def overtake() -> None:
        await network.until(1)
        async with store.unit() as unit:
            await unit.connection.execute(
                update(deliveries).values(state=State.DELIVERED, provider_ref="ref-1")
            )
        network.gate.set()

    await asyncio.gather(works.drain(), overtake())
    assert [row.state for row in await rows(store)] == [State.DELIVERED]
    clock.move_by(timedelta(days=1))
    await works.drain()
    assert len(network.parcels) == 1
