"""The secret links by which people's own calendars are read: one each, known by its hash alone."""

import hashlib
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from store.tables.calendars import calendar_links
from store.upserts import insert_for


class Calendars:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def open(self, person_id: int, token: str) -> None:
        """Let whoever brings `token` read a person's calendar; an earlier link ends."""
        statement = insert_for(self._connection, calendar_links).values(
            person_id=person_id, sha256=_digest(token), made_at=self._clock.now()
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id"],
                set_={name: statement.excluded[name] for name in ("sha256", "made_at")},
            )
        )

    async def close(self, person_id: int) -> bool:
        """End a person's link; False when there was none."""
        ended = await self._connection.execute(
            delete(calendar_links).where(calendar_links.c.person_id == person_id)
        )
        return ended.rowcount > 0

    async def opened_at(self, person_id: int) -> datetime | None:
        """Return when a person's link was made, if they have one."""
        found = await self._connection.execute(
            select(calendar_links.c.made_at).where(calendar_links.c.person_id == person_id)
        )
        made_at: datetime | None = found.scalar_one_or_none()
        return made_at

    async def owner(self, token: str) -> int | None:
        """Return whose calendar a token opens."""
        found = await self._connection.execute(
            select(calendar_links.c.person_id).where(calendar_links.c.sha256 == _digest(token))
        )
        person_id: int | None = found.scalar_one_or_none()
        return person_id


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
