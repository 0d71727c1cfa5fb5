"""The audit log: append-only, each entry chained to the one before."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audit import GENESIS, Entry, chained
from domain.clock import Clock
from store.rows import value_of
from store.tables.records import audit

CHAIN_LOCK = 0x62656666  # any fixed number: whoever appends on PostgreSQL takes this lock


class AuditLog:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def append(
        self, *, actor: str, act: str, subject: str, facts: Mapping[str, Any] | None = None
    ) -> Entry:
        """Add an entry. `facts` names no address and quotes no person."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(f"SELECT pg_advisory_xact_lock({CHAIN_LOCK})"))
        last = await self._last()
        entry = chained(
            number=last.number + 1 if last else 1,
            at=self._clock.now(),
            actor=actor,
            act=act,
            subject=subject,
            facts=facts or {},
            previous=last.hash if last else GENESIS,
        )
        await self._connection.execute(
            insert(audit).values(
                number=entry.number,
                at=entry.at,
                actor=entry.actor,
                act=entry.act,
                subject=entry.subject,
                facts=dict(entry.facts),
                previous=entry.previous,
                hash=entry.hash,
            )
        )
        return entry

    async def entries(self, *, after: int = 0, most: int = 1000) -> list[Entry]:
        """Return entries in order, from the one after number `after`."""
        found = await self._connection.execute(
            select(audit).where(audit.c.number > after).order_by(audit.c.number).limit(most)
        )
        return [value_of(Entry, row) for row in found]

    async def newest(
        self, *, said: str = "", before: int | None = None, most: int = 50
    ) -> list[Entry]:
        """Return the newest entries: whose doer, act or subject is what is said, if anything is.

        `before`: only those with a smaller number, to read on.
        """
        query = select(audit).order_by(audit.c.number.desc()).limit(most)
        if said:
            query = query.where(or_(*(audit.c[one] == said for one in ("actor", "act", "subject"))))
        if before is not None:
            query = query.where(audit.c.number < before)
        return [value_of(Entry, row) for row in await self._connection.execute(query)]

    async def about(self, subject: str, *, acts: Collection[str]) -> list[Entry]:
        """Return the entries of these acts about a subject, in order."""
        found = await self._connection.execute(
            select(audit)
            .where(audit.c.subject == subject, audit.c.act.in_(acts))
            .order_by(audit.c.number)
        )
        return [value_of(Entry, row) for row in found]

    async def of(self, subject: str) -> list[Entry]:
        """Return everything about a subject, in order."""
        found = await self._connection.execute(
            select(audit).where(audit.c.subject == subject).order_by(audit.c.number)
        )
        return [value_of(Entry, row) for row in found]

    async def latest(
        self, subjects: Collection[str], *, acts: Collection[str]
    ) -> dict[str, datetime]:
        """Return when one of these acts was last done to each subject it was done to."""
        found = await self._connection.execute(
            select(audit.c.subject, func.max(audit.c.at).label("at"))
            .where(audit.c.subject.in_(subjects), audit.c.act.in_(acts))
            .group_by(audit.c.subject)
        )
        return {row.subject: row.at for row in found}

    async def head(self) -> str:
        """Return the hash of the last entry: whoever keeps it can prove a later cut."""
        last = await self._last()
        return last.hash if last else GENESIS

    async def _last(self) -> Entry | None:
        found = await self._connection.execute(
            select(audit).order_by(audit.c.number.desc()).limit(1)
        )
        row = found.one_or_none()
        return value_of(Entry, row) if row else None
