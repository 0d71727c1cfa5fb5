import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random

import pytest

from domain.addresses import Channel
from domain.channel import Capabilities, Parcel
from domain.clock import HandClock
from domain.deliveries import MOST_ATTEMPTS, State
from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.messages import Message
from domain.notices import NoticeClass
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.stalled import give_back
from scheduler.tempo import Tempo
from store.connecting import Store, opened
from store.outbox import Urgency
from tests.scheduler.networks import CHAT, Network, accepted
from tests.scheduler.town import address_of, commune, events, publish, rows, settle

QUICK = Tempo(
    poll=timedelta(milliseconds=20),
    flush=timedelta(milliseconds=2),
    farewell=timedelta(seconds=5),
)


def dispatcher(store: Store, clock: HandClock, *networks: Network) -> Dispatcher:
    return Dispatcher(store, networks, clock=clock, chance=Random(28), tempo=QUICK)


async def expanded(
    store: Store,
    network: Network,
    count: int,
    notice_class: NoticeClass = NoticeClass.INFORMATIONAL,
) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, count, network.channel)
    await publish(store, tenant_id, notice_class=notice_class)
    await FanOut(store, {network.channel: network.capabilities}).expand_all()


def failing(error: Failed) -> Callable[[Parcel], str]:
    def answer(_parcel: Parcel) -> str:
        raise error

    return answer


async def test_what_is_due_is_sent_once_and_recorded(store: Store, clock: HandClock) -> None:
    network = Network()
    await expanded(store, network, 30)
    works = dispatcher(store, clock, network)
    await works.drain()
    await works.drain()
    assert len(network.parcels) == 30
    for row in await rows(store):
        assert (row.state, row.attempts, row.provider_ref) == (
            State.ACCEPTED,
            1,
            f"ref-{row.id}",
        )
    assert [event.state for event in await events(store)] == [State.ACCEPTED] * 30


async def test_everybody_is_told_in_their_language(store: Store, clock: HandClock) -> None:
    network = Network()
    await expanded(store, network, 4)
    await dispatcher(store, clock, network).drain()
    keys = {parcel.address: parcel.content_key for parcel in network.parcels}
    assert keys == {
        address_of(person_id, network.channel): f"n1.{('fr', 'ar')[person_id % 2]}"
        for person_id in (1, 2, 3, 4)
    }


async def test_a_language_without_words_falls_back(store: Store, clock: HandClock) -> None:
    network = Network()
    tenant_id = await commune(store)
    await settle(store, tenant_id, 2, network.channel)
    await publish(store, tenant_id, content={"fr": Message("Bonjour", "fr")})
    await FanOut(store, {network.channel: network.capabilities}).expand_all()
    await dispatcher(store, clock, network).drain()
    assert [parcel.message.text for parcel in network.parcels] == ["Bonjour", "Bonjour"]


async def test_an_address_called_dead_is_asked_exactly_once(store: Store, clock: HandClock) -> None:
    network = Network(failing(Undeliverable("blocked", is_address_dead=True)))
    await expanded(store, network, 1)
    works = dispatcher(store, clock, network)
    for _ in range(3):
        await works.drain()
        clock.move_by(timedelta(hours=2))
    assert len(network.parcels) == 1
    [row] = await rows(store)
    assert (row.state, row.code) == (State.FAILED, "blocked")
    async with store.reading() as unit:
        [address] = await unit.people.addresses(1)
    assert address.is_quarantined


async def test_a_message_refused_leaves_the_address_in_use(store: Store, clock: HandClock) -> None:
    network = Network(failing(Undeliverable("too_long")))
    await expanded(store, network, 1)
    await dispatcher(store, clock, network).drain()
    async with store.reading() as unit:
        [address] = await unit.people.addresses(1)
    assert not address.is_quarantined


async def test_retry_after_is_obeyed_to_the_second(store: Store, clock: HandClock) -> None:
    network = Network(failing(Unreachable("flood", retry_after=timedelta(seconds=17))))
    await expanded(store, network, 1)
    works = dispatcher(store, clock, network)
    await works.drain()
    network.answer = accepted
    clock.move_by(timedelta(seconds=16, milliseconds=999))
    await works.drain()
    assert len(network.parcels) == 1
    clock.move_by(timedelta(milliseconds=1))
    await works.drain()
    assert len(network.parcels) == 2
    assert [row.state for row in await rows(store)] == [State.ACCEPTED]


async def test_an_address_that_stays_away_is_given_up(store: Store, clock: HandClock) -> None:
    network = Network(failing(Unreachable("away", is_only_here=True)))
    await expanded(store, network, 1)
    works = dispatcher(store, clock, network)
    for _ in range(MOST_ATTEMPTS + 3):
        await works.drain()
        clock.move_by(timedelta(hours=1))
    assert len(network.parcels) == MOST_ATTEMPTS
    [row] = await rows(store)
    assert (row.state, row.code, row.attempts) == (State.FAILED, "away", MOST_ATTEMPTS)


@pytest.mark.parametrize(
    ("capabilities", "notice_class", "state"),
    [
        (CHAT, NoticeClass.INFORMATIONAL, State.UNCERTAIN),
        (CHAT, NoticeClass.STATUTORY, State.QUEUED),
        (Network().capabilities, NoticeClass.INFORMATIONAL, State.QUEUED),
    ],
    ids=["a chat", "a chat, when the law wants it", "where it does no harm"],
)
@pytest.mark.parametrize("error", [Uncertain("timeout"), ZeroDivisionError("p1@example.ma")])
async def test_what_may_have_arrived_is_repeated_only_where_it_may_be(
    store: Store,
    clock: HandClock,
    capabilities: Capabilities,
    notice_class: NoticeClass,
    state: State,
    error: Exception,
) -> None:
    def answer(_parcel: Parcel) -> str:
        raise error

    network = Network(answer, capabilities=capabilities)
    await expanded(store, network, 1, notice_class=notice_class)
    await dispatcher(store, clock, network).drain()
    assert [row.state for row in await rows(store)] == [state]


async def test_a_broken_provider_stops_nobody_and_names_nobody(
    store: Store, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(parcel: Parcel) -> str:
        if parcel.delivery_id == 1:
            raise KeyError(parcel.address)
        return accepted(parcel)

    network = Network(answer)
    await expanded(store, network, 3)
    await dispatcher(store, clock, network).drain()
    assert [row.state for row in await rows(store)] == [
        State.QUEUED,
        State.ACCEPTED,
        State.ACCEPTED,
    ]
    written = capsys.readouterr().out
    assert "provider_broke" in written
    assert "KeyError" in written
    assert "example.ma" not in written


async def test_what_comes_too_late_is_not_sent(store: Store, clock: HandClock) -> None:
    network = Network()
    tenant_id = await commune(store)
    await settle(store, tenant_id, 2, network.channel)
    await publish(store, tenant_id, expires_at=clock.now() + timedelta(hours=1))
    await FanOut(store, {network.channel: network.capabilities}).expand_all()
    clock.move_by(timedelta(hours=1))
    await dispatcher(store, clock, network).drain()
    assert network.parcels == []
    assert [row.state for row in await rows(store)] == [State.EXPIRED] * 2


async def reply(store: Store, address: str, *texts: str) -> None:
    async with store.unit() as unit:
        await unit.outbox.put(Channel.EMAIL, address, [Message(text, "fr") for text in texts])


async def test_one_address_is_told_in_order_and_never_two_things_at_once(
    store: Store, clock: HandClock
) -> None:
    network = Network()
    for batch in range(10):
        for address in ("a@example.ma", "b@example.ma"):
            await reply(store, address, *(f"{batch}.{part}" for part in range(3)))
    await dispatcher(store, clock, network).drain()
    said = [f"{batch}.{part}" for batch in range(10) for part in range(3)]
    for address in ("a@example.ma", "b@example.ma"):
        told = [p.message.text for p in network.parcels if p.address == address]
        assert told == said
    assert network.most_at_one_address == 1
    assert network.most_at_once == 2


async def test_what_comes_after_a_failure_waits_behind_it(store: Store, clock: HandClock) -> None:
    network = Network(failing(Unreachable("flood", retry_after=timedelta(seconds=5))))
    await reply(store, "a@example.ma", "one", "two", "three")
    works = dispatcher(store, clock, network)
    await works.drain()
    assert [parcel.message.text for parcel in network.parcels] == ["one"]
    network.answer = accepted
    clock.move_by(timedelta(seconds=5))
    await works.drain()
    assert [parcel.message.text for parcel in network.parcels] == ["one", "one", "two", "three"]


@asynccontextmanager
async def running(works: Dispatcher) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(works.run())
        await asyncio.sleep(0)
        yield
        task.cancel()


async def test_a_reply_leaves_as_soon_as_it_is_put(store: Store, clock: HandClock) -> None:
    network = Network()
    slow_to_look = Tempo(poll=timedelta(hours=1))
    works = Dispatcher(store, [network], clock=clock, chance=Random(1), tempo=slow_to_look)
    async with running(works):
        await reply(store, "a@example.ma", "one")
        await network.until(1)
        await reply(store, "a@example.ma", "two")
        await network.until(2)


async def test_a_stop_ends_what_was_begun_and_gives_the_rest_back(
    store: Store, clock: HandClock
) -> None:
    network = Network(capabilities=Capabilities(1, is_repeat_harmless=True, in_flight=3))
    network.gate.clear()
    await expanded(store, network, 10)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(dispatcher(store, clock, network).run())
        await network.until(3)
        task.cancel()
        await asyncio.sleep(0)
        network.gate.set()
    states = [row.state for row in await rows(store)]
    assert states.count(State.ACCEPTED) == len(network.parcels) < 10
    other = Network()
    await dispatcher(store, clock, other).drain()
    assert len(network.parcels) + len(other.parcels) == 10


async def test_two_processes_never_claim_the_same_delivery(
    postgresql_url: str, clock: HandClock
) -> None:
    networks = [Network(), Network()]
    stores = [opened(postgresql_url, clock) for _ in networks]
    tenant_id = await commune(stores[0])
    await settle(stores[0], tenant_id, 3000, Channel.EMAIL)
    await publish(stores[0], tenant_id)
    fan_outs = [FanOut(store, {Channel.EMAIL: CHAT}, page=97) for store in stores]
    await asyncio.gather(*(fan_out.expand_all() for fan_out in fan_outs))
    await asyncio.gather(
        *(
            dispatcher(store, clock, network).drain()
            for store, network in zip(stores, networks, strict=True)
        )
    )
    sent = [parcel.delivery_id for network in networks for parcel in network.parcels]
    assert len(sent) == len(set(sent)) == 3000
    assert all(network.parcels for network in networks)
    for store in stores:
        await store.close()


LEASE = timedelta(seconds=30)


async def test_the_work_of_someone_who_fell_silent_comes_back(
    store: Store, clock: HandClock
) -> None:
    network = Network()
    await expanded(store, network, 5)
    works = dispatcher(store, clock, network)
    async with store.unit() as unit:
        assert await unit.chunks.claim(network.channel, list(Urgency), lease=LEASE)
    await works.drain()
    assert network.parcels == []
    assert await give_back(store, Measures()) == frozenset()
    clock.move_by(LEASE)
    assert await give_back(store, Measures()) == {network.channel}
    await works.drain()
    assert len(network.parcels) == 5


async def test_whoever_lost_a_lease_can_neither_renew_nor_release_it(
    store: Store, clock: HandClock
) -> None:
    network = Network()
    await expanded(store, network, 5)
    async with store.unit() as unit:
        old = await unit.chunks.claim(network.channel, list(Urgency), lease=LEASE)
    clock.move_by(LEASE)
    await give_back(store, Measures())
    async with store.unit() as unit:
        new = await unit.chunks.claim(network.channel, list(Urgency), lease=LEASE)
        assert old
        assert new
        assert await unit.chunks.renew([old, new], lease=LEASE) == {new}
        await unit.chunks.release([old])
        assert await unit.chunks.renew([new], lease=LEASE) == {new}
