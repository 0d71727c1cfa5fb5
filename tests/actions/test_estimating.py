"""How long a campaign takes, foretold from the records and then sent in earnest."""

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest

from actions.notices.estimating import estimate_everything, estimate_notice
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import SystemClock
from domain.errors import Unreachable
from domain.estimates import Standstill
from domain.messages import Message
from domain.steering import HoldKind
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import Store, opened
from tests.scheduler.networks import Network, accepted, at_most
from tests.scheduler.town import WORDS, commune, events, publish, settle

SMS = Channel.SMS
A_SECOND = timedelta(seconds=1)
PEOPLE = 10


class ByThePart(Network):
    """A network that is paid by the part, and counts its limit in parts: Arabic takes two."""

    def parts(self, message: Message) -> int:
        return 2 if message.language == "ar" else 1


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Open a fresh store on the true clock."""
    store = opened(database_url, SystemClock())
    yield store
    await store.close()


async def spread(store: Store, network: Network) -> int:
    """Publish a notice to so many telephones and mailboxes that its end is worth knowing."""
    tenant_id = await commune(store)
    await settle(store, tenant_id, PEOPLE, SMS)
    notice_id = await publish(store, tenant_id)
    await FanOut(store, {SMS: network.capabilities}).expand_all()
    return notice_id


async def test_a_campaign_ends_when_it_was_said_to(store: Store) -> None:
    network = ByThePart(channel=SMS, capabilities=at_most(5, A_SECOND))
    notice_id = await spread(store, network)
    async with store.reading() as unit:
        notice = await unit.notices.by_id(notice_id)
        assert notice
        [foretold] = await estimate_notice(unit, {SMS: network}, notice)
    assert (foretold.load.messages, foretold.load.parts) == (PEOPLE, PEOPLE * 3 // 2)
    clock = SystemClock()
    began = clock.now()
    await Dispatcher(store, [network], clock=clock, chance=Random(1)).drain()
    ended = max(event.at for event in await events(store))
    assert foretold.ends_at
    took, said = ended - began, foretold.ends_at - began
    assert took.total_seconds() == pytest.approx(said.total_seconds(), rel=0.2)
    async with store.reading() as unit:
        assert await estimate_everything(unit, {SMS: network}) == []


async def test_what_holds_a_campaign_back_is_told_instead_of_an_end(store: Store) -> None:
    network = Network(channel=SMS, capabilities=at_most(30, A_SECOND))
    notice_id = await spread(store, network)

    async def standstill() -> Standstill | None:
        async with store.reading() as unit:
            notice = await unit.notices.by_id(notice_id)
            assert notice
            [one] = await estimate_notice(unit, {SMS: network}, notice)
            return one.standstill

    assert await standstill() is None
    async with store.unit() as unit:
        await unit.steering.pause_notice(notice_id)
    assert await standstill() is Standstill.PAUSED
    async with store.unit() as unit:
        await unit.steering.resume_notice(notice_id)
        until = unit.clock.now() + timedelta(hours=1)
        await unit.steering.hold(SMS, HoldKind.BARRED, code="login_refused", until=until)
    assert await standstill() is Standstill.BARRED


async def test_what_failed_is_counted_as_tried_again_and_what_goes_first_is_told(
    store: Store,
) -> None:
    def refused_once(parcel: Parcel) -> str:
        if parcel.delivery_id % 5 == 0:
            raise Unreachable("busy", is_only_here=True)
        return accepted(parcel)

    network = Network(refused_once, channel=SMS, capabilities=at_most(1000, A_SECOND))
    notice_id = await spread(store, network)
    await Dispatcher(store, [network], clock=SystemClock(), chance=Random(1)).drain()
    async with store.unit() as unit:
        await unit.outbox.put(SMS, "0", [WORDS["fr"]])
    async with store.reading() as unit:
        notice = await unit.notices.by_id(notice_id)
        assert notice
        [left] = await estimate_notice(unit, {SMS: network}, notice)
    assert (left.load.retried, left.load.messages) == (PEOPLE // 5, PEOPLE // 5)
    assert left.load.ahead == 1
    assert left.is_earliest
