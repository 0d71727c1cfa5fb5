"""Whole kinds of records, leafed through by their ids, with when each last changed.

The audit log knows when: every change is noted there. What members answer is no change of a
session. What changed at an unknown time may have changed at any.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access import Scope
from domain.addresses import Address
from domain.agenda import AgendaItem
from domain.bodies import ELECTED
from domain.decisions import Decision
from domain.documents import Document
from domain.people import Membership, Person
from domain.petitions import Petition, SignatureState
from domain.petitions.states import PRIVATE
from domain.sessions import Session, Sitting
from store.agenda import ITEM
from store.decisions import DECISION, decision_of
from store.documents import DOCUMENT
from store.lists import among
from store.petitions import PETITION, petition_of
from store.rows import AnyRow, value_of
from store.sessions import SESSION
from store.sights import sees_decision, sees_document, sees_item, sees_session
from store.tables.council import agenda_items, documents, sessions, sittings
from store.tables.people import addresses, bodies, memberships, people, tenants
from store.tables.petitions import petitions, signatures
from store.tables.proceedings import decisions
from store.tables.records import audit

Value = TypeVar("Value")
ANSWERS = "attend\\_%"  # acts of members, each about themselves
IMPORTED = "people.imported"


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A record, and the instant at which it last changed, where that is known."""

    value: Value
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """What part of a kind is asked for: `most` after an id, or that one alone.

    Only what changed from `since` on, and not after `until`.
    """

    after: int = 0
    most: int = 100
    since: datetime | None = None
    until: datetime | None = None
    only: int | None = None


class Inventory:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sessions(
        self, scope: Scope, part: Part, *, body_key: str | None = None
    ) -> list[Dated[Session]]:
        query = SESSION.where(sees_session(scope))
        query = query.where(bodies.c.key == body_key) if body_key else query
        rows = await self._leafed(query, sessions.c.id, SESSION_CHANGED, part)
        return [Dated(Session(**_undated(row)), row.changed_at) for row in rows]

    async def sittings(self, session_ids: Sequence[int]) -> dict[int, list[Sitting]]:
        """Return the sittings of some sessions, in their order."""
        found = await self._connection.execute(
            select(*(sittings.c[name] for name in Sitting.__slots__))
            .where(among(self._connection, sittings.c.session_id, session_ids))
            .order_by(sittings.c.session_id, sittings.c.number)
        )
        held: dict[int, list[Sitting]] = {session_id: [] for session_id in session_ids}
        for row in found:
            held[row.session_id].append(value_of(Sitting, row))
        return held

    async def items(
        self, scope: Scope, part: Part, *, session_id: int | None = None
    ) -> list[Dated[AgendaItem]]:
        query = _in_a_body(ITEM, agenda_items.c.session_id).where(sees_item(scope))
        if session_id is not None:
            query = query.where(agenda_items.c.session_id == session_id)
        rows = await self._leafed(query, agenda_items.c.id, ITEM_CHANGED, part)
        return [Dated(AgendaItem(**_undated(row)), row.changed_at) for row in rows]

    async def documents(
        self, scope: Scope, part: Part, *, session_id: int | None = None
    ) -> list[Dated[Document]]:
        query = _in_a_body(DOCUMENT, documents.c.session_id).where(sees_document(scope))
        query = query.outerjoin(agenda_items, agenda_items.c.id == documents.c.item_id)
        if session_id is not None:
            query = query.where(documents.c.session_id == session_id)
        rows = await self._leafed(query, documents.c.id, DOCUMENT_CHANGED, part)
        return [Dated(Document(**_undated(row)), row.changed_at) for row in rows]

    async def decisions(self, scope: Scope, part: Part) -> list[Dated[Decision]]:
        query = DECISION.where(sees_decision(scope))
        rows = await self._leafed(query, decisions.c.id, DECISION_CHANGED, part)
        return [Dated(decision_of(row), row.changed_at) for row in rows]

    async def petitions(self, part: Part) -> list[Dated[Petition]]:
        """Return those that everybody may know of."""
        query = PETITION.where(petitions.c.state.not_in(PRIVATE))
        rows = await self._leafed(query, petitions.c.id, PETITION_CHANGED, part)
        return [Dated(petition_of(row), row.changed_at) for row in rows]

    async def signed(self, petition_ids: Sequence[int]) -> dict[int, int]:
        """Return how many signatures count, of the petitions that have any."""
        found = await self._connection.execute(
            select(signatures.c.petition_id, func.count())
            .where(among(self._connection, signatures.c.petition_id, petition_ids))
            .where(signatures.c.state == SignatureState.VALID)
            .group_by(signatures.c.petition_id)
        )
        return {row[0]: row[1] for row in found}

    async def people(self, part: Part, *, elected_on: date | None = None) -> list[Dated[Person]]:
        """Return people with their seats; `elected_on`: only who holds an elected one that day."""
        query = select(people.c.id, people.c.name, people.c.language)
        if elected_on is not None:
            query = query.where(people.c.id.in_(_elected(elected_on)))
        rows = await self._leafed(query, people.c.id, PERSON_CHANGED, part)
        seats = await self._seats([row.id for row in rows])
        return [
            Dated(Person(row.id, row.name, row.language, tuple(seats[row.id])), row.changed_at)
            for row in rows
        ]

    async def addresses(self, person_ids: Sequence[int]) -> dict[int, list[Address]]:
        found = await self._connection.execute(
            select(*(addresses.c[name] for name in Address.__slots__))
            .where(among(self._connection, addresses.c.person_id, person_ids))
            .order_by(addresses.c.id)
        )
        held: dict[int, list[Address]] = {person_id: [] for person_id in person_ids}
        for row in found:
            held[row.person_id].append(value_of(Address, row))
        return held

    async def _seats(self, person_ids: Sequence[int]) -> dict[int, list[Membership]]:
        """Return every seat these people hold or held."""
        held = memberships.c
        found = await self._connection.execute(
            select(
                held.person_id,
                bodies.c.key.label("body_key"),
                held.role,
                held.started_on,
                held.ended_on,
            )
            .join(bodies, bodies.c.id == held.body_id)
            .where(among(self._connection, held.person_id, person_ids))
            .order_by(held.id)
        )
        seats: dict[int, list[Membership]] = {person_id: [] for person_id in person_ids}
        for row in found:
            seats[row.person_id].append(Membership(*row[1:]))
        return seats

    async def _leafed(
        self,
        query: Select[Any],
        key: ColumnElement[int],
        changed: ColumnElement[datetime | None],
        part: Part,
    ) -> Sequence[AnyRow]:
        query = query.add_columns(changed.label("changed_at")).where(key > part.after)
        if part.only is not None:
            query = query.where(key == part.only)
        if part.since is not None:
            query = query.where(or_(changed.is_(None), changed >= part.since))
        if part.until is not None:
            query = query.where(or_(changed.is_(None), changed <= part.until))
        found = await self._connection.execute(query.order_by(key).limit(part.most))
        rows: Sequence[AnyRow] = found.all()
        return rows


def _undated(row: AnyRow) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name != "changed_at"}


def _in_a_body(query: Select[Any], session_id: ColumnElement[int]) -> Select[Any]:
    return query.join(sessions, sessions.c.id == session_id).join(
        bodies, bodies.c.id == sessions.c.body_id
    )


def _elected(on: date) -> Select[tuple[int]]:
    held = memberships.c
    return (
        select(held.person_id)
        .where(held.role.in_(ELECTED))
        .where(or_(held.started_on.is_(None), held.started_on <= on))
        .where(or_(held.ended_on.is_(None), held.ended_on >= on))
    )


def _noted(*subjects: ColumnElement[bool]) -> ColumnElement[datetime | None]:
    """Return when something about these was last noted."""
    return (
        select(func.max(audit.c.at))
        .where(or_(*subjects), audit.c.act.not_like(ANSWERS, escape="\\"))
        .scalar_subquery()
    )


def _called(kind: str, key: ColumnElement[int]) -> ColumnElement[str]:
    """Return the name of a thing in the audit log, such as `session:12`."""
    return f"{kind}:" + cast(key, String)


def _about(kind: str, key: ColumnElement[int]) -> ColumnElement[bool]:
    return audit.c.subject == _called(kind, key)


ITEMS_OF_SESSION = (
    select(_called("item", agenda_items.c.id))
    .where(agenda_items.c.session_id == sessions.c.id)
    .correlate(sessions)
)
SESSION_CHANGED = _noted(_about("session", sessions.c.id), audit.c.subject.in_(ITEMS_OF_SESSION))
ITEM_CHANGED = _noted(_about("item", agenda_items.c.id))
DOCUMENT_CHANGED = _noted(_about("session", documents.c.session_id))
DECISION_CHANGED = _noted(
    audit.c.subject
    == "decision:DEL-" + cast(decisions.c.year, String) + "-" + cast(decisions.c.number, String),
    _about("item", decisions.c.item_id),
)
PETITION_CHANGED = _noted(_about("petition", petitions.c.id))
COMMUNE = select("tenant:" + tenants.c.slug)
PERSON_CHANGED = _noted(
    _about("person", people.c.id), and_(audit.c.subject.in_(COMMUNE), audit.c.act == IMPORTED)
)
