"""Chats of a web page: who may go on with which, and what was answered there."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, delete, func, insert, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.messages import Message
from store.tables.matters import open_copies
from store.tables.outbox import deliveries, delivery_events
from store.tables.people import addresses
from store.tables.talk import conversations
from store.tables.web import chat_sessions

# Written out, not bound: only then is the index of the web's own rows used.
OF_THE_WEB = deliveries.c.channel == literal_column(f"'{Channel.WEB}'")
UNDER_WAY = (State.QUEUED, State.SENDING, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Answered:
    """One message in a chat; `id` is its delivery's."""

    id: int
    message: Message


class Chats:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def begin(self, token: str, *, lasts: timedelta) -> None:
        """Let whoever brings `token` have a chat of their own."""
        await self._connection.execute(
            insert(chat_sessions).values(
                sha256=_digest(token), expires_at=self._clock.now() + lasts
            )
        )

    async def address(self, token: str) -> str | None:
        """Return the address of the chat that a secret opens, while it lasts."""
        found = await self._connection.execute(
            select(chat_sessions.c.sha256).where(
                chat_sessions.c.sha256 == _digest(token),
                chat_sessions.c.expires_at > self._clock.now(),
            )
        )
        address: str | None = found.scalar_one_or_none()
        return address

    async def answers(self, address: str, *, after: int, most: int) -> list[Answered]:
        """Return what was answered in a chat since a message, in order, carried or not yet."""
        found = await self._connection.execute(
            _answers(address).where(deliveries.c.id > after).order_by(deliveries.c.id).limit(most)
        )
        return [Answered(row.id, Message.from_json(row.message)) for row in found]

    async def answer(self, address: str, answer_id: int) -> Message | None:
        """Return one answer, if it was given in this chat."""
        found = await self._connection.execute(
            _answers(address).where(deliveries.c.id == answer_id)
        )
        row = found.one_or_none()
        return Message.from_json(row.message) if row else None

    async def newest(self, chats: Collection[str]) -> dict[str, int]:
        """Return the last message of each chat; one without any is left out."""
        found = await self._connection.execute(
            select(deliveries.c.address, func.max(deliveries.c.id))
            .where(OF_THE_WEB, deliveries.c.address.in_(chats))
            .group_by(deliveries.c.address)
        )
        return {row[0]: row[1] for row in found}

    async def forget_old(self) -> int:
        """Drop the chats that have run out with all that was said in them; return how many.

        Why somebody was not told of a notice there stays on record.
        """
        ended = delete(chat_sessions).where(chat_sessions.c.expires_at <= self._clock.now())
        count = (await self._connection.execute(ended)).rowcount
        lasting = select(chat_sessions.c.sha256)
        gone = select(deliveries.c.id).where(
            OF_THE_WEB,
            deliveries.c.notice_id.is_(None),
            deliveries.c.state.not_in(UNDER_WAY),
            deliveries.c.address.not_in(lasting),
        )
        for told in (delivery_events, open_copies):
            await self._connection.execute(delete(told).where(told.c.delivery_id.in_(gone)))
        await self._connection.execute(delete(deliveries).where(deliveries.c.id.in_(gone)))
        for place, address in (
            (conversations, conversations.c.address),
            (addresses, addresses.c.value),
        ):
            await self._connection.execute(
                delete(place).where(place.c.channel == Channel.WEB, address.not_in(lasting))
            )
        return count


def _answers(address: str) -> Select[tuple[int, object]]:
    return select(deliveries.c.id, deliveries.c.message).where(
        OF_THE_WEB,
        deliveries.c.address == address,
        deliveries.c.message.is_not(None),
        deliveries.c.state != State.CANCELLED,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
