"""Delegations: whose right to decide somebody uses for a while."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from store.tables.approvals import delegations


class Delegations:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def add(self, from_id: int, to_id: int, *, starts: datetime, ends: datetime) -> int:
        """Keep a delegation from one instant to another, and return its id."""
        made = await self._connection.execute(
            insert(delegations)
            .values(
                from_id=from_id,
                to_id=to_id,
                starts_at=starts,
                ends_at=ends,
                made_at=self._clock.now(),
            )
            .returning(delegations.c.id)
        )
        return int(made.scalar_one())

    async def end(self, delegation_id: int, from_id: int) -> bool:
        """Take one's own back, and say whether there was something to take back."""
        now = self._clock.now()
        ended = await self._connection.execute(
            update(delegations)
            .where(
                delegations.c.id == delegation_id,
                delegations.c.from_id == from_id,
                delegations.c.ended_at.is_(None),
                delegations.c.ends_at > now,
            )
            .values(ended_at=now)
        )
        return ended.rowcount == 1

    async def made_by(self, person_id: int) -> list[tuple[int, int]]:
        """Return a person's delegations that are not over: their id, and to whom."""
        found = await self._connection.execute(
            select(delegations.c.id, delegations.c.to_id)
            .where(
                delegations.c.from_id == person_id,
                delegations.c.ends_at > self._clock.now(),
                delegations.c.ended_at.is_(None),
            )
            .order_by(delegations.c.starts_at)
        )
        return [(row.id, row.to_id) for row in found]

    async def untold(self) -> list[tuple[int, int, int]]:
        """Return those that began and whose deputy was not asked for what waited: id, from, to."""
        now = self._clock.now()
        found = await self._connection.execute(
            select(delegations.c.id, delegations.c.from_id, delegations.c.to_id).where(
                delegations.c.told_at.is_(None),
                delegations.c.starts_at <= now,
                delegations.c.ends_at > now,
                delegations.c.ended_at.is_(None),
            )
        )
        return [(row.id, row.from_id, row.to_id) for row in found]

    async def tell(self, delegation_id: int) -> bool:
        """Note that a deputy is asked, and say whether they had not been yet."""
        told = await self._connection.execute(
            update(delegations)
            .where(delegations.c.id == delegation_id, delegations.c.told_at.is_(None))
            .values(told_at=self._clock.now())
        )
        return told.rowcount == 1

    async def to(self, person_id: int) -> list[int]:
        """Return those whose right this person may use now, by id."""
        return await self._in_force(delegations.c.from_id, delegations.c.to_id == person_id)

    async def from_(self, person_id: int) -> list[int]:
        """Return those who may use this person's right now, by id."""
        return await self._in_force(delegations.c.to_id, delegations.c.from_id == person_id)

    async def _in_force(self, wanted: ColumnElement[int], whose: ColumnElement[bool]) -> list[int]:
        now = self._clock.now()
        found = await self._connection.execute(
            select(wanted)
            .where(
                whose,
                delegations.c.starts_at <= now,
                delegations.c.ends_at > now,
                delegations.c.ended_at.is_(None),
            )
            .distinct()
        )
        return list(found.scalars())
