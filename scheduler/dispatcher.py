"""All lanes together: they start, are woken, keep their leases, and end without a loss."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager, suppress
from random import Random
from typing import Any

import structlog

from domain.addresses import Channel
from domain.channel import Capabilities, Provider
from domain.clock import Clock
from domain.errors import Unavailable
from domain.notices import FALLBACK
from domain.tracing import UNTRACED, Tracing
from domain.trials import Trial
from scheduler.breaker import Gate
from scheduler.contents import Contents
from scheduler.jobs import Holding
from scheduler.lane import Lane
from scheduler.means import Means
from scheduler.measures import Measures
from scheduler.obedience import obey_if_possible
from scheduler.pace import Pace
from scheduler.recorder import Recorder
from scheduler.tempo import Tempo
from store.connecting import Store
from store.news import News

log: Any = structlog.get_logger(__name__)


class Dispatcher:
    """Sends what is due in the outbox: `run` goes on for ever, `drain` until nothing is due."""

    def __init__(
        self,
        store: Store,
        providers: Iterable[Provider],
        *,
        clock: Clock,
        chance: Random,
        tempo: Tempo | None = None,
        measures: Measures | None = None,
        fallback: str = FALLBACK,
        trial: Trial | None = None,
        tracing: Tracing = UNTRACED,
    ) -> None:
        self._means = Means(
            store=store,
            clock=clock,
            chance=chance,
            tempo=tempo or Tempo(),
            measures=measures or Measures(),
            contents=Contents(fallback),
            trial=trial,
            tracing=tracing,
        )
        self._providers = {provider.channel: provider for provider in providers}
        self._paces = {
            channel: Pace(provider.capabilities) if self._means.tempo.keeps_limits else None
            for channel, provider in self._providers.items()
        }
        self._has_news = asyncio.Event()  # of a hold: found here, or told by another process
        self._gates = {
            channel: Gate(
                channel,
                clock,
                self._means.measures,
                tell=self._has_news.set,
                is_scattered=provider.capabilities.is_scattered,
            )
            for channel, provider in self._providers.items()
        }
        self._lanes: dict[Channel, Lane] = {}

    @property
    def carried(self) -> dict[Channel, Capabilities]:
        """What the channels that have a provider can do."""
        return {channel: provider.capabilities for channel, provider in self._providers.items()}

    def nudge(self, channels: Collection[Channel]) -> None:
        """Look at once for what is due on these channels."""
        for channel in channels:
            if channel in self._lanes:
                self._lanes[channel].wake()

    def _hear(self, news: News) -> None:
        self.nudge(news.channels)
        if news.has_steered:
            self._has_news.set()

    async def run(self, channels: Collection[Channel] | None = None) -> None:
        """Send what is due, as it becomes due, until cancelled; then end what was begun.

        `channels`: on these only; None for every one that has a provider.
        """
        async with self._working(channels):
            await asyncio.Event().wait()

    async def drain(self) -> int:
        """Send everything that is due now, and return how many chunks that took."""
        total = 0
        while due := await self._due():
            async with self._working(due) as recorder:
                self.nudge(due)
                await asyncio.gather(*(lane.exhausted() for lane in self._lanes.values()))
                await asyncio.gather(*(lane.close() for lane in self._lanes.values()))
                await recorder.durable()
                loaded = self._loaded()
            if not loaded:  # what is due is held back, or in other hands
                break
            total += loaded
        return total

    async def _due(self) -> frozenset[Channel]:
        """Return the channels that have something to send now, of those that are carried."""
        async with self._means.store.reading() as unit:
            return await unit.chunks.due_channels() & self._providers.keys()

    def _loaded(self) -> int:
        return sum(lane.loaded for lane in self._lanes.values())

    @asynccontextmanager
    async def _working(
        self, channels: Collection[Channel] | None = None
    ) -> AsyncIterator[Recorder]:
        recorder = Recorder(self._means.store, self._means.tempo, self._means.measures)
        self._lanes = {
            channel: Lane(
                provider,
                recorder,
                self._means,
                pace=self._paces[channel],
                gate=self._gates[channel],
            )
            for channel, provider in self._providers.items()
            if channels is None or channel in channels
        }
        await obey_if_possible(self._means.store, self._gates.values())
        self._means.store.listeners.append(self._hear)
        try:
            async with _as_worker(self._means.store), asyncio.TaskGroup() as tasks:
                running = [tasks.create_task(recorder.run()), tasks.create_task(self._beat())]
                running.append(tasks.create_task(self._obey_always()))
                running += [tasks.create_task(lane.run()) for lane in self._lanes.values()]
                try:
                    yield recorder
                finally:
                    if not any(task.done() for task in running):  # what broke is not waited for
                        await self._end(recorder)
                    for task in running:
                        task.cancel()
        finally:
            self._means.store.listeners.remove(self._hear)
            self._lanes = {}

    async def _end(self, recorder: Recorder) -> None:
        """Claim nothing more, let what is under way arrive, and record it, within a bound."""
        try:
            async with asyncio.timeout(self._means.tempo.farewell.total_seconds()):
                await asyncio.gather(*(lane.close() for lane in self._lanes.values()))
                await recorder.durable()
                await obey_if_possible(self._means.store, self._gates.values())
        except TimeoutError:
            log.warning("stopped_before_the_end", holdings=len(self._holdings()))

    async def _obey_always(self) -> None:
        """Keep to what is held back, and let the other processes know what rests.

        At once, when there is news of it; those who miss a call look all the same.
        """
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._means.tempo.poll.total_seconds()):
                    await self._has_news.wait()
            self._has_news.clear()
            paused = await obey_if_possible(self._means.store, self._gates.values())
            for lane in self._lanes.values() if paused else ():
                lane.drop(paused)

    async def _beat(self) -> None:
        """Keep the leases of what we hold; let go of what somebody else has taken over."""
        while True:
            await asyncio.sleep(self._means.tempo.renewal.total_seconds())
            held = self._holdings()
            if not held:
                continue
            try:
                await self._renew(held)
            except Unavailable as away:
                log.warning("leases_not_renewed", holdings=len(held), reason=str(away))

    async def _renew(self, held: list[Holding]) -> None:
        lease = self._means.tempo.lease
        until = self._means.clock.now() + lease
        async with self._means.store.unit() as unit:
            kept = await unit.chunks.renew([holding.claim for holding in held], lease=lease)
        for holding in held:
            if holding.claim in kept:
                holding.until = until
            else:
                holding.lose()
                log.warning("lease_lost", chunk=holding.claim.chunk_id)

    def _holdings(self) -> list[Holding]:
        return [holding for lane in self._lanes.values() for holding in lane.holdings]


@asynccontextmanager
async def _as_worker(store: Store) -> AsyncIterator[None]:
    """Have jobs brought to us, where several processes share the records."""
    if store.shared is None:
        yield
        return
    async with store.shared.jobs.working():
        yield
