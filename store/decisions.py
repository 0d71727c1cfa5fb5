"""Decisions: adopted under a number, and followed along their track."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.access import Scope
from domain.decisions import Decision, DecisionFact, DecisionState
from domain.votes import Majority
from store.rows import AnyRow
from store.sights import sees_decision
from store.tables.council import agenda_items, sessions
from store.tables.people import bodies
from store.tables.proceedings import decisions

NUMBERING_LOCK = 0x44454C49  # any fixed number: whoever takes a number on PostgreSQL takes it
DECISION = (
    select(
        decisions,
        bodies.c.key.label("body_key"),
        agenda_items.c.session_id,
        agenda_items.c.is_public,
    )
    .join(agenda_items, agenda_items.c.id == decisions.c.item_id)
    .join(sessions, sessions.c.id == agenda_items.c.session_id)
    .join(bodies, bodies.c.id == sessions.c.body_id)
)
NEWEST_FIRST = (decisions.c.year.desc(), decisions.c.number.desc())


class Decisions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def adopt(  # what makes a decision, a value each
        self,
        tenant_id: int,
        item_id: int,
        *,
        title: str,
        text: str,
        language: str,
        on: date,
        majority: Majority,
        needs_visa: bool,
    ) -> Decision:
        """Keep a decision under the next number of its year."""
        made = await self._connection.execute(
            insert(decisions)
            .values(
                tenant_id=tenant_id,
                year=on.year,
                number=await self._next_number(tenant_id, on.year),
                item_id=item_id,
                title=title,
                text=text,
                language=language,
                adopted_on=on,
                majority=majority,
                state=DecisionState.ADOPTED,
                needs_visa=needs_visa,
                days={},
            )
            .returning(decisions.c.id)
        )
        found = await self._one(DECISION.where(decisions.c.id == int(made.scalar_one())))
        if found is None:
            raise LookupError(f"the decision on item {item_id} was just kept")
        return found

    async def called(self, year: int, number: int, *, to_change: bool = False) -> Decision | None:
        """Return the decision of this number; `to_change` keeps others from changing it."""
        query = DECISION.where(decisions.c.year == year, decisions.c.number == number)
        return await self._one(query.with_for_update(of=decisions) if to_change else query)

    async def of_item(self, item_id: int) -> list[Decision]:
        """Return what was decided on an item, the newest first."""
        return await self._all(DECISION.where(decisions.c.item_id == item_id))

    async def all(
        self,
        *,
        states: Collection[DecisionState] = frozenset(DecisionState),
        body_key: str | None = None,
        days: tuple[date, date] | None = None,
        most: int | None = None,
    ) -> list[Decision]:
        """Return decisions, the newest first: of a body, or adopted on these days."""
        query = DECISION.where(decisions.c.state.in_(states))
        if body_key:
            query = query.where(bodies.c.key == body_key)
        if days:
            query = query.where(decisions.c.adopted_on.between(*days))
        return await self._all(query.limit(most))

    async def seen(
        self,
        scope: Scope,
        *,
        body_key: str | None = None,
        year: int | None = None,
        offset: int = 0,
        most: int = 20,
    ) -> list[Decision]:
        """Return the decisions that may be seen, the newest first: of a body, or a year."""
        query = DECISION.where(sees_decision(scope))
        if body_key:
            query = query.where(bodies.c.key == body_key)
        if year:
            query = query.where(decisions.c.year == year)
        return await self._all(query.offset(offset).limit(most))

    async def change(self, decision: Decision) -> None:
        """Keep where a decision stands, and the days of its track."""
        await self._connection.execute(
            update(decisions)
            .where(decisions.c.id == decision.id)
            .values(
                state=decision.state,
                days={fact.value: day.isoformat() for fact, day in decision.days.items()},
            )
        )

    async def _next_number(self, tenant_id: int, year: int) -> int:
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(f"SELECT pg_advisory_xact_lock({NUMBERING_LOCK})"))
        last = await self._connection.execute(
            select(func.max(decisions.c.number)).where(
                decisions.c.tenant_id == tenant_id, decisions.c.year == year
            )
        )
        return (last.scalar_one() or 0) + 1

    async def _one(self, query: Select[tuple[object, ...]]) -> Decision | None:
        row = (await self._connection.execute(query)).one_or_none()
        return decision_of(row) if row else None

    async def _all(self, query: Select[tuple[object, ...]]) -> list[Decision]:
        found = await self._connection.execute(query.order_by(*NEWEST_FIRST))
        return [decision_of(row) for row in found]


def decision_of(row: AnyRow) -> Decision:
    return Decision(
        **{name: getattr(row, name) for name in Decision.__slots__ if name != "days"},
        days={DecisionFact(fact): date.fromisoformat(day) for fact, day in row.days.items()},
    )
