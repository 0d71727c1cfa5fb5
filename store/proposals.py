"""What members propose for an agenda, and who asks with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from store.tables.council import agenda_items, proposals, supports
from store.tables.people import people
from store.upserts import insert_for


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item that a member has asked for. `supporters` counts them, too."""

    item_id: int
    person_id: int
    name: str
    language: str
    reasons: str
    at: datetime
    refused_reason: str | None
    supporters: int


class Proposals:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def add(self, item_id: int, person_id: int, reasons: str) -> None:
        await self._connection.execute(
            insert(proposals).values(
                item_id=item_id, person_id=person_id, reasons=reasons, at=self._clock.now()
            )
        )
        await self.support(item_id, person_id)

    async def support(self, item_id: int, person_id: int) -> bool:
        """Note who asks for it, too, and say whether they had not before."""
        made = await self._connection.execute(
            insert_for(self._connection, supports)
            .values(item_id=item_id, person_id=person_id, at=self._clock.now())
            .on_conflict_do_nothing()
            .returning(supports.c.item_id)
        )
        return made.scalar_one_or_none() is not None

    async def refuse(self, item_id: int, reason: str) -> None:
        await self._connection.execute(
            update(proposals).where(proposals.c.item_id == item_id).values(refused_reason=reason)
        )

    async def of(self, session_id: int) -> list[Proposal]:
        """Return what was proposed for a session, the first first."""
        count = (
            select(func.count()).where(supports.c.item_id == proposals.c.item_id).scalar_subquery()
        )
        found = await self._connection.execute(
            select(
                proposals.c.item_id,
                proposals.c.person_id,
                people.c.name,
                people.c.language,
                proposals.c.reasons,
                proposals.c.at,
                proposals.c.refused_reason,
                count,
            )
            .join(agenda_items, agenda_items.c.id == proposals.c.item_id)
            .join(people, people.c.id == proposals.c.person_id)
            .where(agenda_items.c.session_id == session_id)
            .order_by(proposals.c.at, proposals.c.item_id)
        )
        return [Proposal(*row) for row in found]

    async def supported(self, person_id: int, item_ids: Collection[int]) -> set[int]:
        """Return which of these items somebody asks for."""
        found = await self._connection.execute(
            select(supports.c.item_id).where(
                supports.c.person_id == person_id, supports.c.item_id.in_(item_ids)
            )
        )
        return set(found.scalars())
