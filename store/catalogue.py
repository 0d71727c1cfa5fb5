"""The words of everything that can be looked for, and what is found by them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access import Scope
from domain.documents import DocumentKind
from domain.searching import EXACT, Found, Sought, Wanted, stems
from store.rows import value_of
from store.sights import sees_document, sees_item
from store.tables.approvals import publication_texts, publications
from store.tables.catalogue import search_words
from store.tables.council import agenda_items, documents, sessions, sittings
from store.tables.people import bodies
from store.tables.proceedings import minutes

LAST_LETTER = "\U0010ffff"
OPENING = and_(sittings.c.session_id == sessions.c.id, sittings.c.number == 1)
NEWEST_FIRST = (sittings.c.starts.desc().nulls_last(),)
OF_A_SESSION = (
    sessions.c.id.label("session_id"),
    bodies.c.key.label("body_key"),
    sittings.c.starts,
)
ITEMS = (
    select(
        agenda_items.c.id.label("of"),
        agenda_items.c.number,
        agenda_items.c.title,
        agenda_items.c.state,
        *OF_A_SESSION,
    )
    .select_from(agenda_items)
    .join(sessions, sessions.c.id == agenda_items.c.session_id)
    .join(bodies, bodies.c.id == sessions.c.body_id)
    .outerjoin(sittings, OPENING)
    .order_by(*NEWEST_FIRST, sessions.c.id.desc(), agenda_items.c.position)
)
DOCUMENTS = (
    select(
        documents.c.id.label("of"),
        documents.c.item_id,
        documents.c.title,
        documents.c.kind.label("document_kind"),
        *OF_A_SESSION,
    )
    .select_from(documents)
    .join(sessions, sessions.c.id == documents.c.session_id)
    .join(bodies, bodies.c.id == sessions.c.body_id)
    .outerjoin(agenda_items, agenda_items.c.id == documents.c.item_id)
    .outerjoin(sittings, OPENING)
    .order_by(*NEWEST_FIRST, sessions.c.id.desc(), documents.c.id)
)

# The papers that minutes are, with what they say in each language.
MINUTES = (
    select(documents.c.id, documents.c.title, documents.c.language, publication_texts.c.texts)
    .join(minutes, minutes.c.session_id == documents.c.session_id)
    .join(publications, publications.c.id == minutes.c.publication_id)
    .join(
        publication_texts,
        (publication_texts.c.publication_id == publications.c.id)
        & (publication_texts.c.content == publications.c.content),
    )
    .where(documents.c.kind == DocumentKind.MINUTES, documents.c.item_id.is_(None))
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Where to look; None is everywhere. `days` are of the first sitting, both included."""

    body_keys: Collection[str] | None = None
    days: tuple[date, date] | None = None
    kinds: Collection[DocumentKind] | None = None


EVERYWHERE = Filter()


class Catalogue:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def items(
        self, what: Wanted, scope: Scope, where: Filter = EVERYWHERE, *, most: int = 50
    ) -> list[Found]:
        """Return the items that have these words and that may be seen, the newest session first."""
        query = ITEMS.where(
            sees_item(scope), *_within(where), *has_said(agenda_items.c.id, Sought.ITEM, what)
        )
        return await self._found(Sought.ITEM, query.limit(most))

    async def documents(
        self, what: Wanted, scope: Scope, where: Filter = EVERYWHERE, *, most: int = 50
    ) -> list[Found]:
        """Return the documents that have these words and that may be read, the newest first."""
        said = has_said(documents.c.id, Sought.DOCUMENT, what)
        query = DOCUMENTS.where(sees_document(scope), *_within(where), *said)
        if where.kinds is not None:
            query = query.where(documents.c.kind.in_(where.kinds))
        return await self._found(Sought.DOCUMENT, query.limit(most))

    async def read_anew(self) -> None:
        """Read the words of everything again, as they are read now."""
        await self._connection.execute(delete(search_words))
        for sought, query in (
            (Sought.ITEM, select(agenda_items.c.id, agenda_items.c.title)),
            (Sought.DOCUMENT, select(documents.c.id, documents.c.title)),
        ):
            found = await self._connection.execute(query)
            await enter(self._connection, sought, {row.id: row.title for row in found})

        await self._read_minutes_anew()

    async def reword(self, sought: Sought, texts: Mapping[int, str]) -> None:
        """Have things found by these texts, by id, in place of those they were found by."""
        await enter(self._connection, sought, texts)

    async def _read_minutes_anew(self) -> None:
        """Read what minutes say, besides what they are called."""
        found = await self._connection.execute(MINUTES)
        texts = {
            row.id: f"{row.title} {row.texts[row.language]['body']}"
            for row in found
            if row.language in row.texts  # else it was corrected since, and not in this one
        }
        await enter(self._connection, Sought.DOCUMENT, texts)

    async def _found(self, sought: Sought, query: Select[Any]) -> list[Found]:
        found = await self._connection.execute(query)
        return [value_of(Found, row, sought=sought) for row in found]


async def enter(connection: AsyncConnection, sought: Sought, texts: Mapping[int, str]) -> None:
    """Have things found by these texts, by id; what was known of them before is forgotten.

    Whoever writes a title does so in the same breath, so that none is missed.
    """
    if not texts:
        return
    await connection.execute(
        delete(search_words).where(
            search_words.c.sought == sought, search_words.c.of.in_(list(texts))
        )
    )
    rows = [
        {"sought": sought, "of": of, "stem": stem}
        for of, text in texts.items()
        for stem in stems(text)
    ]
    if rows:
        await connection.execute(insert(search_words), rows)


def has_said(of: ColumnElement[int], sought: Sought, what: Wanted) -> list[ColumnElement[bool]]:
    """Each that is looked for, in one of its ways; each way, all its words. `of` is the id."""
    return [
        or_(*(and_(*(of.in_(_having(sought, stem)) for stem in phrase)) for phrase in ways))
        for ways in what
    ]


def _having(sought: Sought, stem: str) -> Select[tuple[int]]:
    word = search_words.c.stem
    begins = and_(word >= stem, word < stem + LAST_LETTER)
    return select(search_words.c.of).where(
        search_words.c.sought == sought, word == stem if len(stem) <= EXACT else begins
    )


def _within(where: Filter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if where.body_keys is not None:
        conditions.append(bodies.c.key.in_(where.body_keys))
    if where.days is not None:
        first, last = where.days
        conditions.append(
            sittings.c.starts.between(
                datetime.combine(first, time.min), datetime.combine(last, time.max)
            )
        )
    return conditions
