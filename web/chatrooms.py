"""The chats that wait for an answer in this process, and who lets them know that it is there."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from domain.addresses import Channel
from domain.errors import Unavailable
from store.connecting import Store
from store.news import News

GATHERING = 0.02  # seconds in which answers are looked up together
MOST_OF_ONE = 6  # requests of one chat that may wait at a time: its tabs

log: Any = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Waiter:
    """One request that waits for what comes after the message `after`."""

    after: int
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self) -> None:
        self._told.set()

    async def told(self, within: timedelta) -> bool:
        """Say whether something came within this time, which is waited for."""
        try:
            async with asyncio.timeout(within.total_seconds()):
                return await self._told.wait()
        except TimeoutError:
            return False


class Chatrooms:
    """All requests that wait. One look at the store serves those of all chats."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiters: dict[str, set[Waiter]] = defaultdict(set)
        self._is_woken = asyncio.Event()
        self._is_closed = False

    def hear(self, news: News) -> None:
        """Take up what was committed, here or in another process."""
        if self._waiters and Channel.WEB in news.channels:
            self._is_woken.set()

    async def run(self) -> None:
        """Let those know whose answer is there, until closed."""
        while not self._is_closed:
            await self._is_woken.wait()
            await asyncio.sleep(GATHERING)
            self._is_woken.clear()
            try:
                await self._tell()
            except Unavailable as away:
                log.warning("chats_not_seen", reason=str(away))

    def close(self) -> None:
        """Let all go; they ask again, and find whoever is there then."""
        self._is_closed = True
        self._is_woken.set()
        for waiter in self._all():
            waiter.tell()

    @contextmanager
    def waiting(self, address: str, after: int) -> Iterator[Waiter | None]:
        """Let a request of a chat know of what comes from here on; None when too many wait."""
        if len(self._waiters.get(address, ())) >= MOST_OF_ONE:
            yield None
            return
        waiter = Waiter(after)
        self._waiters[address].add(waiter)
        if self._is_closed:
            waiter.tell()
        try:
            yield waiter
        finally:
            beside = self._waiters[address]
            beside.discard(waiter)
            if not beside:
                del self._waiters[address]

    async def _tell(self) -> None:
        if not self._waiters:
            return
        async with self._store.reading() as unit:
            newest = await unit.chats.newest(self._waiters.keys())
        for address, last in newest.items():
            for waiter in self._waiters.get(address, ()):
                if last > waiter.after:
                    waiter.tell()

    def _all(self) -> list[Waiter]:
        return [waiter for waiters in self._waiters.values() for waiter in waiters]
