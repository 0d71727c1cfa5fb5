"""Deliveries as an operator looks at them: listed, counted, and how many wait."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, case, func, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.deliveries import FATES, UNFINISHED, Fate, State
from domain.preferences import Reason
from store.rows import value_of
from store.tables.outbox import chunks, deliveries, delivery_events
from store.tables.people import people


@dataclass(frozen=True, slots=True)
class Sent:
    """One delivery. `due_at`: when it is tried (again), while it waits."""

    id: int
    notice_id: int | None
    person_id: int | None
    channel: Channel
    address: str
    reason: Reason
    state: State
    code: str | None
    attempts: int
    queued_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries of a notice are alike."""

    channel: Channel
    state: State
    reason: Reason
    code: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a delivery, at an instant; `code` is what a provider said."""

    at: datetime
    channel: Channel
    state: State
    code: str | None


UNREACHED = list(Fate).index(Fate.LOST)


def _best_of(notice_id: int) -> Subquery:
    """Return each person a notice was for, with the place of their best fate among all."""
    places = {state: list(Fate).index(fate) for state, fate in FATES.items()}
    place = func.min(case(places, value=deliveries.c.state)).label("rank")
    return (
        select(deliveries.c.person_id, place)
        .where(deliveries.c.notice_id == notice_id, deliveries.c.person_id.is_not(None))
        .group_by(deliveries.c.person_id)
        .subquery("best")
    )


class Overview:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def deliveries(
        self,
        *,
        notice_id: int | None = None,
        person_id: int | None = None,
        state: State | None = None,
        channel: Channel | None = None,
        reason: Reason | None = None,
        before: int | None = None,
        most: int = 50,
    ) -> list[Sent]:
        """Return the newest deliveries that fit everything asked for, newest first.

        `before`: only those with a smaller id, to read on from a page.
        """
        query = select(*(deliveries.c[name] for name in Sent.__slots__))
        wanted = {
            "notice_id": notice_id,
            "person_id": person_id,
            "state": state,
            "channel": channel,
            "reason": reason,
        }
        if before is not None:
            query = query.where(deliveries.c.id < before)
        for name, value in wanted.items():
            if value is not None:
                query = query.where(deliveries.c[name] == value)
        found = await self._connection.execute(query.order_by(deliveries.c.id.desc()).limit(most))
        return [value_of(Sent, row) for row in found]

    async def tally(self, notice_id: int) -> list[Tally]:
        """Count a notice's deliveries by what became of them, and why they went where they did."""
        alike = [deliveries.c[name] for name in ("channel", "state", "reason", "code")]
        found = await self._connection.execute(
            select(*alike, func.count().label("count"))
            .where(deliveries.c.notice_id == notice_id)
            .group_by(*alike)
            .order_by(*alike)
        )
        return [value_of(Tally, row) for row in found]

    async def people(self, notice_id: int) -> dict[Fate, int]:
        """Count the people a notice was for by the best that became of it for each."""
        best = _best_of(notice_id)
        found = await self._connection.execute(
            select(best.c.rank, func.count().label("count")).group_by(best.c.rank)
        )
        fates = list(Fate)
        return {fates[place]: count for place, count in found}

    async def unreached(self, notice_id: int) -> dict[tuple[Channel, Reason], int]:
        """Count those whom nothing reached and nothing will, by each way that was not theirs."""
        best = _best_of(notice_id)
        found = await self._connection.execute(
            select(
                deliveries.c.channel,
                deliveries.c.reason,
                func.count(deliveries.c.person_id.distinct()).label("count"),
            )
            .join(best, best.c.person_id == deliveries.c.person_id)
            .where(deliveries.c.notice_id == notice_id, best.c.rank >= UNREACHED)
            .group_by(deliveries.c.channel, deliveries.c.reason)
            .order_by(deliveries.c.channel, deliveries.c.reason)
        )
        return {(channel, reason): count for channel, reason, count in found}

    async def states(self, notice_ids: Collection[int]) -> dict[int, dict[State, int]]:
        """Count the deliveries of some notices by what became of them."""
        found = await self._connection.execute(
            select(deliveries.c.notice_id, deliveries.c.state, func.count().label("count"))
            .where(deliveries.c.notice_id.in_(notice_ids))
            .group_by(deliveries.c.notice_id, deliveries.c.state)
        )
        counted: dict[int, dict[State, int]] = {one: {} for one in notice_ids}
        for notice_id, state, count in found:
            counted[notice_id][state] = count
        return counted

    async def moments(self, notice_id: int, person_id: int) -> list[Moment]:
        """Return all that happened to what one person was told of a notice, in order."""
        theirs = (deliveries.c.notice_id == notice_id, deliveries.c.person_id == person_id)
        begun = await self._connection.execute(
            select(
                deliveries.c.queued_at.label("at"),
                deliveries.c.channel,
                null().label("code"),
            ).where(*theirs, deliveries.c.state != State.SUPPRESSED)
        )
        happened = await self._connection.execute(
            select(
                delivery_events.c.at,
                deliveries.c.channel,
                delivery_events.c.state,
                delivery_events.c.code,
            )
            .join(deliveries, deliveries.c.id == delivery_events.c.delivery_id)
            .where(*theirs)
            .order_by(delivery_events.c.id)
        )
        queued = [value_of(Moment, row, state=State.QUEUED) for row in begun]
        found = [*queued, *(value_of(Moment, row) for row in happened)]
        return sorted(found, key=lambda moment: moment.at)

    async def names(self, person_ids: Collection[int]) -> dict[int, str]:
        """Return how some people are called."""
        found = await self._connection.execute(
            select(people.c.id, people.c.name).where(people.c.id.in_(person_ids))
        )
        return {row.id: row.name for row in found}

    async def waiting(self) -> dict[Channel, int]:
        """Count what has still to leave, by channel."""
        found = await self._connection.execute(
            select(chunks.c.channel, func.count().label("waiting"))
            .join(deliveries, deliveries.c.chunk_id == chunks.c.id)
            .where(chunks.c.finished_at.is_(None), deliveries.c.state.in_(UNFINISHED))
            .group_by(chunks.c.channel)
        )
        return {row.channel: row.waiting for row in found}
