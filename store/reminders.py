"""Reminders that are planned, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, TextClause, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reminders import Dropped, Reminder, ReminderState, Rule
from store.rows import AnyRow, value_of
from store.tables.council import EVERYBODY_OR_ONE, reminders, sittings
from store.upserts import insert_for

REMINDER = select(
    reminders.c.id,
    reminders.c.session_id,
    reminders.c.person_id,
    reminders.c.rule,
    reminders.c.due_at,
    reminders.c.state,
    sittings.c.starts_at,
).join(sittings, (sittings.c.session_id == reminders.c.session_id) & (sittings.c.number == 1))


class Reminders:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def plan(
        self, session_id: int, person_id: int | None, rule: Rule, *, due_at: datetime
    ) -> None:
        """Plan a reminder; the same rule for the same person and session stands once."""
        statement = insert_for(self._connection, reminders).values(
            session_id=session_id,
            person_id=person_id,
            rule=str(rule),
            due_at=due_at,
            state=ReminderState.PLANNED,
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=_unique_index(),
                set_={"due_at": due_at, "state": ReminderState.PLANNED, "dropped": None},
            )
        )

    async def of(self, session_id: int) -> list[Reminder]:
        found = await self._connection.execute(
            REMINDER.where(reminders.c.session_id == session_id).order_by(reminders.c.due_at)
        )
        return [_reminder(row) for row in found]

    async def of_person(self, person_id: int) -> list[Reminder]:
        """Return what a person has asked to be reminded of and is still to come."""
        found = await self._connection.execute(
            REMINDER.where(
                reminders.c.person_id == person_id, reminders.c.state == ReminderState.PLANNED
            ).order_by(reminders.c.due_at)
        )
        return [_reminder(row) for row in found]

    async def due(self, at: datetime, *, most: int = 100) -> list[Reminder]:
        found = await self._connection.execute(
            REMINDER.where(reminders.c.state == ReminderState.PLANNED, reminders.c.due_at <= at)
            .order_by(reminders.c.due_at)
            .limit(most)
        )
        return [_reminder(row) for row in found]

    async def settle(
        self, reminder_id: int, state: ReminderState, *, dropped: Dropped | None = None
    ) -> bool:
        """Close a planned reminder, and say whether it was still open: only one caller wins."""
        found = await self._connection.execute(
            update(reminders)
            .where(reminders.c.id == reminder_id, reminders.c.state == ReminderState.PLANNED)
            .values(state=state, dropped=dropped)
        )
        return found.rowcount == 1

    async def cancel(self, session_id: int, *, person_ids: Sequence[int] | None = None) -> int:
        """Cancel what is planned for a session, of everybody or of some, and say how many."""
        statement = (
            update(reminders)
            .where(reminders.c.session_id == session_id)
            .where(reminders.c.state == ReminderState.PLANNED)
            .values(state=ReminderState.CANCELLED)
        )
        if person_ids is not None:
            statement = statement.where(reminders.c.person_id.in_(person_ids))
        return (await self._connection.execute(statement)).rowcount


def _reminder(row: AnyRow) -> Reminder:
    return value_of(Reminder, row, rule=Rule.parsed(row.rule))


def _unique_index() -> list[ColumnElement[Any] | TextClause]:
    return [reminders.c.session_id, text(EVERYBODY_OR_ONE), reminders.c.rule]
