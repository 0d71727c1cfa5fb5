"""Sessions and their sittings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import instant, zone
from domain.law.rules import DutyRule
from domain.session_facts import SessionFact
from domain.sessions import AgendaState, Session, SessionKind, SessionState, Sitting, SittingState
from store.rows import value_of
from store.tables.council import session_facts, sessions, sittings
from store.tables.people import bodies

SESSION = select(
    sessions.c.id,
    bodies.c.key.label("body_key"),
    sessions.c.kind,
    sessions.c.state,
    sessions.c.sequence,
    sessions.c.cancelled_reason,
    sessions.c.agenda_state,
    sessions.c.convened_at,
    sessions.c.agenda_changed_at,
).join(bodies, bodies.c.id == sessions.c.body_id)
BY_ID = SESSION.where(sessions.c.id == bindparam("of"))
SITTINGS = (
    select(*(sittings.c[name] for name in Sitting.__slots__))
    .where(sittings.c.session_id == bindparam("of"))
    .order_by(sittings.c.number)
)
HELD = (
    select(
        *SESSION.selected_columns,
        *(sittings.c[name].label(f"sitting_{name}") for name in Sitting.__slots__),
    )
    .select_from(sittings)
    .join(sessions, sessions.c.id == sittings.c.session_id)
    .join(bodies, bodies.c.id == sessions.c.body_id)
    .order_by(sittings.c.starts_at, sittings.c.id)
    .limit(bindparam("most"))
)
BETWEEN = HELD.where(
    sittings.c.starts >= bindparam("first"), sittings.c.starts <= bindparam("last")
)
UPCOMING = HELD.where(sittings.c.starts_at >= bindparam("from_at"))
CONVENED = "convened"  # the one fact that the session itself carries
RECORDED = frozenset({CONVENED, *SessionFact})
IN_BODIES = bodies.c.key.in_(bindparam("keys", expanding=True))


class Sessions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_id(self, session_id: int, *, to_change: bool = False) -> Session | None:
        """Return a session; `to_change` keeps others from changing it until the unit ends."""
        query = BY_ID.with_for_update(of=sessions) if to_change else BY_ID
        row = (await self._connection.execute(query, {"of": session_id})).one_or_none()
        return value_of(Session, row) if row else None

    async def sittings(self, session_id: int) -> list[Sitting]:
        found = await self._connection.execute(SITTINGS, {"of": session_id})
        return [value_of(Sitting, row) for row in found]

    async def openings(self, session_ids: Sequence[int]) -> dict[int, Sitting]:
        """Return the first sitting of each of these sessions that has one."""
        found = await self._connection.execute(
            select(*(sittings.c[name] for name in Sitting.__slots__)).where(
                sittings.c.session_id.in_(session_ids), sittings.c.number == 1
            )
        )
        return {row.session_id: value_of(Sitting, row) for row in found}

    async def between(
        self, first: datetime, last: datetime, *, body_keys: Sequence[str] | None = None
    ) -> list[tuple[Session, Sitting]]:
        """Return the sittings that start between two wall times, and their sessions, in order."""
        return await self._held(BETWEEN, {"first": first, "last": last, "most": 200}, body_keys)

    async def upcoming(
        self, at: datetime, *, body_keys: Sequence[str] | None = None, most: int = 10
    ) -> list[tuple[Session, Sitting]]:
        """Return sittings that start at or after an instant, with their sessions, in order."""
        return await self._held(UPCOMING, {"from_at": at, "most": most}, body_keys)

    async def opening_in(
        self,
        states: Collection[SessionState],
        *,
        body_keys: Sequence[str],
        offset: int = 0,
        most: int = 20,
    ) -> list[tuple[Session, Sitting]]:
        """Return the sessions in these states with their first sitting, the latest day first."""
        query = (
            HELD.where(sittings.c.number == 1, sessions.c.state.in_(states))
            .order_by(None)
            .order_by(sittings.c.starts_at.desc(), sessions.c.id.desc())
            .offset(offset)
        )
        return await self._held(query, {"most": most}, body_keys)

    async def all(self) -> list[Session]:
        found = await self._connection.execute(SESSION.order_by(sessions.c.id))
        return [value_of(Session, row) for row in found]

    async def owing(self, rules: Iterable[DutyRule]) -> list[Session]:
        """Return those of which one of these duties is open, in their order.

        What it runs from is on record, and nothing that fulfils it.
        """
        found = await self._connection.execute(
            SESSION.where(or_(*map(_is_open, rules))).order_by(sessions.c.id)
        )
        return [value_of(Session, row) for row in found]

    async def with_changed_agenda(self, before: datetime) -> list[int]:
        """Return the ids of sessions whose agenda last changed then or before, unsaid."""
        found = await self._connection.execute(
            select(sessions.c.id)
            .where(sessions.c.agenda_changed_at <= before)
            .order_by(sessions.c.id)
        )
        return list(found.scalars())

    async def add(self, body_id: int, kind: SessionKind) -> int:
        made = await self._connection.execute(
            insert(sessions)
            .values(
                body_id=body_id,
                kind=kind,
                state=SessionState.DRAFT,
                agenda_state=AgendaState.MISSING,
            )
            .returning(sessions.c.id)
        )
        return int(made.scalar_one())

    async def add_sitting(
        self,
        session_id: int,
        *,
        number: int,
        starts: datetime,
        ends: datetime,
        zone_name: str,
        place: str,
        is_public: bool = True,
    ) -> int:
        """Plan a sitting at wall times in a zone."""
        made = await self._connection.execute(
            insert(sittings)
            .values(
                session_id=session_id,
                number=number,
                starts=starts,
                ends=ends,
                zone=zone_name,
                starts_at=instant(starts, zone(zone_name)),
                place=place,
                is_public=is_public,
                state=SittingState.PLANNED,
            )
            .returning(sittings.c.id)
        )
        return int(made.scalar_one())

    async def change(self, session: Session) -> None:
        """Keep what has changed of a session: its states, sequence and reason."""
        await self._connection.execute(
            update(sessions)
            .where(sessions.c.id == session.id)
            .values(
                state=session.state,
                agenda_state=session.agenda_state,
                sequence=session.sequence,
                cancelled_reason=session.cancelled_reason,
                convened_at=session.convened_at,
                agenda_changed_at=session.agenda_changed_at,
            )
        )

    async def change_sitting(self, sitting: Sitting) -> None:
        """Keep what has changed of a sitting: when, where, its state."""
        await self._connection.execute(
            update(sittings)
            .where(sittings.c.id == sitting.id)
            .values(
                starts=sitting.starts,
                ends=sitting.ends,
                starts_at=instant(sitting.starts, zone(sitting.zone)),
                place=sitting.place,
                state=sitting.state,
            )
        )

    async def _held(
        self,
        query: Select[Any],
        facts: Mapping[str, Any],
        body_keys: Sequence[str] | None,
    ) -> list[tuple[Session, Sitting]]:
        if body_keys is not None:
            query, facts = query.where(IN_BODIES), {**facts, "keys": body_keys}
        found = await self._connection.execute(query, facts)
        count = len(SESSION.selected_columns)
        names = list(SESSION.selected_columns.keys())
        return [
            (
                Session(**dict(zip(names, row[:count], strict=True))),
                Sitting(*row[count:]),
            )
            for row in found
        ]


def _is_open(rule: DutyRule) -> ColumnElement[bool]:
    """Say whether a duty is open for a session; the day set for it is always known."""
    known = [_is_known({name}) for name in (rule.since, rule.once) if name in RECORDED]
    kinds = [sessions.c.kind.in_(rule.kinds)] if rule.kinds else []
    return and_(bodies.c.kind.in_(rule.bodies), *kinds, *known, ~_is_known(rule.done & RECORDED))


def _is_known(names: Collection[str]) -> ColumnElement[bool]:
    """Say whether one of these is on record of a session."""
    noted = exists().where(
        session_facts.c.session_id == sessions.c.id, session_facts.c.fact.in_(names)
    )
    return or_(noted, sessions.c.convened_at.is_not(None)) if CONVENED in names else noted
