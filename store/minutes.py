"""Minutes: kept under a number of their year, one for a session."""

from dataclasses import replace

from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.minutes import Minutes
from store.rows import value_of
from store.tables.proceedings import minutes

NUMBERING_LOCK = 0x50562D30  # any fixed number: whoever takes a number on PostgreSQL takes it
MINUTES = select(*(minutes.c[name] for name in Minutes.__slots__))


class MinutesRegister:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enter(
        self, tenant_id: int, session_id: int, publication_id: int, *, year: int
    ) -> Minutes:
        """Keep the minutes of a session under the next number of a year."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(f"SELECT pg_advisory_xact_lock({NUMBERING_LOCK})"))
        last = await self._connection.execute(
            select(func.max(minutes.c.number)).where(
                minutes.c.tenant_id == tenant_id, minutes.c.year == year
            )
        )
        kept = {
            "year": year,
            "number": (last.scalar_one() or 0) + 1,
            "session_id": session_id,
            "publication_id": publication_id,
        }
        made = await self._connection.execute(
            insert(minutes).values(tenant_id=tenant_id, **kept).returning(minutes.c.id)
        )
        return Minutes(id=int(made.scalar_one()), **kept)

    async def write_anew(self, of: Minutes, publication_id: int) -> Minutes:
        """Have another text be the minutes, under the number they have, and return them."""
        await self._connection.execute(
            update(minutes).where(minutes.c.id == of.id).values(publication_id=publication_id)
        )
        return replace(of, publication_id=publication_id)

    async def of_session(self, session_id: int) -> Minutes | None:
        return await self._one(MINUTES.where(minutes.c.session_id == session_id))

    async def called(self, year: int, number: int) -> Minutes | None:
        """Return the minutes of this number, `PV-2026-3` being the third of 2026."""
        return await self._one(MINUTES.where(minutes.c.year == year, minutes.c.number == number))

    async def all(self, *, most: int = 200) -> list[Minutes]:
        """Return the minutes, the newest first."""
        found = await self._connection.execute(
            MINUTES.order_by(minutes.c.year.desc(), minutes.c.number.desc()).limit(most)
        )
        return [value_of(Minutes, row) for row in found]

    async def _one(self, query: Select[tuple[object, ...]]) -> Minutes | None:
        row = (await self._connection.execute(query)).one_or_none()
        return value_of(Minutes, row) if row else None
