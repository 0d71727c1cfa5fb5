import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from domain.addresses import Channel
from domain.deliveries import State
from domain.notices import Audience, AudienceKind
from domain.preferences import Reason
from scheduler.fan_out import FanOut
from store.connecting import Store
from store.tables.outbox import chunks, deliveries
from tests.scheduler.networks import HARMLESS, at_most
from tests.scheduler.town import commune, publish, rows, settle


async def test_everybody_gets_exactly_one_delivery(store: Store) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, 41, Channel.EMAIL)
    await publish(store, tenant_id)
    fan_out = FanOut(store, {Channel.EMAIL: HARMLESS}, page=10)
    assert await fan_out.expand_all() == 41
    assert await fan_out.expand_all() == 0
    assert Counter(row.person_id for row in await rows(store)) == Counter(range(1, 42))


async def test_a_channel_nobody_carries_is_suppressed_with_its_reason(store: Store) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, 2, Channel.SLACK)
    await publish(store, tenant_id)
    await FanOut(store, {Channel.EMAIL: HARMLESS}).expand_all()
    assert [(row.state, row.reason, row.chunk_id) for row in await rows(store)] == [
        (State.SUPPRESSED, Reason.NO_CARRIER, None)
    ] * 2


async def test_an_empty_audience_is_read_to_its_end(store: Store) -> None:
    tenant_id = await commune(store)
    await publish(store, tenant_id, audience=Audience(AudienceKind.BODY, "council"))
    await FanOut(store, {Channel.EMAIL: HARMLESS}).expand_all()
    async with store.reading() as unit:
        assert await unit.notices.expanding() == []


async def test_many_at_once_expand_a_notice_once(store: Store) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, 55, Channel.EMAIL)
    await publish(store, tenant_id)
    fan_outs = [FanOut(store, {Channel.EMAIL: HARMLESS}, page=7) for _ in range(4)]
    await asyncio.gather(*(fan_out.expand_all() for fan_out in fan_outs))
    assert len(await rows(store)) == 55


async def test_chunks_take_what_their_network_sends_in_a_minute(store: Store) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, 100, Channel.EMAIL)
    await publish(store, tenant_id)
    slow = at_most(1, timedelta(seconds=2))
    await FanOut(store, {Channel.EMAIL: slow}).expand_all()
    async with store.reading() as unit:
        sizes = await unit.connection.execute(
            select(func.count()).select_from(deliveries).group_by(deliveries.c.chunk_id)
        )
        assert sorted(sizes.scalars()) == [10, 30, 30, 30]
        assert (await unit.connection.execute(select(func.count(chunks.c.id)))).scalar() == 4
