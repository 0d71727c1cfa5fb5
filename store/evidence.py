"""What was told of a session, to whom, and what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.bodies import ELECTED
from domain.deliveries import UNFINISHED, State, origins
from domain.messages import Message
from domain.notices import TELLING, NoticeKind, NoticeState
from domain.proof import Line, Member
from store.rows import AnyRow
from store.tables.outbox import chunks, deliveries, delivery_events, notices
from store.tables.people import addresses, bodies, memberships, people

MOMENTS = {
    State.ACCEPTED: "sent_at",
    State.DELIVERED: "delivered_at",
    State.OPENED: "opened_at",
    State.CONFIRMED: "confirmed_at",
}
LINE = (
    select(
        deliveries.c.id,
        deliveries.c.notice_id,
        notices.c.kind,
        notices.c.content,
        deliveries.c.person_id,
        deliveries.c.channel,
        deliveries.c.address,
        deliveries.c.language,
        deliveries.c.reason,
        deliveries.c.state,
        deliveries.c.code,
        deliveries.c.queued_at,
        deliveries.c.due_at,
    )
    .join(notices, notices.c.id == deliveries.c.notice_id)
    .where(deliveries.c.person_id.is_not(None))  # what other systems were told proves nothing
    .order_by(deliveries.c.notice_id, deliveries.c.person_id, deliveries.c.id)
)


class Evidence:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_session(self, session_id: int) -> list[Line]:
        """Return what was sent of the convocation and its changes, whatever became of it."""
        return await self._lines(
            LINE.where(notices.c.session_id == session_id, notices.c.kind.in_(TELLING))
        )

    async def of_notice(self, notice_id: int, *, person_id: int | None = None) -> list[Line]:
        query = LINE.where(deliveries.c.notice_id == notice_id)
        if person_id is not None:
            query = query.where(deliveries.c.person_id == person_id)
        return await self._lines(query)

    async def last_notice(self, person_id: int) -> int | None:
        """Return the last notice a person was in the audience of."""
        found = await self._connection.execute(
            select(deliveries.c.notice_id)
            .where(deliveries.c.person_id == person_id, deliveries.c.notice_id.is_not(None))
            .order_by(deliveries.c.notice_id.desc())
            .limit(1)
        )
        return found.scalar_one_or_none()

    async def members(self, body_key: str, *, on: date) -> list[Member]:
        """Return the members in office of a body on a day, with their declared addresses."""
        held = memberships.c
        seated = (
            select(held.person_id)
            .join(bodies, bodies.c.id == held.body_id)
            .where(bodies.c.key == body_key, held.role.in_(ELECTED))
            .where(or_(held.started_on.is_(None), held.started_on <= on))
            .where(or_(held.ended_on.is_(None), held.ended_on >= on))
        )
        declared = (addresses.c.person_id == people.c.id) & addresses.c.is_declared
        found = await self._connection.execute(
            select(people.c.id, people.c.name, addresses.c.channel, addresses.c.value)
            .select_from(people.outerjoin(addresses, declared))
            .where(people.c.id.in_(seated))
            .order_by(people.c.name, people.c.id)
        )
        return [
            Member(row.id, row.name, (row.channel, row.value) if row.value else None)
            for row in found
        ]

    async def confirm(
        self, session_id: int, person_id: int, channel: Channel, *, at: datetime
    ) -> None:
        """Note that a person has answered, on a channel, what they were told of a session."""
        told = (
            select(deliveries.c.id)
            .join(notices, notices.c.id == deliveries.c.notice_id)
            .where(notices.c.session_id == session_id, deliveries.c.person_id == person_id)
            .where(deliveries.c.channel == channel)
            .where(deliveries.c.state.in_(origins(State.CONFIRMED) - UNFINISHED))
        )
        found = await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(told))
            .values(state=State.CONFIRMED)
            .returning(deliveries.c.id)
        )
        rows = [{"delivery_id": row.id, "state": State.CONFIRMED, "at": at} for row in found]
        if rows:
            await self._connection.execute(insert(delivery_events), rows)

    async def withdraw(self, session_id: int) -> int:
        """Keep back what has not yet left of a session's notices, and say how many.

        What a dispatcher holds may be on its way: it is left alone, and counts as told.
        """
        await self._connection.execute(
            update(notices)
            .where(notices.c.session_id == session_id)
            .where(notices.c.state == NoticeState.EXPANDING)
            .values(state=NoticeState.EXPANDED)
        )
        waiting = (
            select(chunks.c.id)
            .where(chunks.c.finished_at.is_(None), chunks.c.leased_until.is_(None))
            .where(chunks.c.id.in_(_chunks_of(session_id)))
            .with_for_update()
        )
        found = await self._connection.execute(waiting)
        withdrawn = await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.chunk_id.in_([row.id for row in found]))
            .where(deliveries.c.state == State.QUEUED)
            .values(state=State.CANCELLED)
        )
        return withdrawn.rowcount

    async def _lines(self, query: Select[*tuple[object, ...]]) -> list[Line]:
        rows = (await self._connection.execute(query)).all()
        moments = await self._moments([row.id for row in rows])
        papers: dict[tuple[int, str], tuple[str, ...]] = {}
        return [_line(row, moments[row.id], papers) for row in rows]

    async def _moments(self, ids: Sequence[int]) -> dict[int, dict[str, datetime]]:
        moments: dict[int, dict[str, datetime]] = defaultdict(dict)
        for start in range(0, len(ids), 500):
            found = await self._connection.execute(
                select(delivery_events.c.delivery_id, delivery_events.c.state, delivery_events.c.at)
                .where(delivery_events.c.delivery_id.in_(ids[start : start + 500]))
                .where(delivery_events.c.state.in_(MOMENTS))
                .order_by(delivery_events.c.id.desc())
            )
            for row in found:
                moments[row.delivery_id][MOMENTS[row.state]] = row.at
        return moments


def _chunks_of(session_id: int) -> Select[tuple[int]]:
    return (
        select(deliveries.c.chunk_id)
        .join(notices, notices.c.id == deliveries.c.notice_id)
        .where(notices.c.session_id == session_id)
        .where(notices.c.kind != NoticeKind.SESSION_CANCELLED)
    )


def _line(
    row: AnyRow, moments: dict[str, datetime], papers: dict[tuple[int, str], tuple[str, ...]]
) -> Line:
    key = (row.notice_id, row.language)
    if key not in papers:
        papers[key] = _papers(row)
    return Line(
        notice_id=row.notice_id,
        kind=row.kind,
        person_id=row.person_id,
        channel=row.channel,
        address=row.address,
        reason=row.reason,
        state=row.state,
        code=row.code,
        papers=papers[key],
        queued_at=row.queued_at,
        due_at=row.due_at,
        **moments,
    )


def _papers(row: AnyRow) -> tuple[str, ...]:
    said = row.content.get(row.language) or next(iter(row.content.values()))
    return tuple(one.sha256 for one in Message.from_json(said).attachments)
