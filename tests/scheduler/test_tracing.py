"""What may have left already is looked for at the provider before it is sent again."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.channel import Parcel
from domain.clock import HandClock
from domain.deliveries import State
from domain.errors import Failed, Uncertain, Unreachable
from domain.messages import Receipt
from domain.notices import NoticeClass
from store.connecting import Store
from store.tables.outbox import deliveries
from tests.scheduler.networks import CHAT, Network
from tests.scheduler.test_dispatcher import dispatcher, expanded, failing
from tests.scheduler.town import events, rows

STATUTORY, INFORMATIONAL = NoticeClass.STATUTORY, NoticeClass.INFORMATIONAL


class Books(Network):
    """A chat network that can be asked what it has; `knows` is its answer, or its failure."""

    def __init__(self, *, knows: str | Failed | None = None) -> None:
        super().__init__(capabilities=CHAT)
        self.knows = knows
        self.traced: list[Parcel] = []

    async def trace(self, parcel: Parcel) -> str | None:
        self.traced.append(parcel)
        if isinstance(self.knows, Failed):
            raise self.knows
        return self.knows


async def interrupted(store: Store, network: Network, notice_class: NoticeClass) -> None:
    """Leave one delivery as a process leaves it that dies while the provider thinks."""
    await expanded(store, network, 1, notice_class)
    async with store.unit() as unit:
        await unit.connection.execute(update(deliveries).values(state=State.SENDING))


async def states(store: Store) -> list[tuple[str, str | None]]:
    return [(row.state, row.provider_ref) for row in await rows(store)]


@pytest.mark.parametrize("notice_class", [STATUTORY, INFORMATIONAL])
async def test_what_the_provider_has_is_accepted_and_not_sent_again(
    store: Store, clock: HandClock, notice_class: NoticeClass
) -> None:
    books = Books(knows="SM1")
    await interrupted(store, books, notice_class)
    await dispatcher(store, clock, books).drain()
    assert (await states(store), books.parcels) == ([(State.ACCEPTED, "SM1")], [])


@pytest.mark.parametrize(
    ("notice_class", "state", "sent"),
    [(STATUTORY, State.ACCEPTED, 1), (INFORMATIONAL, State.UNCERTAIN, 0)],
)
async def test_what_the_provider_has_not_is_sent_again_where_it_may_be(
    store: Store, clock: HandClock, notice_class: NoticeClass, state: State, sent: int
) -> None:
    books = Books()
    await interrupted(store, books, notice_class)
    await dispatcher(store, clock, books).drain()
    assert [row.state for row in await rows(store)] == [state]
    assert (len(books.parcels), len(books.traced)) == (sent, 1)


@pytest.mark.parametrize(
    ("notice_class", "state"), [(STATUTORY, State.QUEUED), (INFORMATIONAL, State.UNCERTAIN)]
)
async def test_where_nobody_can_be_asked_nothing_is_repeated(
    store: Store, clock: HandClock, notice_class: NoticeClass, state: State
) -> None:
    books = Books(knows=Unreachable("away"))
    await interrupted(store, books, notice_class)
    await dispatcher(store, clock, books).drain()
    assert ([row.state for row in await rows(store)], books.parcels) == ([state], [])


async def test_a_first_attempt_asks_nobody_and_a_second_one_does(
    store: Store, clock: HandClock
) -> None:
    books = Books(knows="SM1")
    books.answer = failing(Uncertain("timeout"))
    await expanded(store, books, 1, STATUTORY)
    works = dispatcher(store, clock, books)
    await works.drain()
    assert books.traced == []
    clock.move_by(timedelta(hours=1))
    await works.drain()
    assert (await states(store), len(books.parcels)) == ([(State.ACCEPTED, "SM1")], 1)
    assert books.traced[0].queued_at == clock.now() - timedelta(hours=1)


async def receive(store: Store, clock: HandClock, ref: str, state: State) -> None:
    [row] = await rows(store)
    async with store.unit() as unit:
        receipt = Receipt(row.channel, ref, state, clock.now(), delivery_id=row.id)
        assert await unit.deliveries.advance(receipt) == row.address


@pytest.mark.parametrize(
    "heard",
    [(State.ACCEPTED, State.DELIVERED), (State.DELIVERED, State.ACCEPTED), (State.DELIVERED,)],
)
async def test_a_receipt_that_comes_before_the_answer_finds_its_delivery(
    store: Store, clock: HandClock, heard: Sequence[State]
) -> None:
    network = Network(lambda _: "SM1", capabilities=CHAT)
    await expanded(store, network, 1)
    network.gate.clear()

    async def overtake() -> None:
        await network.until(1)
        for state in heard:
            await receive(store, clock, "SM1", state)
        network.gate.set()

    await asyncio.gather(dispatcher(store, clock, network).drain(), overtake())
    assert await states(store) == [(State.DELIVERED, "SM1")]
    assert {event.state for event in await events(store)} == {State.ACCEPTED, State.DELIVERED}


async def test_a_receipt_settles_what_was_uncertain(store: Store, clock: HandClock) -> None:
    network = Network(failing(Uncertain("timeout")), capabilities=CHAT)
    await expanded(store, network, 1)
    await dispatcher(store, clock, network).drain()
    await receive(store, clock, "SM1", State.ACCEPTED)
    assert await states(store) == [(State.ACCEPTED, "SM1")]


async def test_of_two_messages_of_one_delivery_good_news_of_either_counts(
    store: Store, clock: HandClock
) -> None:
    network = Network(lambda _: "SM2", capabilities=CHAT)
    await expanded(store, network, 1)
    await dispatcher(store, clock, network).drain()
    [row] = await rows(store)
    async with store.unit() as unit:
        lost = Receipt(row.channel, "SM1", State.FAILED, clock.now(), delivery_id=row.id)
        assert await unit.deliveries.advance(lost) is None
    assert await states(store) == [(State.ACCEPTED, "SM2")]
    await receive(store, clock, "SM1", State.DELIVERED)
    assert await states(store) == [(State.DELIVERED, "SM2")]
