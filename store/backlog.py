"""What has still to leave, in piles; what goes before it; and how fast things left lately."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import UNFINISHED, State
from domain.estimates import Pile
from store.outbox import Urgency
from store.rows import value_of
from store.tables.outbox import chunks, deliveries, delivery_events

LATEST = 2000  # events that are looked at
LEFT = (State.ACCEPTED, State.UNCERTAIN, State.FAILED)


class Backlog:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def piles(self, notice_id: int | None = None) -> list[Pile]:
        """Return what waits of a notice, or of everything."""
        mine = [] if notice_id is None else [deliveries.c.notice_id == notice_id]
        return await self._piled(*mine)

    async def ahead(self, urgency: Urgency, before: int | None = None) -> list[Pile]:
        """Return what leaves before a notice of this urgency; `before`: its id, once it has one."""
        is_older = deliveries.c.notice_id < before if before is not None else true()
        return await self._piled(
            chunks.c.due_at <= self._clock.now(),
            chunks.c.paused_at.is_(None),
            or_(chunks.c.urgency < urgency, and_(chunks.c.urgency == urgency, is_older)),
        )

    async def _piled(self, *which: ColumnElement[bool]) -> list[Pile]:
        is_later = deliveries.c.due_at > self._clock.now()
        is_retried = and_(is_later, deliveries.c.code.is_not(None))
        one = (
            select(
                deliveries.c.channel,
                deliveries.c.language,
                deliveries.c.notice_id,
                is_retried.label("is_retried"),
                # Those that are held wait for few instants, those that are tried again for many.
                case((and_(is_later, ~is_retried), deliveries.c.due_at)).label("held"),
                case((is_retried, deliveries.c.due_at)).label("retried"),
                case((~is_later, deliveries.c.due_at)).label("due"),
            )
            .join(chunks, chunks.c.id == deliveries.c.chunk_id)
            .where(chunks.c.finished_at.is_(None), deliveries.c.state.in_(UNFINISHED), *which)
            .subquery()
        ).c
        alike = (one.channel, one.language, one.notice_id, one.is_retried)
        until = func.coalesce(one.held, func.max(one.retried)).label("held_until")
        found = await self._connection.execute(
            select(
                *alike, until, func.min(one.due).label("due_since"), func.count().label("count")
            ).group_by(*alike, one.held)
        )
        return [value_of(Pile, row, is_retried=bool(row.is_retried)) for row in found]

    async def left_at(self) -> Mapping[Channel, list[datetime]]:
        """Return when the latest messages left, or failed, by channel."""
        latest = (
            select(delivery_events.c.delivery_id, delivery_events.c.at)
            .where(delivery_events.c.state.in_(LEFT))
            .order_by(delivery_events.c.id.desc())
            .limit(LATEST)
            .subquery()
        )
        found = await self._connection.execute(
            select(deliveries.c.channel, func.min(latest.c.at))
            .join(latest, latest.c.delivery_id == deliveries.c.id)
            .group_by(deliveries.c.id, deliveries.c.channel)
        )
        left: defaultdict[Channel, list[datetime]] = defaultdict(list)
        for channel, at in found:
            left[channel].append(at)
        return left
