"""What a network asks for is obeyed by all processes, and its limits are kept together."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from domain.addresses import Channel
from domain.channel import Parcel, Scope
from domain.clock import Clock, HandClock, SystemClock
from domain.deliveries import State
from domain.errors import Unreachable
from domain.messages import Message
from scheduler.contents import Contents
from scheduler.dispatcher import Dispatcher
from scheduler.means import Means
from scheduler.measures import Measures
from scheduler.permission import Permission
from scheduler.tempo import Tempo
from store.connecting import Store, opened
from tests.scheduler.networks import HARMLESS, Network, accepted, at_most
from tests.scheduler.town import rows

PAUSE = timedelta(seconds=17)
GROUPS = replace(HARMLESS, group_prefix="-", in_flight=1)


def flooded(_parcel: Parcel) -> str:
    raise Unreachable("flood", retry_after=PAUSE)


def works(store: Store, clock: HandClock, network: Network) -> Dispatcher:
    return Dispatcher(store, [network], clock=clock, chance=Random(1))


async def reply(store: Store, address: str) -> None:
    async with store.unit() as unit:
        await unit.outbox.put(Channel.EMAIL, address, [Message("Bonjour", "fr")])


async def test_a_network_that_wants_a_pause_is_asked_nothing_by_anybody_meanwhile(
    store: Store, database_url: str, clock: HandClock
) -> None:
    one, other = Network(flooded, capabilities=GROUPS), Network(capabilities=GROUPS)
    elsewhere = opened(database_url, clock)
    for number in range(5):
        await reply(store, str(number))
    await works(store, clock, one).drain()
    clock.move_by(PAUSE - timedelta(milliseconds=1))
    await works(elsewhere, clock, other).drain()
    assert (len(one.parcels), len(other.parcels)) == (1, 0)
    clock.move_by(timedelta(milliseconds=1))
    await works(elsewhere, clock, other).drain()
    assert len(other.parcels) == 5
    assert {row.state for row in await rows(store)} == {State.ACCEPTED}
    await elsewhere.close()


async def test_a_group_that_wants_a_pause_holds_up_nobody_else(
    store: Store, clock: HandClock
) -> None:
    network = Network(capabilities=GROUPS)
    network.answer = lambda parcel: (flooded if parcel.address == "-9" else accepted)(parcel)
    for address in ("-9", "7", "-9", "8"):
        await reply(store, address)
    await works(store, clock, network).drain()
    assert [parcel.address for parcel in network.parcels] == ["-9", "7", "8"]
    network.answer = accepted
    clock.move_by(PAUSE)
    await works(store, clock, network).drain()
    assert [parcel.address for parcel in network.parcels[3:]] == ["-9", "-9"]


def permission(store: Store, clock: Clock, scope: Scope, per: timedelta) -> Permission:
    means = Means(store, clock, Random(1), Tempo(), Measures(), Contents("fr"))
    return Permission(Channel.EMAIL, at_most(3, per, scope), means)


@pytest.fixture
async def stores(postgresql_url: str, clock: HandClock) -> AsyncIterator[list[Store]]:
    """Open the store of two processes."""
    stores = [opened(postgresql_url, clock) for _ in range(2)]
    yield stores
    for store in stores:
        await store.close()


async def test_two_processes_together_keep_the_limit_of_an_address_as_one(
    stores: list[Store], clock: HandClock
) -> None:
    both = [permission(store, clock, Scope.ADDRESS, timedelta(minutes=1)) for store in stores]
    gone = 0
    for second in range(0, 80, 10):
        for each in both:
            gone += await each.ask("7") is None
        clock.move_by(timedelta(seconds=10))
        assert gone <= 3 or second >= 60
    assert 3 <= gone <= 5


async def test_two_processes_together_keep_the_limit_of_a_network_as_one(
    stores: list[Store],
) -> None:
    span, clock = timedelta(seconds=0.2), SystemClock()
    both = [permission(store, clock, Scope.PROVIDER, span * 3) for store in stores]
    began = clock.now()
    for _ in range(4):
        await asyncio.gather(*(each.ask("7") for each in both))
    assert clock.now() - began > span * 6.5  # each for itself would have needed three
