"""The one pen: outcomes of all lanes are recorded together, every few milliseconds."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog

from actions.notices.settling import note_copies
from domain.addresses import Channel
from domain.deliveries import State
from domain.errors import Unavailable
from scheduler.measures import Measures
from scheduler.tempo import Tempo
from store.chunks import Claim
from store.connecting import Store
from store.deliveries import Recorded
from store.matters import Copy
from store.unit import Unit

FULL = 500  # rows: a batch that is full is written at once
MOST_WAITING = 4 * FULL  # rows: more outcomes than this wait for the disk
LONGEST_WRITE = 1.0  # seconds, after which whoever has sent waits for it
NEXT_TRY = 0.5  # seconds after the store was away

log: Any = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Batch:
    records: list[Recorded] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    is_begun: asyncio.Event = field(default_factory=asyncio.Event)
    is_full: asyncio.Event = field(default_factory=asyncio.Event)
    is_taken: asyncio.Event = field(default_factory=asyncio.Event)
    is_durable: asyncio.Event = field(default_factory=asyncio.Event)


class Recorder:
    """Commits outcomes in groups: the fastest way to record them and the one that risks least."""

    def __init__(self, store: Store, tempo: Tempo, measures: Measures) -> None:
        self._store = store
        self._tempo = tempo
        self._measures = measures
        self._batch = Batch()
        self._last = Batch()
        self._last.is_durable.set()
        self._begun_at = 0.0

    async def put(self, record: Recorded) -> None:
        """Hand over an outcome, to be recorded soon; wait only when the disk is far behind."""
        await self._add(record)
        if self._is_stuck:
            await self._last.is_durable.wait()

    @property
    def _is_stuck(self) -> bool:
        """Whether the store takes so long that nothing more should be sent unrecorded."""
        waited = asyncio.get_running_loop().time() - self._begun_at
        return not self._last.is_durable.is_set() and waited > LONGEST_WRITE

    async def _add(self, record: Recorded) -> Batch:
        while len(self._batch.records) >= MOST_WAITING:
            await self._batch.is_taken.wait()
        batch = self._batch
        batch.records.append(record)
        batch.is_begun.set()
        if len(batch.records) >= FULL:
            batch.is_full.set()
        return batch

    async def mark(self, record: Recorded) -> None:
        """Record before going on: return when it is durable."""
        batch = await self._add(record)
        await batch.is_durable.wait()

    def release(self, claim: Claim) -> None:
        """End a lease, after all that was put before is recorded."""
        self._batch.claims.append(claim)
        self._batch.is_begun.set()

    async def durable(self) -> None:
        """Wait until everything handed over so far is in the store."""
        batch = self._batch if self._batch.is_begun.is_set() else self._last
        await batch.is_durable.wait()

    async def run(self) -> None:
        """Write batches until cancelled."""
        while True:
            await self._batch.is_begun.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._tempo.flush.total_seconds()):
                    await self._batch.is_full.wait()
            self._last, self._batch = self._batch, Batch()
            self._last.is_taken.set()
            self._begun_at = asyncio.get_running_loop().time()
            await self._write(self._last)

    async def _write(self, batch: Batch) -> None:
        """Write a batch, however often it takes: what was sent must not be forgotten."""
        while True:
            try:
                async with self._store.unit() as unit:
                    await unit.deliveries.record(batch.records)
                    await _quarantine(unit, batch.records)
                    await _keep_copies(unit, batch.records)
                    await unit.chunks.release(batch.claims)
            except Unavailable as away:
                log.warning("outcomes_wait", rows=len(batch.records), reason=str(away))
                await asyncio.sleep(NEXT_TRY)
            else:
                break
        if self._store.shared:
            self._store.shared.jobs.done([claim.chunk_id for claim in batch.claims])
        self._count(batch.records)
        batch.is_durable.set()

    def _count(self, records: Sequence[Recorded]) -> None:
        for (channel, state), count in Counter(
            (record.channel, record.outcome.state) for record in records
        ).items():
            self._measures.deliveries.labels(channel, state).inc(count)
            if state is State.ACCEPTED:
                self._measures.last_accepted_at.labels(channel).set_to_current_time()


async def _quarantine(unit: Unit, records: Sequence[Recorded]) -> None:
    """Stop using the addresses that a provider called dead."""
    dead: dict[tuple[Channel, str], set[str]] = defaultdict(set)
    for record in records:
        if record.outcome.is_address_dead:
            dead[record.channel, record.outcome.code or "dead"].add(record.address)
    for (channel, code), values in dead.items():
        await unit.people.quarantine(channel, sorted(values), code=code, at=unit.clock.now())


async def _keep_copies(unit: Unit, records: Sequence[Recorded]) -> None:
    """Keep where messages stand whose buttons decide something."""
    copies = [
        Copy(
            record.channel,
            record.outcome.provider_ref,
            record.subject,
            record.delivery_id,
            record.settled,
        )
        for record in records
        if record.subject and record.outcome.provider_ref
    ]
    if copies:
        await note_copies(unit, copies)
