"""Mailboxes as their pages look at them: what is said at each, and whether anything has changed."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import REACHED
from domain.letters import TALK, talk_at
from domain.messages import Message
from store.lists import among
from store.tables.letters import letter_marks as marks
from store.tables.outbox import deliveries


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of ours in the talk at a mailbox's page."""

    id: int
    message: Message


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mailbox stands: `version` is another one whenever something has changed in it."""

    unread: int
    version: str


EMPTY = Standing(0, "0")


class Mailboxes:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def talk(self, person_id: int, *, after: int = 0, most: int) -> list[Said]:
        """Return the last answers to a person at their page, in order, sent or not yet."""
        found = await self._connection.execute(
            select(deliveries.c.id, deliveries.c.message)
            .where(_is_said_to(person_id), deliveries.c.id > after)
            .order_by(deliveries.c.id.desc())
            .limit(most)
        )
        return [Said(row.id, Message.from_json(row.message)) for row in reversed(found.all())]

    async def said(self, person_id: int, answer_id: int) -> Message | None:
        """Return one answer, if it was to this person."""
        found = await self._connection.execute(
            select(deliveries.c.message).where(_is_said_to(person_id), deliveries.c.id == answer_id)
        )
        message = found.scalar_one_or_none()
        return Message.from_json(message) if message else None

    async def standings(self, person_ids: Collection[int]) -> dict[int, Standing]:
        """Return how mailboxes stand; one where nothing has ever arrived is left out."""
        now = self._clock.now()
        is_awake = or_(marks.c.snoozed_until.is_(None), marks.c.snoozed_until <= now)
        is_unread = and_(
            marks.c.archived_at.is_(None),
            is_awake,
            marks.c.read_at.is_(None),
            deliveries.c.address.not_like(f"{TALK}%"),
        )
        instants = (marks.c.read_at, marks.c.archived_at, marks.c.snoozed_until)
        found = await self._connection.execute(
            select(
                deliveries.c.person_id,
                func.count(case((is_unread, 1))).label("unread"),
                func.count(case((is_awake, 1))),
                func.max(deliveries.c.id),
                *(func.count(instant) for instant in instants),
                *(func.max(instant) for instant in instants),
            )
            .select_from(deliveries.outerjoin(marks, marks.c.delivery_id == deliveries.c.id))
            .where(among(self._connection, deliveries.c.person_id, list(person_ids)))
            .where(deliveries.c.channel == Channel.INBOX, deliveries.c.state.in_(REACHED))
            .group_by(deliveries.c.person_id)
        )
        return {row[0]: Standing(row.unread, _version(row[1:])) for row in found}


def _is_said_to(person_id: int) -> ColumnElement[bool]:
    return and_(
        deliveries.c.person_id == person_id,
        deliveries.c.channel == Channel.INBOX,
        deliveries.c.address == talk_at(person_id),
    )


def _version(figures: Collection[object]) -> str:
    """Return one short word for all of these, the same in every process."""
    words = "|".join("" if one is None else str(one) for one in figures)
    return hashlib.sha256(words.encode()).hexdigest()[:16]
