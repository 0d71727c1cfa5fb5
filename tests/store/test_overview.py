"""The operator's look at deliveries."""

from domain.addresses import Channel
from domain.deliveries import State
from domain.messages import Message
from store.connecting import Store

SALAM = Message("Salam", "ar")


async def test_what_waits_is_counted_by_channel(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.put(Channel.CONSOLE, "town", [SALAM, SALAM])
        await unit.outbox.put(Channel.TELEGRAM, "7", [SALAM])
    async with store.reading() as unit:
        assert await unit.overview.waiting() == {
            Channel.CONSOLE: 2,
            Channel.TELEGRAM: 1,
        }


async def test_deliveries_are_found_by_everything_asked_for(store: Store) -> None:
    async with store.unit() as unit:
        await unit.outbox.put(Channel.CONSOLE, "town", [SALAM])
        await unit.outbox.put(Channel.TELEGRAM, "7", [SALAM])
    async with store.reading() as unit:
        overview = unit.overview
        found = await overview.deliveries(channel=Channel.TELEGRAM, state=State.QUEUED)
        assert [sent.address for sent in found] == ["7"]
        assert not await overview.deliveries(channel=Channel.TELEGRAM, state=State.FAILED)
        assert len(await overview.deliveries(most=1)) == 1
