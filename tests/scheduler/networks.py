"""Providers at the edge, for tests: each does one thing a network may do."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from domain.addresses import Channel
from domain.channel import Capabilities, Limit, Parcel, Scope

HARMLESS = Capabilities(text_length=1000, is_repeat_harmless=True)
CHAT = Capabilities(text_length=1000)

Answer = Callable[[Parcel], str]


def accepted(parcel: Parcel) -> str:
    return f"ref-{parcel.delivery_id}"


class Network:
    """Answers each parcel as `answer` says, and remembers what it was handed."""

    def __init__(
        self,
        answer: Answer = accepted,
        *,
        channel: Channel = Channel.EMAIL,
        capabilities: Capabilities = HARMLESS,
    ) -> None:
        self.channel = channel
        self.capabilities = capabilities
        self.answer = answer
        self.gate = asyncio.Event()  # closed: nobody gets an answer
        self.gate.set()
        self.parcels: list[Parcel] = []
        self.most_at_once = 0
        self.most_at_one_address = 0
        self._under_way: Counter[str] = Counter()
        self._arrived = asyncio.Event()

    async def deliver(self, parcel: Parcel) -> str:
        self.parcels.append(parcel)
        self._arrived.set()
        self._under_way[parcel.address] += 1
        self.most_at_once = max(self.most_at_once, self._under_way.total())
        self.most_at_one_address = max(self.most_at_one_address, self._under_way[parcel.address])
        try:
            for _ in range(3):  # let the others come in between, as a network would
                await asyncio.sleep(0)
            await self.gate.wait()
            return self.answer(parcel)
        finally:
            self._under_way[parcel.address] -= 1

    async def until(self, count: int) -> None:
        """Wait until so many parcels have come."""
        async with asyncio.timeout(60):
            while len(self.parcels) < count:
                self._arrived.clear()
                await self._arrived.wait()

    async def answer_for_itself(self) -> str:
        return "here"

    async def close(self) -> None:
        pass


def at_most(count: int, per: timedelta, scope: Scope = Scope.PROVIDER) -> Capabilities:
    return Capabilities(
        text_length=1000, is_repeat_harmless=True, limits=(Limit(scope, count, per),)
    )
