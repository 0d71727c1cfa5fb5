"""Chunks of deliveries, and the fenced leases under which they are sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import UNFINISHED
from store.deliveries import is_in
from store.lists import among
from store.outbox import Ready, Urgency
from store.tables.outbox import chunks, deliveries

FREE = and_(
    chunks.c.finished_at.is_(None), chunks.c.leased_until.is_(None), chunks.c.paused_at.is_(None)
)
HELD = and_(chunks.c.id == bindparam("held"), chunks.c.lease == bindparam("under"))


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send a chunk, until `until`. Who claims it later has a greater `lease`."""

    chunk_id: int
    lease: int
    urgency: Urgency
    until: datetime


class Chunks:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.ready: list[Ready] = []

    async def claim(
        self, channel: Channel, urgencies: Collection[Urgency], *, lease: timedelta
    ) -> Claim | None:
        """Lease the next chunk that is due on a channel, the most urgent first."""
        now = self._clock.now()
        due = (
            select(chunks.c.id)
            .where(chunks.c.channel == channel, chunks.c.urgency.in_(urgencies))
            .where(chunks.c.due_at <= now, FREE)
            .order_by(chunks.c.urgency, chunks.c.due_at, chunks.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        taken = await self._connection.execute(
            update(chunks)
            .where(chunks.c.id == due.scalar_subquery())
            .values(lease=chunks.c.lease + 1, leased_until=now + lease)
            .returning(chunks.c.id, chunks.c.lease, chunks.c.urgency)
        )
        row = taken.one_or_none()
        return Claim(row.id, row.lease, Urgency(row.urgency), now + lease) if row else None

    async def claim_these(self, chunk_ids: Sequence[int], *, lease: timedelta) -> list[Claim]:
        """Lease those of some chunks that are due and free."""
        now = self._clock.now()
        free = (
            select(chunks.c.id)
            .where(among(self._connection, chunks.c.id, chunk_ids), chunks.c.due_at <= now, FREE)
            .with_for_update(skip_locked=True)
        )
        taken = await self._connection.execute(
            update(chunks)
            .where(chunks.c.id.in_(free))
            .values(lease=chunks.c.lease + 1, leased_until=now + lease)
            .returning(chunks.c.id, chunks.c.lease, chunks.c.urgency)
        )
        return [Claim(row.id, row.lease, Urgency(row.urgency), now + lease) for row in taken]

    async def renew(self, claims: Sequence[Claim], *, lease: timedelta) -> frozenset[Claim]:
        """Prolong leases, and return the claims that still hold.

        One process may have two claims of a chunk: one that it lost, and a later one.
        """
        until = self._clock.now() + lease
        kept = set()
        for claim in claims:
            renewed = await self._connection.execute(
                update(chunks)
                .where(HELD, chunks.c.leased_until.is_not(None))
                .values(leased_until=until),
                {"held": claim.chunk_id, "under": claim.lease},
            )
            if renewed.rowcount:
                kept.add(claim)
        return frozenset(kept)

    async def release(self, claims: Sequence[Claim]) -> None:
        """End leases: a chunk with nothing left is finished, another waits for its next delivery.

        A lease that someone else has taken over is left alone.
        """
        if not claims:
            return
        now = self._clock.now()
        await self._connection.execute(
            update(chunks)
            .where(HELD)
            .values(
                leased_until=None,
                due_at=func.coalesce(_next_due(), chunks.c.due_at),
                finished_at=case((_has_work(), None), else_=now),
            ),
            [{"held": claim.chunk_id, "under": claim.lease} for claim in claims],
        )
        left = await self._connection.execute(
            select(chunks.c.id, chunks.c.channel, chunks.c.urgency, chunks.c.due_at)
            .where(among(self._connection, chunks.c.id, [claim.chunk_id for claim in claims]))
            .where(FREE)
        )
        self.ready += [Ready(row.id, row.channel, Urgency(row.urgency), row.due_at) for row in left]

    async def give_back_expired(self) -> list[tuple[int, Channel]]:
        """End the leases of those who no longer renew them; return the chunks and channels."""
        given = await self._connection.execute(
            update(chunks)
            .where(chunks.c.finished_at.is_(None), chunks.c.leased_until <= self._clock.now())
            .values(leased_until=None)
            .returning(chunks.c.id, chunks.c.channel, chunks.c.urgency, chunks.c.due_at)
        )
        back = [Ready(row.id, row.channel, Urgency(row.urgency), row.due_at) for row in given]
        self.ready += back
        return [(one.chunk_id, one.channel) for one in back]

    async def due_channels(self) -> frozenset[Channel]:
        """Return the channels on which a chunk may be claimed now."""
        found = await self._connection.execute(
            select(chunks.c.channel)
            .distinct()
            .where(chunks.c.finished_at.is_(None), chunks.c.due_at <= self._clock.now(), FREE)
        )
        return frozenset(row.channel for row in found)

    async def waiting(self) -> dict[Channel, int]:
        """Return how many chunks are not finished, by channel."""
        found = await self._connection.execute(
            select(chunks.c.channel, func.count())
            .where(chunks.c.finished_at.is_(None))
            .group_by(chunks.c.channel)
        )
        return {row[0]: row[1] for row in found}


def _next_due() -> ColumnElement[datetime]:
    return (
        select(func.min(deliveries.c.due_at))
        .where(deliveries.c.chunk_id == chunks.c.id, is_in(sorted(UNFINISHED)))
        .scalar_subquery()
    )


def _has_work() -> ColumnElement[bool]:
    return exists(
        select(deliveries.c.id).where(
            deliveries.c.chunk_id == chunks.c.id, is_in(sorted(UNFINISHED))
        )
    )
