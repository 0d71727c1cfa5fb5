"""A listener whose pauses take no time, and an ear that a test can wait for."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

from aiohttp import web

from channels.telegram.polling import Hear, Poller
from domain.clock import HandClock
from domain.messages import Event, Incoming
from tests.emulators.telegram import TOKEN

CLOCK = HandClock(datetime(2026, 11, 20, tzinfo=UTC))


class Ear:
    """Hears updates, fails as often as it is told to, and lets a test wait for them."""

    def __init__(self, *failures: Exception) -> None:
        self.heard: list[Incoming] = []
        self.tries = 0
        self._failures = list(failures)
        self._news = asyncio.Condition()

    async def __call__(self, event: Event) -> None:
        self.tries += 1
        if self._failures:
            raise self._failures.pop(0)
        assert isinstance(event, Incoming)
        async with self._news:
            self.heard.append(event)
            self._news.notify_all()

    async def texts(self, count: int) -> list[str]:
        async with asyncio.timeout(60), self._news:
            await self._news.wait_for(lambda: len(self.heard) >= count)
        return [incoming.text for incoming in self.heard]


class Pauses:
    """A sleep that takes no time and remembers how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._news = asyncio.Condition()

    async def __call__(self, seconds: float) -> None:
        async with self._news:
            self.seconds.append(seconds)
            self._news.notify_all()
        await asyncio.sleep(0)

    async def first(self, count: int) -> list[float]:
        async with asyncio.timeout(60), self._news:
            await self._news.wait_for(lambda: len(self.seconds) >= count)
        return self.seconds[:count]


@contextlib.asynccontextmanager
async def on_a_socket(
    answer: Callable[[web.Request], Awaitable[web.Response]],
) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def listening(
    base_url: str, hear: Hear, pauses: Pauses | None = None
) -> AsyncIterator[Poller]:
    poller = Poller(
        TOKEN,
        hear,
        CLOCK,
        base_url=base_url,
        sleep=pauses or Pauses(),
        chance=lambda: 0.5,
    )
    async with asyncio.TaskGroup() as group:
        running = group.create_task(poller.run())
        yield poller
        running.cancel()
