"""Who goes next on a channel: the urgent first, each address in order and never two at once."""

import asyncio
import heapq
from collections import deque
from collections.abc import Iterable
from contextlib import suppress

from scheduler.jobs import Job
from scheduler.pace import Pace
from store.outbox import Urgency

TURN_OF_THE_LAST = 5  # every fifth goes to whoever waits with the least urgency, so nobody starves


class Line:
    """Jobs of one channel, in the order in which they may leave. `pace` is None for no limits."""

    def __init__(self, pace: Pace | None) -> None:
        self._pace = pace
        self._queues = {urgency: deque[Job]() for urgency in Urgency}
        # Addresses that are being sent to, or rest, and the jobs that wait behind: heaps by rank.
        self._engaged: dict[str, list[tuple[tuple[int, int], Job]]] = {}
        self._resting: list[tuple[int, str]] = []
        self._changed = asyncio.Event()
        self._has_permit = False
        self._owed = 0  # permits for further parts of what has left
        self._turns = 0

    def __len__(self) -> int:
        behind = sum(len(waiting) for waiting in self._engaged.values())
        return behind + sum(len(queue) for queue in self._queues.values())

    def add(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            self._queues[job.urgency].append(job)
        self._changed.set()

    async def next(self) -> Job:
        """Wait for a job that may leave now; tell `done` when it has.

        An amendment needs no permit: the limits of the networks count messages.
        """
        while True:
            self._end_rests()
            if amendment := self._first(Urgency.AMENDMENT):
                return amendment
            wait: int | None = self._wait_for_a_permit()
            if not wait:
                if job := self._picked():
                    self._has_permit = False
                    self._owed += job.parts - 1
                    return job
                wait = self._until_someone_has_rested()
            await self._change(wait)

    def done(self, job: Job) -> None:
        """Let the next job for the same address come forward."""
        self._call_next(job.address)

    def put_back(self, job: Job) -> None:
        """Take back a job that may not leave after all: it is the next again."""
        job.is_called = True
        self._queues[job.urgency].appendleft(job)
        if job.urgency is not Urgency.AMENDMENT:
            self._has_permit = self._pace is not None
            self._owed -= job.parts - 1
        self._changed.set()

    def leave(self, address: str) -> list[Job]:
        """Take away the jobs that wait behind one that is being sent, in order."""
        behind = sorted(self._engaged[address])
        self._engaged[address] = []
        return [job for _, job in behind]

    def clear(self) -> list[Job]:
        """Take away every job that has not left, in the order in which they would have."""
        left = [job for queue in self._queues.values() for job in queue]
        for queue in self._queues.values():
            queue.clear()
        for address in self._engaged:
            left += self.leave(address)
        for job in left:
            if job.is_called:  # nobody else will end what its address was engaged for
                job.is_called = False
                del self._engaged[job.address]
        return sorted(left, key=lambda job: job.rank)

    def _picked(self) -> Job | None:
        self._end_rests()
        self._turns += 1
        order = reversed(Urgency) if self._turns % TURN_OF_THE_LAST == 0 else iter(Urgency)
        return next(filter(None, map(self._first, order)), None)

    def _first(self, urgency: Urgency) -> Job | None:
        queue = self._queues[urgency]
        while queue:
            job = queue.popleft()
            if self._may_leave(job):
                return job
        return None

    def _may_leave(self, job: Job) -> bool:
        """Engage the job's address; where it is engaged, or has to rest, put the job behind."""
        if not job.is_called and job.address in self._engaged:
            heapq.heappush(self._engaged[job.address], (job.rank, job))
            return False
        behind = self._engaged.setdefault(job.address, [])
        rest = self._rest(job)
        if self._pace and rest:
            job.is_called = False
            heapq.heappush(behind, (job.rank, job))
            heapq.heappush(self._resting, (self._pace.now() + rest, job.address))
            return False
        return True

    def _rest(self, job: Job) -> int:
        """Return how long a job's address has to rest before it."""
        if self._pace is None or job.urgency is Urgency.AMENDMENT:
            return 0
        return self._pace.for_one(job.address)

    def _call_next(self, address: str) -> None:
        behind = self._engaged[address]
        if not behind:
            del self._engaged[address]
            return
        _, job = heapq.heappop(behind)
        job.is_called = True
        self._queues[job.urgency].appendleft(job)
        self._changed.set()

    def _end_rests(self) -> None:
        while self._resting and self._pace and self._resting[0][0] <= self._pace.now():
            _, address = heapq.heappop(self._resting)
            self._call_next(address)

    def _wait_for_a_permit(self) -> int:
        if self._has_permit or not self._pace:
            return 0
        while not (wait := self._pace.for_everybody()):
            if not self._owed:
                self._has_permit = True
                break
            self._owed -= 1
        return wait

    def _until_someone_has_rested(self) -> int | None:
        if not self._resting or not self._pace:
            return None
        return max(1, self._resting[0][0] - self._pace.now())

    async def _change(self, wait: int | None) -> None:
        """Wait until something has changed, or for this many milliseconds."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(wait / 1000 if wait else None):
                await self._changed.wait()
