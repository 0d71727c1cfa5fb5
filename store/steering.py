"""What is held back: channels by their rows here, notices and their chunks by an instant."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.steering import Hold, HoldKind
from store.rows import value_of
from store.tables.outbox import chunks, deliveries, notices
from store.tables.steering import holds
from store.upserts import insert_for


class Steering:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.has_steered = False

    async def holds(self) -> list[Hold]:
        """Return what holds channels back now; a rest that is over is none."""
        columns = [holds.c[name] for name in Hold.__slots__]
        found = await self._connection.execute(select(*columns).order_by(holds.c.id))
        now = self._clock.now()
        every = [value_of(Hold, row) for row in found]
        return [one for one in every if one.until is None or one.until > now]

    async def hold(
        self,
        channel: Channel,
        kind: HoldKind,
        *,
        code: str | None = None,
        until: datetime | None = None,
    ) -> None:
        """Hold a channel back; where it is held so already, until the later instant."""
        made = insert_for(self._connection, holds).values(
            channel=channel, kind=kind, code=code, since=self._clock.now(), until=until
        )
        self.has_steered = True
        is_later = made.excluded.until > holds.c.until
        await self._connection.execute(
            made.on_conflict_do_update(
                index_elements=["channel", "kind"],
                set_={"code": made.excluded.code, "until": made.excluded.until},
                where=is_later,
            )
        )

    async def let_go(self, channel: Channel, kinds: Collection[HoldKind]) -> int:
        """End holds of a channel, and return how many there were."""
        ended = await self._connection.execute(
            delete(holds).where(holds.c.channel == channel, holds.c.kind.in_(kinds))
        )
        self.has_steered |= ended.rowcount > 0
        return ended.rowcount

    async def paused_notices(self) -> frozenset[int]:
        found = await self._connection.execute(
            select(notices.c.id).where(notices.c.paused_at.is_not(None))
        )
        return frozenset(row.id for row in found)

    async def pause_notice(self, notice_id: int) -> bool:
        """Hold a notice back, what is in hand too; False when it is already."""
        now = self._clock.now()
        paused = await self._connection.execute(
            update(notices)
            .where(notices.c.id == notice_id, notices.c.paused_at.is_(None))
            .values(paused_at=now)
        )
        await self._connection.execute(
            update(chunks)
            .where(chunks.c.id.in_(_chunks_of(notice_id)), chunks.c.finished_at.is_(None))
            .values(paused_at=now)
        )
        self.has_steered = True
        return paused.rowcount > 0

    async def resume_notice(self, notice_id: int) -> bool:
        """Let a notice go on where it stood; False when nothing held it."""
        resumed = await self._connection.execute(
            update(notices)
            .where(notices.c.id == notice_id, notices.c.paused_at.is_not(None))
            .values(paused_at=None)
        )
        await self._connection.execute(
            update(chunks)
            .where(chunks.c.id.in_(_chunks_of(notice_id)), chunks.c.paused_at.is_not(None))
            .values(paused_at=None)
        )
        self.has_steered = True
        return resumed.rowcount > 0


def _chunks_of(notice_id: int) -> Select[tuple[int]]:
    return (
        select(deliveries.c.chunk_id)
        .where(deliveries.c.notice_id == notice_id, deliveries.c.chunk_id.is_not(None))
        .distinct()
    )
