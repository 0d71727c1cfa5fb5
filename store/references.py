"""What people call by a reference, found by its words: decisions, petitions, texts that are out."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import true

from domain.access import Scope
from domain.petitions.states import PRIVATE
from domain.searching import Called, Sought, Wanted
from store.bulletins import BULLETINS
from store.catalogue import EVERYWHERE, Filter, enter, has_said
from store.rows import AnyRow
from store.sights import sees_decision
from store.tables.approvals import publications
from store.tables.council import agenda_items, sessions
from store.tables.people import bodies
from store.tables.petitions import petitions
from store.tables.proceedings import decisions

BODY = bodies.c.key.label("body_key")
DECISIONS = (
    select(decisions, BODY)
    .join(agenda_items, agenda_items.c.id == decisions.c.item_id)
    .join(sessions, sessions.c.id == agenda_items.c.session_id)
    .join(bodies, bodies.c.id == sessions.c.body_id)
    .order_by(decisions.c.year.desc(), decisions.c.number.desc())
)
PETITIONS = (
    select(petitions, BODY)
    .join(bodies, bodies.c.id == petitions.c.body_id)
    .where(petitions.c.state.not_in(PRIVATE))
    .order_by(petitions.c.id.desc())
)
FOUND_IN: Mapping[Sought, tuple[Select[Any], ColumnElement[int]]] = {
    Sought.DECISION: (DECISIONS, decisions.c.id),
    Sought.PETITION: (PETITIONS, petitions.c.id),
    Sought.TEXT: (BULLETINS, publications.c.id),
}


class References:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def about(
        self,
        what: Wanted,
        scope: Scope,
        where: Filter = EVERYWHERE,
        *,
        language: str = "fr",
        most: int = 50,
    ) -> list[Called]:
        """Return what has these words and may be seen, kind by kind, the newest of each first.

        `language`: by which of its titles a text is called that has several.
        """
        found: list[Called] = []
        for sought, (query, of) in FOUND_IN.items():
            seen = sees_decision(scope) if sought is Sought.DECISION else true()
            within = bodies.c.key.in_(where.body_keys) if where.body_keys is not None else true()
            wanted = query.where(seen, within, *has_said(of, sought, what))
            rows = await self._connection.execute(wanted.limit(most))
            found += [_called(sought, row, language) for row in rows]
        return found

    async def enter(self, sought: Sought, of: int) -> None:
        """Have a thing be found by its words, as they are now; one that is not public is not."""
        query, column = FOUND_IN[sought]
        await self._enter(sought, query.where(column == of))

    async def read_anew(self) -> None:
        """Read the words of everything again, as they are read now."""
        for sought, (query, _) in FOUND_IN.items():
            await self._enter(sought, query)

    async def _enter(self, sought: Sought, query: Select[Any]) -> None:
        rows = await self._connection.execute(query)
        await enter(self._connection, sought, {row.id: _words(sought, row) for row in rows})


def _called(sought: Sought, row: AnyRow, language: str) -> Called:
    if sought is Sought.DECISION:
        return Called(
            sought, f"DEL-{row.year}-{row.number}", row.id, row.body_key, row.title, row.state
        )
    if sought is Sought.PETITION:
        ref = f"PET-{row.year}-{row.number:04d}"
        return Called(sought, ref, row.id, row.body_key, row.subject, row.state)
    text = row.texts.get(language) or row.texts.get("fr") or next(iter(row.texts.values()))
    return Called(sought, f"APP-{row.id}", row.id, row.body_key, text["title"], row.state)


def _words(sought: Sought, row: AnyRow) -> str:
    """Return what a thing is found by: its reference, its title, and what it says."""
    if sought is Sought.DECISION:
        return f"DEL-{row.year}-{row.number} {row.title} {row.text}"
    if sought is Sought.PETITION:
        return f"PET-{row.year}-{row.number} {row.subject} {row.reasons} {row.goals}"
    said = " ".join(f"{text['title']} {text['body']}" for text in row.texts.values())
    return f"APP-{row.id} {said}"
