"""Several mail servers: while one cannot be reached, the next one carries."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from channels.email.connections import Connections, Line
from domain.errors import Barred, Unreachable

RESTING = timedelta(seconds=60)  # how long a server that could not be reached comes last


class Relays:
    """Lends lines to the first server that lets us in, in the order they are given.

    Another is asked only while nothing of a letter was said: what fails on an open line is never
    tried elsewhere at once, since the letter may have been taken.
    """

    def __init__(self, relays: Sequence[Connections]) -> None:
        self._relays = tuple(relays)
        self._resting_until = dict.fromkeys(self._relays, 0.0)

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Line]:
        """Lend a line that stands; raise the first failure when none lets us in.

        One that may pass by itself is named before one that is ours to mend.
        """
        async with AsyncExitStack() as stack:
            yield await self._first(stack)

    async def _first(self, stack: AsyncExitStack) -> Line:
        failures: list[Unreachable] = []
        for relay in self._in_order():
            try:
                line = await stack.enter_async_context(relay.lent())
            except Unreachable as failure:
                failures.append(failure)
                self._resting_until[relay] = _seconds() + RESTING.total_seconds()
            else:
                self._resting_until[relay] = 0.0
                return line
        raise next((one for one in failures if not isinstance(one, Barred)), failures[0])

    def _in_order(self) -> list[Connections]:
        now = _seconds()
        return sorted(self._relays, key=lambda relay: self._resting_until[relay] > now)

    async def close(self) -> None:
        for relay in self._relays:
            await relay.close()


def _seconds() -> float:
    return asyncio.get_running_loop().time()
