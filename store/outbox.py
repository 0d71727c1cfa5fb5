"""The one way out: a message is put here, in the transaction that gives cause for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType

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

CHUNK_SIZE = 500  # deliveries of one channel that one lease covers, at most
EVERYWHERE_THE_SAME: Mapping[Channel, int] = MappingProxyType({})


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
        self,
        notice: Notice,
        shares: Sequence[Addressed],
        *,
        chunk_sizes: Mapping[Channel, int] = EVERYWHERE_THE_SAME,
    ) -> int:
        """Put a page of a notice's audience, and return how many deliveries that makes.

        What stands already is left as it is.
        """
        now = self._clock.now()
        rows: list[dict[str, object]] = []
        going: dict[Channel, list[tuple[Addressed, Route]]] = defaultdict(list)
        for share in shares:
            for route in share.routes:
                if route.verdict is Verdict.SENT:
                    going[route.address.channel].append((share, route))
                else:
                    rows.append(_row(notice, share, route, now, chunk_id=None))
        for channel, ways in going.items():
            size = chunk_sizes.get(channel, CHUNK_SIZE)
            for start in range(0, len(ways), size):
                chunk_id = await self._chunk(channel, URGENCIES[notice.notice_class], now)
                part = ways[start : start + size]
                rows += [_row(notice, *way, now, chunk_id=chunk_id) for way in part]
        if rows:
            statement = insert_for(self._connection, deliveries).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)
        return len(rows)

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
