"""One channel's way out: claim what is due, send it in order, hand over what became of it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog

from domain.channel import Metered, Provider
from domain.deliveries import Outcome, State
from domain.errors import Unavailable
from domain.messages import Message
from scheduler.breaker import Gate
from scheduler.carrying import Carrying, recorded
from scheduler.claiming import claiming
from scheduler.jobs import Holding, Job
from scheduler.line import Line
from scheduler.means import Means
from scheduler.pace import Pace
from scheduler.permission import Permission
from scheduler.recorder import Recorder
from store.deliveries import Recorded
from store.outbox import Urgency

# Chunks held at once: two, so that the next is at hand when one runs out. A reply is a chunk.
MOST_HELD = {urgency: 32 if urgency is Urgency.REPLY else 2 for urgency in Urgency}
SHORTEST_PAUSE = 0.001  # seconds
BEHIND = "behind"  # the code of a delivery that waits because the one before it has to

log: Any = structlog.get_logger(__name__)


class Lane:
    """Sends on one channel, so many at once, with no transaction open meanwhile."""

    def __init__(
        self,
        provider: Provider,
        recorder: Recorder,
        means: Means,
        *,
        pace: Pace | None,
        gate: Gate,
    ) -> None:
        self.channel = provider.channel
        self.holdings: set[Holding] = set()
        self.loaded = 0  # chunks claimed so far
        self._means = means
        self._recorder = recorder
        self._carrying = Carrying(provider, recorder, means, gate)
        self._gate = gate
        self._depth = means.measures.queue_depth.labels(self.channel)
        self._line = Line(pace)
        self._parts = _parts_of(provider)
        self._permission = Permission(self.channel, provider.capabilities, means)
        self._senders = provider.capabilities.in_flight
        self._loading = asyncio.Lock()  # held while chunks are being claimed
        self._turn = asyncio.Lock()  # one sender waits for the line, the others for this one
        self._under_way = 0
        self._still = asyncio.Event()
        self._woken = asyncio.Event()
        self._exhausted = asyncio.Event()
        self._is_closing = False

    def wake(self) -> None:
        """Look at once for what is due."""
        self._exhausted.clear()
        self._woken.set()

    async def run(self) -> None:
        """Claim and send until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._load_always())
            for _ in range(self._senders):
                tasks.create_task(self._send_always())

    def drop(self, notice_ids: Collection[int]) -> None:
        """Let go of what is in hand of these notices and has not left."""
        for job in self._line.clear():
            if job.waiting.notice_id in notice_ids:
                self._settle(job)
            else:
                self._line.add([job])

    async def exhausted(self) -> None:
        """Wait until nothing is due and nothing is under way."""
        await self._exhausted.wait()

    async def close(self) -> None:
        """Take nothing new, wait for what is under way, and give the rest back."""
        self._is_closing = True
        self._give_back()
        async with self._loading:  # what is being claimed now is given back as it comes
            pass
        while self._under_way:
            self._still.clear()
            await self._still.wait()

    async def _load_always(self) -> None:
        while not self._is_closing:
            self._woken.clear()
            self._gate.look()
            try:
                async with self._loading:
                    claimed = 0 if self._gate.is_shut else await self._load()
            except Unavailable as away:
                log.warning("lane_waits_for_the_store", channel=self.channel, reason=str(away))
                claimed = 0
            else:
                if self._gate.is_shut:
                    self._give_back()
                if not claimed and not self.holdings:
                    self._exhausted.set()
            if not claimed:
                await self._something_new()

    async def _something_new(self) -> None:
        # Not all lanes of all processes at the same instant.
        pause = self._means.tempo.poll.total_seconds() * self._means.chance.uniform(0.8, 1.2)
        if self._gate.is_shut and self._gate.until:
            left = (self._gate.until - self._means.clock.now()).total_seconds()
            pause = min(pause, max(left, SHORTEST_PAUSE))
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._woken.wait()

    async def _load(self) -> int:
        """Claim as many chunks as there is room for, and put their deliveries in line."""
        means = self._means
        async with claiming(means.store, self.channel, self._room(), lease=means.tempo.lease) as (
            unit,
            claims,
        ):
            await self._permission.look(unit)
            if not claims:
                return 0
            now = self._means.clock.now()
            due = await unit.deliveries.due([claim.chunk_id for claim in claims], now)
            contents = await self._means.contents.of(unit, due)
        sizes = Counter(waiting.chunk_id for waiting in due)
        held = {
            claim.chunk_id: Holding(claim, sizes[claim.chunk_id], claim.until) for claim in claims
        }
        for holding in held.values():
            self._hold(holding)
        self._line.add(
            Job(waiting, message, key, held[waiting.chunk_id], self._parts(message))
            for waiting, (message, key) in zip(due, contents, strict=True)
        )
        self.loaded += len(claims)
        if self._is_closing:
            self._give_back()
        self._show_depth()
        return len(claims)

    def _room(self) -> dict[Urgency, int]:
        held = Counter(holding.claim.urgency for holding in self.holdings)
        return {urgency: most - held[urgency] for urgency, most in MOST_HELD.items()}

    def _hold(self, holding: Holding) -> None:
        if holding.left:
            self.holdings.add(holding)
        else:
            self._recorder.release(holding.claim)

    async def _send_always(self) -> None:
        while True:
            async with self._turn:
                job = await self._next()
                self._under_way += 1
                until = await self._leave_for(job)
            try:
                await (self._keep_back(job, until) if until else self._send(job))
            finally:
                self._settle(job)
                self._line.done(job)
                self._gate.leave()
                self._under_way -= 1
                self._still.set()
                if self._gate.is_shut:
                    self._woken.set()

    async def _next(self) -> Job:
        """Wait for a job that may leave, and count it as under way."""
        while True:
            await self._gate.passable()
            job = await self._line.next()
            if self._gate.enter():
                return job
            self._line.put_back(job)

    async def _leave_for(self, job: Job) -> datetime | None:
        """Wait for leave to send; return None to go, or until when the address rests."""
        if job.urgency is Urgency.AMENDMENT:
            return self._permission.rest_of(job.address)
        return await self._permission.ask(job.address, job.parts)

    async def _send(self, job: Job) -> None:
        result = await self._carrying.carry(job)
        if result is None:
            return
        await self._recorder.put(result)
        if result.outcome.pause:
            await self._permission.rest(job.address, result.outcome.pause)
        if result.outcome.due_at:
            await self._put_off(job, result.outcome.due_at)

    async def _keep_back(self, job: Job, until: datetime) -> None:
        """Wait with a delivery, and with those behind it, until its address may be written to."""
        if job.holding.covers(self._means.clock.now()):
            await self._recorder.put(self._later(job, until))
        await self._put_off(job, until)

    async def _put_off(self, job: Job, until: datetime) -> None:
        """Let whatever waits behind a delivery that is tried again later wait with it."""
        for behind in self._line.leave(job.address):
            await self._recorder.put(self._later(behind, until))
            self._settle(behind)

    def _later(self, job: Job, until: datetime) -> Recorded:
        outcome = Outcome(State.QUEUED, BEHIND, due_at=until)
        now = self._means.clock.now()
        return recorded(job, outcome, attempts=job.waiting.attempts, at=now)

    def _give_back(self) -> None:
        """Let go of everything that has not left."""
        for job in self._line.clear():
            self._settle(job)

    def _settle(self, job: Job) -> None:
        """Count a job off, and end the lease with its chunk's last one."""
        holding = job.holding
        holding.left -= 1
        if not holding.left:
            self.holdings.discard(holding)
            self._show_depth()
            self._recorder.release(holding.claim)
            self.wake()

    def _show_depth(self) -> None:
        self._depth.set(sum(holding.left for holding in self.holdings))


def _parts_of(provider: object) -> Callable[[Message], int]:
    """Return what counts the parts in which a provider sends a message: one, if it does not say."""
    return provider.parts if isinstance(provider, Metered) else lambda _: 1
