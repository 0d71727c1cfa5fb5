import pytest

from channels.memory import MemoryProvider
from domain.addresses import Channel
from domain.channel import Parcel
from domain.errors import Undeliverable, Unreachable
from domain.messages import Message

HELLO = Message(text="Bonjour", language="fr")


async def test_what_was_carried_is_remembered_by_address() -> None:
    provider = MemoryProvider(Channel.SMS)
    assert await provider.deliver(Parcel(1, "a", HELLO)) == "memory:1"
    assert await provider.deliver(Parcel(2, "b", HELLO)) == "memory:2"
    assert provider.told("b") == [HELLO]
    assert [parcel.delivery_id for parcel in provider.parcels] == [1, 2]


async def test_failures_come_as_scripted_and_then_end() -> None:
    provider = MemoryProvider(Channel.SMS)
    provider.fail_next(Unreachable("flood"), times=2)
    provider.fail_next(Undeliverable("blocked"))
    for code in ("flood", "flood", "blocked"):
        with pytest.raises((Unreachable, Undeliverable), match=code):
            await provider.deliver(Parcel(1, "a", HELLO))
    assert provider.parcels == []
    await provider.deliver(Parcel(1, "a", HELLO))
