"""A provider that is away is left alone, and its deliveries wait whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from domain.addresses import Channel
from domain.breakers import BARRED_REST, FIRST_REST
from domain.channel import Capabilities, Parcel
from domain.clock import HandClock
from domain.deliveries import State
from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable, Untried
from domain.messages import Message
from domain.steering import HoldKind
from domain.trials import trial
from scheduler.dispatcher import Dispatcher
from scheduler.measures import Measures
from scheduler.tempo import Tempo
from store.connecting import Store, opened
from tests.scheduler.networks import CHAT, HARMLESS, Network, accepted
from tests.scheduler.town import rows

QUICK = Tempo(poll=timedelta(milliseconds=20), flush=timedelta(milliseconds=2))
MINUTE = timedelta(minutes=1)


def dispatcher(store: Store, clock: HandClock, *networks: Network, **more: object) -> Dispatcher:
    return Dispatcher(store, networks, clock=clock, chance=Random(28), tempo=QUICK, **more)  # type: ignore[arg-type]  # named at each call


def failing(error: Failed) -> Callable[[Parcel], str]:
    def answer(_parcel: Parcel) -> str:
        raise error

    return answer


async def put(store: Store, count: int, channel: Channel = Channel.EMAIL) -> None:
    async with store.unit() as unit:
        for number in range(count):
            message = Message("Bonjour", "fr")
            await unit.outbox.put(channel, f"p{number}@example.ma", [message])


@pytest.mark.parametrize("capabilities", [HARMLESS, CHAT], ids=["a mailbox", "a chat"])
@pytest.mark.parametrize("was_alive", [True, False])
async def test_of_a_hundred_sends_a_dead_provider_gets_five_at_most_and_none_is_lost(
    store: Store, clock: HandClock, capabilities: Capabilities, *, was_alive: bool
) -> None:
    network = Network(capabilities=capabilities)
    works = dispatcher(store, clock, network)
    if was_alive:
        await put(store, 10)
        await works.drain()
        clock.move_by(timedelta(seconds=5))
    before = len(network.parcels)
    network.answer = failing(Unreachable("away"))
    await put(store, 100)
    for _ in range(9):
        await works.drain()
        clock.move_by(timedelta(seconds=1))
    assert len(network.parcels) - before <= 5
    waiting = [row for row in await rows(store) if row.state == State.QUEUED]
    assert len(waiting) == 100
    assert sum(row.attempts for row in waiting) <= 5
    network.answer = accepted
    for _ in range(8):
        clock.move_by(MINUTE)
        await works.drain()
    assert {row.state for row in await rows(store)} == {State.ACCEPTED}


async def test_a_provider_that_stays_away_uses_up_nobodys_attempts(
    store: Store, clock: HandClock
) -> None:
    network = Network(failing(Unreachable("away")))
    await put(store, 3)
    works = dispatcher(store, clock, network)
    for _ in range(100):
        await works.drain()
        clock.move_by(5 * MINUTE)
    assert [row.state for row in await rows(store)] == [State.QUEUED] * 3
    assert max(row.attempts for row in await rows(store)) <= 3


async def test_one_dead_provider_holds_up_no_other(store: Store, clock: HandClock) -> None:
    dead = Network(failing(Unreachable("away")), channel=Channel.TELEGRAM)
    alive = Network()
    await put(store, 50, Channel.TELEGRAM)
    await put(store, 50)
    await dispatcher(store, clock, dead, alive).drain()
    assert len(alive.parcels) == 50


async def test_a_refused_login_burns_no_attempt_and_no_address(
    store: Store, clock: HandClock
) -> None:
    network = Network(failing(Barred("login_refused")))
    await put(store, 20)
    measures = Measures()
    works = dispatcher(store, clock, network, measures=measures)
    await works.drain()
    assert len(network.parcels) <= 3
    assert {(row.state, row.attempts) for row in await rows(store)} == {(State.QUEUED, 0)}
    async with store.reading() as unit:
        [hold] = await unit.steering.holds()
    assert (hold.kind, hold.code) == (HoldKind.BARRED, "login_refused")
    assert measures.registry.get_sample_value("beffroi_breaker_position", {"channel": "email"}) == 2
    network.answer = accepted
    clock.move_by(BARRED_REST + MINUTE)
    await works.drain()
    assert {row.state for row in await rows(store)} == {State.ACCEPTED}
    async with store.reading() as unit:
        assert await unit.steering.holds() == []


async def test_what_one_process_finds_out_spares_the_others_the_trying(
    store: Store, database_url: str, clock: HandClock
) -> None:
    one, other = Network(failing(Unreachable("away"))), Network()
    elsewhere = opened(database_url, clock)
    await put(store, 20)
    await dispatcher(store, clock, one).drain()
    await dispatcher(elsewhere, clock, other).drain()
    assert other.parcels == []
    clock.move_by(FIRST_REST + MINUTE)
    await dispatcher(elsewhere, clock, other).drain()
    assert len(other.parcels) == 20
    await elsewhere.close()


async def test_a_channel_that_is_paused_sends_nothing_and_loses_nothing(
    store: Store, clock: HandClock
) -> None:
    network = Network()
    works = dispatcher(store, clock, network)
    await put(store, 5)
    async with store.unit() as unit:
        await unit.steering.hold(Channel.EMAIL, HoldKind.PAUSED)
    await works.drain()
    assert network.parcels == []
    async with store.unit() as unit:
        assert await unit.steering.let_go(Channel.EMAIL, set(HoldKind)) == 1
    await works.drain()
    assert len(network.parcels) == 5


async def test_a_resumed_provider_is_asked_at_once(store: Store, clock: HandClock) -> None:
    network = Network(failing(Barred("login_refused")))
    works = dispatcher(store, clock, network)
    await put(store, 5)
    await works.drain()
    network.answer = accepted
    async with store.unit() as unit:
        await unit.steering.let_go(Channel.EMAIL, set(HoldKind))
    clock.move_by(MINUTE)
    await works.drain()
    assert len(network.parcels) >= 6


async def test_a_dead_address_and_a_doubt_are_not_forgiven(store: Store, clock: HandClock) -> None:
    network = Network(failing(Undeliverable("blocked", is_address_dead=True)))
    await put(store, 8)
    await dispatcher(store, clock, network).drain()
    assert {row.state for row in await rows(store)} == {State.FAILED}
    doubtful = Network(failing(Uncertain("no_answer")), channel=Channel.TELEGRAM, capabilities=CHAT)
    await put(store, 8, Channel.TELEGRAM)
    await dispatcher(store, clock, doubtful).drain()
    assert len(doubtful.parcels) <= 3
    states = [row.state for row in await rows(store) if row.channel == Channel.TELEGRAM]
    assert states.count(State.UNCERTAIN) == len(doubtful.parcels)
    assert states.count(State.QUEUED) == 8 - len(doubtful.parcels)


async def test_in_a_trial_only_those_on_the_list_are_told(store: Store, clock: HandClock) -> None:
    network = Network()
    await put(store, 4)
    works = dispatcher(store, clock, network, trial=trial("P1@example.ma, person:9"))
    await works.drain()
    assert [parcel.address for parcel in network.parcels] == ["p1@example.ma"]
    found = [(row.state, row.reason) for row in await rows(store)]
    assert found.count((State.SUPPRESSED, "trial")) == 3
    assert found.count((State.ACCEPTED, "reply")) == 1


SCATTERED = replace(HARMLESS, is_scattered=True)


@pytest.mark.parametrize(
    "failure",
    [Uncertain("no_answer"), Unreachable("rate_limited", retry_after=MINUTE, is_only_here=True)],
    ids=["silent", "flooded"],
)
async def test_one_dead_server_of_many_holds_up_no_other(
    store: Store, clock: HandClock, failure: Failed
) -> None:
    network = Network(capabilities=SCATTERED)
    network.answer = lambda parcel: (
        accepted(parcel) if parcel.delivery_id > 10 else failing(failure)(parcel)
    )
    await put(store, 30)
    await dispatcher(store, clock, network).drain()
    assert len(network.parcels) == 30
    assert [row.state for row in await rows(store)][10:] == [State.ACCEPTED] * 20


async def test_what_was_not_even_tried_is_no_attempt(store: Store, clock: HandClock) -> None:
    network = Network(failing(Untried("it_rests", retry_after=MINUTE)), capabilities=SCATTERED)
    await put(store, 1)
    works = dispatcher(store, clock, network)
    for _ in range(20):
        await works.drain()
        clock.move_by(MINUTE)
    network.answer = accepted
    await works.drain()
    [row] = await rows(store)
    assert (row.state, row.attempts) == (State.ACCEPTED, 1)
