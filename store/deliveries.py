"""Deliveries: what is still to be sent of a chunk, and what became of each, recorded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.deliveries import REACHED, UNFINISHED, Outcome, State, origins
from domain.letters import owner_of
from domain.messages import Receipt
from domain.notices import NoticeClass, NoticeKind
from domain.preferences import Reason
from store.tables.outbox import deliveries, delivery_events, notices
from store.tables.people import addresses

CODE_LENGTH = 100  # of the column
REF_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that has not left, or of which nobody knows whether it has (`SENDING`).

    `message` is its own, as JSON, when it carries no notice.
    """

    id: int
    chunk_id: int
    channel: Channel
    address: str
    language: str
    notice_id: int | None
    notice_class: NoticeClass | None
    notice_kind: NoticeKind | None
    message: Mapping[str, Any] | None
    state: State
    attempts: int
    queued_at: datetime
    expires_at: datetime | None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one attempt came to, for which delivery, and when. `attempts`: made so far.

    `subject`: the matter that the message's buttons decide, where the message can be edited;
    `settled`: which settlement of it the message tells.
    """

    delivery_id: int
    channel: Channel
    address: str
    outcome: Outcome
    attempts: int
    at: datetime
    subject: str | None = None
    settled: int = 0


WAITING: Select[*tuple[Any, ...]] = (
    select(
        deliveries.c.id,
        deliveries.c.chunk_id,
        deliveries.c.channel,
        deliveries.c.address,
        deliveries.c.language,
        deliveries.c.notice_id,
        notices.c.notice_class,
        notices.c.kind,
        deliveries.c.message,
        deliveries.c.state,
        deliveries.c.attempts,
        deliveries.c.queued_at,
        deliveries.c.expires_at,
        deliveries.c.person_id,
    )
    .select_from(deliveries.outerjoin(notices, notices.c.id == deliveries.c.notice_id))
    .where(deliveries.c.state.in_(UNFINISHED))
    .order_by(deliveries.c.id)
)


class Deliveries:
    """`readers`: the people in whose mailbox here something has arrived."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.readers: set[int] = set()

    async def due(self, chunk_ids: Collection[int], at: datetime) -> list[Waiting]:
        """Return what is to be sent now of some chunks, oldest first."""
        found = await self._connection.execute(
            WAITING.where(deliveries.c.chunk_id.in_(chunk_ids), deliveries.c.due_at <= at)
        )
        return [Waiting(*row) for row in found]

    async def answered_at(self, channel: Channel, address: str) -> datetime | None:
        """Return when somebody we know was last answered there, hence had just spoken."""
        theirs = select(addresses.c.person_id).where(
            addresses.c.channel == channel, addresses.c.value == address
        )
        found = await self._connection.execute(
            select(func.max(deliveries.c.queued_at))
            .where(deliveries.c.person_id.in_(theirs), deliveries.c.reason == Reason.REPLY)
            .where(deliveries.c.channel == channel, deliveries.c.address == address)
        )
        at: datetime | None = found.scalar_one()
        return at

    async def record(self, records: Sequence[Recorded]) -> None:
        """Record outcomes; each moves its delivery forward, or leaves it where it is."""
        for to, same in groupby(sorted(records, key=_state), key=_state):
            await self._connection.execute(MOVES[to], [_moved(record) for record in same])
        told = [_event(record) for record in records if record.outcome.state is not State.SENDING]
        if told:
            await self._connection.execute(insert(delivery_events), told)
        self.readers |= {person_id for record in records if (person_id := _reader(record))}

    async def advance(self, receipt: Receipt) -> str | None:
        """Note what a provider says became of a message; return the address it was for.

        None: it is not one of ours. In any order and any number of times, the same receipts end in
        the same state.
        """
        to = State(receipt.state)
        found = await self._connection.execute(
            select(deliveries.c.id, deliveries.c.address)
            .where(deliveries.c.channel == receipt.channel, _is_about(receipt, to))
            .limit(1)
        )
        ours = found.first()
        if ours is None:
            return None
        delivery_id, address = ours
        code = _cut(receipt.code, CODE_LENGTH)
        await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id, deliveries.c.state.in_(origins(to)))
            .values(
                state=to,
                code=code,
                provider_ref=func.coalesce(deliveries.c.provider_ref, receipt.provider_ref),
            )
        )
        known = select(delivery_events.c.id).where(
            delivery_events.c.delivery_id == delivery_id, delivery_events.c.state == to
        )
        if (await self._connection.execute(known.limit(1))).first() is None:
            await self._connection.execute(
                insert(delivery_events).values(
                    delivery_id=delivery_id, state=to, at=receipt.at, code=code
                )
            )
        return str(address)


def _is_about(receipt: Receipt, to: State) -> ColumnElement[bool]:
    """Say which delivery a receipt is about: by the provider's reference, or by our own id.

    A message sent twice has two references. Bad word of the one that is not on record is no word
    of the other.
    """
    by_ref = deliveries.c.provider_ref == receipt.provider_ref
    if receipt.delivery_id is None:
        return by_ref
    by_id = deliveries.c.id == receipt.delivery_id
    if to not in REACHED:
        by_id = and_(by_id, deliveries.c.provider_ref.is_(None))
    return or_(by_ref, by_id)


def is_in(states: Iterable[State]) -> ColumnElement[bool]:
    """Say that a delivery is in one of these states, for a statement sent for many rows at once.

    The words are spelled out, as a list that is a parameter cannot be.
    """
    words: list[ColumnElement[str]] = [literal_column(f"'{state.value}'") for state in states]
    return deliveries.c.state.in_(words)


def _move(to: State) -> Update:
    """Return the statement that brings deliveries to a state, from where they may come to it."""
    return (
        update(deliveries)
        .where(deliveries.c.id == bindparam("of"), is_in(sorted(origins(to))))
        .values(
            state=to,
            code=bindparam("why"),
            attempts=bindparam("tried"),
            provider_ref=func.coalesce(
                bindparam("ref", type_=deliveries.c.provider_ref.type), deliveries.c.provider_ref
            ),
            due_at=func.coalesce(
                bindparam("due", type_=deliveries.c.due_at.type), deliveries.c.due_at
            ),
        )
    )


MOVES = {state: _move(state) for state in State if origins(state)}
# What was to leave and is kept back after all: only a trial does that.
MOVES[State.SUPPRESSED] = MOVES[State.SUPPRESSED].values(reason=Reason.TRIAL)


def _reader(record: Recorded) -> int | None:
    """Return whose mailbox a delivery has reached, if it was for one."""
    has_arrived = record.channel is Channel.INBOX and record.outcome.state in REACHED
    return owner_of(record.address) if has_arrived else None


def _state(record: Recorded) -> State:
    return record.outcome.state


def _moved(record: Recorded) -> dict[str, object]:
    return {
        "of": record.delivery_id,
        "why": _cut(record.outcome.code, CODE_LENGTH),
        "tried": record.attempts,
        "ref": _cut(record.outcome.provider_ref, REF_LENGTH),
        "due": record.outcome.due_at,
    }


def _event(record: Recorded) -> dict[str, object]:
    return {
        "delivery_id": record.delivery_id,
        "state": record.outcome.state,
        "at": record.at,
        "code": _cut(record.outcome.code, CODE_LENGTH),
    }


def _cut(word: str | None, length: int) -> str | None:
    return word[:length] if word else word
