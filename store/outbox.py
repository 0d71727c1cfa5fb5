"""The one way out: a message is put here, in the transaction that gives cause for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.messages import Message
from domain.notices import Notice, NoticeClass
from domain.preferences import Reason, Route, Verdict
from store.tables.outbox import chunks, deliveries
from store.upserts import insert_for

CHUNK_SIZE = 500  # deliveries of one channel that one lease covers


class Urgency(IntEnum):
    """Lower goes first."""

    REPLY = 0
    EMERGENCY = 1
    STATUTORY = 2
    INFORMATIONAL = 3


URGENCIES = {
    NoticeClass.EMERGENCY: Urgency.EMERGENCY,
    NoticeClass.STATUTORY: Urgency.STATUTORY,
    NoticeClass.INFORMATIONAL: Urgency.INFORMATIONAL,
}


@dataclass(frozen=True, slots=True)
class Addressed:
    """One person's share of a notice: the language, and the decision for each address."""

    person_id: int
    language: str
    routes: tuple[Route, ...]


class Outbox:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.put_on: set[Channel] = set()

    async def put(
        self,
        channel: Channel,
        address: str,
        messages: Sequence[Message],
        *,
        person_id: int | None = None,
    ) -> None:
        """Put replies to one address, to be sent in this order."""
        if not messages:
            return
        now = self._clock.now()
        chunk_id = await self._chunk(channel, Urgency.REPLY, now)
        rows = [
            {
                "chunk_id": chunk_id,
                "person_id": person_id,
                "channel": channel,
                "address": address,
                "language": message.language,
                "message": message.to_json(),
                "reason": Reason.REPLY,
                "state": State.QUEUED,
                "queued_at": now,
                "due_at": now,
            }
            for message in messages
        ]
        await self._connection.execute(insert(deliveries), rows)

    async def spread(
        self, notice: Notice, shares: Sequence[Addressed], *, chunk_size: int = CHUNK_SIZE
    ) -> None:
        """Put a page of a notice's audience: what stands already is left as it is."""
        now = self._clock.now()
        by_channel: dict[Channel, list[tuple[Addressed, Route]]] = {}
        suppressed = []
        for share in shares:
            for route in share.routes:
                if route.verdict is Verdict.SENT:
                    by_channel.setdefault(route.address.channel, []).append((share, route))
                else:
                    suppressed.append((share, route))
        rows = [_row(notice, *one, now, chunk_id=None) for one in suppressed]
        for channel, going in by_channel.items():
            for start in range(0, len(going), chunk_size):
                chunk_id = await self._chunk(channel, URGENCIES[notice.notice_class], now)
                part = going[start : start + chunk_size]
                rows += [_row(notice, *one, now, chunk_id=chunk_id) for one in part]
        if rows:
            statement = insert_for(self._connection, deliveries).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)

    async def _chunk(self, channel: Channel, urgency: Urgency, due_at: datetime) -> int:
        made = await self._connection.execute(
            insert(chunks)
            .values(channel=channel, urgency=urgency, due_at=due_at)
            .returning(chunks.c.id)
        )
        self.put_on.add(channel)
        return int(made.scalar_one())


def _row(
    notice: Notice, share: Addressed, route: Route, now: datetime, *, chunk_id: int | None
) -> dict[str, object]:
    is_going = chunk_id is not None
    return {
        "chunk_id": chunk_id,
        "notice_id": notice.id,
        "person_id": share.person_id,
        "channel": route.address.channel,
        "address": route.address.value,
        "language": share.language,
        "reason": route.reason,
        "state": State.QUEUED if is_going else State.SUPPRESSED,
        "queued_at": now,
        "due_at": now,
        "expires_at": notice.expires_at,
    }
