"""Later steps of notices: when they are due, and whom they are still to tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.deliveries import State
from domain.notices import NoticeKind
from store.tables.council import attendances
from store.tables.outbox import chunks, deliveries, escalations, notices
from store.tables.people import people

OVERTAKING = (NoticeKind.SESSION_MOVED, NoticeKind.SESSION_CANCELLED)
SEEN = (State.OPENED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Due:
    """A step of a notice whose time has come."""

    id: int
    notice_id: int
    step: int


class Escalations:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def plan(self, notice_id: int, steps: Iterable[tuple[int, datetime]]) -> None:
        rows = [{"notice_id": notice_id, "step": step, "due_at": at} for step, at in steps]
        if rows:
            await self._connection.execute(insert(escalations), rows)

    async def due(self) -> list[Due]:
        """Return the steps to climb now, the oldest first."""
        found = await self._connection.execute(
            select(escalations.c.id, escalations.c.notice_id, escalations.c.step)
            .join(notices, notices.c.id == escalations.c.notice_id)
            .where(escalations.c.finished_at.is_(None), notices.c.paused_at.is_(None))
            .where(escalations.c.due_at <= self._clock.now())
            .order_by(escalations.c.due_at, escalations.c.id)
        )
        return [Due(*row) for row in found]

    async def climbed_to(self, escalation_id: int) -> int | None:
        """Return how far a step's people have been looked at, and keep others from going on.

        None when it is finished, or while somebody else goes on with it.
        """
        found = await self._connection.execute(
            select(escalations.c.climbed_to)
            .where(escalations.c.id == escalation_id, escalations.c.finished_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        return found.scalar_one_or_none()

    async def climb_to(self, escalation_id: int, person_id: int) -> None:
        await self._connection.execute(
            update(escalations)
            .where(escalations.c.id == escalation_id)
            .values(climbed_to=person_id)
        )

    async def finish(self, escalation_id: int) -> None:
        await self._connection.execute(
            update(escalations)
            .where(escalations.c.id == escalation_id)
            .values(finished_at=self._clock.now())
        )

    async def is_overtaken(self, notice_id: int) -> bool:
        """Say whether a notice is of no use any more: it expired, or its session has moved."""
        later = notices.alias("later")
        overtaken = exists(
            select(later.c.id)
            .where(later.c.session_id == notices.c.session_id, later.c.id > notices.c.id)
            .where(later.c.kind.in_(OVERTAKING))
        )
        found = await self._connection.execute(
            select(notices.c.id)
            .where(notices.c.id == notice_id)
            .where(or_(notices.c.expires_at <= self._clock.now(), overtaken))
        )
        return found.first() is not None

    async def stop(
        self, person_id: int, *, session_id: int | None = None, letter_id: int | None = None
    ) -> int:
        """Keep back later steps that have not left: the person has answered, or opened it.

        `session_id`: of everything told of a session; `letter_id`: of the notice of one delivery.
        """
        told = select(notices.c.id).where(notices.c.session_id == session_id)
        if letter_id is not None:
            told = select(deliveries.c.notice_id).where(deliveries.c.id == letter_id)
        held = select(chunks.c.id).where(chunks.c.leased_until.is_not(None))
        gone = await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.person_id == person_id, deliveries.c.notice_id.in_(told))
            .where(deliveries.c.step > 0, deliveries.c.state == State.QUEUED)
            .where(deliveries.c.chunk_id.not_in(held))
            .values(state=State.CANCELLED, code="seen")
        )
        return gone.rowcount


def unseen(notice_id: int) -> Select[tuple[int, str]]:
    """Select the people (id, language) who were told of a notice and have not seen it anywhere."""
    ours = (deliveries.c.notice_id == notice_id, deliveries.c.person_id == people.c.id)
    return (
        select(people.c.id, people.c.language)
        .where(exists(select(deliveries.c.id).where(*ours, deliveries.c.step == 0)))
        .where(~exists(select(deliveries.c.id).where(*ours, deliveries.c.state.in_(SEEN))))
        .where(~_has_answered(notice_id))
    )


def _has_answered(notice_id: int) -> ColumnElement[bool]:
    """Say that a person has answered since, wherever it was."""
    return exists(
        select(attendances.c.person_id)
        .join(notices, notices.c.session_id == attendances.c.session_id)
        .where(notices.c.id == notice_id, attendances.c.person_id == people.c.id)
        .where(attendances.c.at >= notices.c.created_at)
    )
