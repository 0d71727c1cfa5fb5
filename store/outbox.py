"""The one way out: a message is put here, in the transaction that gives cause for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.messages import Message
from domain.notices import Notice, NoticeClass
from domain.preferences import Reason, Route, Verdict
from store.lists import among
from store.tables.outbox import chunks, deliveries
from store.tables.people import addresses, people
from store.upserts import insert_for

CHUNK_SIZE = 500  # deliveries of one channel that one lease covers, at most
EVERYWHERE_THE_SAME: Mapping[Channel, int] = MappingProxyType({})


class Urgency(IntEnum):
    """Lower goes first."""

    AMENDMENT = -1  # of what was told before: no new message
    REPLY = 0
    EMERGENCY = 1
    STATUTORY = 2
    INFORMATIONAL = 3


URGENCIES = {
    NoticeClass.EMERGENCY: Urgency.EMERGENCY,
    NoticeClass.STATUTORY: Urgency.STATUTORY,
    NoticeClass.INFORMATIONAL: Urgency.INFORMATIONAL,
}
CHUNK = insert(chunks).returning(chunks.c.id)
PUT = insert(deliveries)

# What becomes of a way that does not leave on its own.
NOT_GOING = {Verdict.SUPPRESSED: State.SUPPRESSED, Verdict.DIGESTED: State.GATHERED}


@dataclass(frozen=True, slots=True)
class Ready:
    """A chunk that somebody may claim, now or from `due_at`."""

    chunk_id: int
    channel: Channel
    urgency: Urgency
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A message to one address of its own, and whose that is."""

    address: str
    message: Message
    person_id: int | None = None


class Outbox:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.ready: list[Ready] = []

    async def put(
        self,
        channel: Channel,
        address: str,
        messages: Sequence[Message],
        *,
        person_id: int | None = None,
        reason: Reason = Reason.REPLY,
        urgency: Urgency = Urgency.REPLY,
    ) -> None:
        """Put messages to one address, to be sent in this order: replies, or a digest."""
        puts = [Put(address, message, person_id) for message in messages]
        await self.put_all(channel, puts, reason=reason, urgency=urgency)

    async def put_all(
        self,
        channel: Channel,
        puts: Sequence[Put],
        *,
        reason: Reason = Reason.REPLY,
        urgency: Urgency = Urgency.REPLY,
    ) -> None:
        """Put messages to any addresses of a channel; to the same one, in this order."""
        now = self._clock.now()
        for start in range(0, len(puts), CHUNK_SIZE):
            chunk_id = await self._chunk(channel, urgency, now)
            rows = [
                {
                    "chunk_id": chunk_id,
                    "person_id": put.person_id,
                    "channel": channel,
                    "address": put.address,
                    "language": put.message.language,
                    "message": put.message.to_json(),
                    "reason": reason,
                    "state": State.QUEUED,
                    "queued_at": now,
                    "due_at": now,
                }
                for put in puts[start : start + CHUNK_SIZE]
            ]
            await self._connection.execute(PUT, rows)

    async def call_back(self, channel: Channel, address: str) -> None:
        """Keep back all that waits for an address which is nobody's any more."""
        held = select(chunks.c.id).where(chunks.c.leased_until.is_not(None))
        await self._connection.execute(
            update(deliveries)
            .where(deliveries.c.channel == channel, deliveries.c.address == address)
            .where(deliveries.c.state.in_((State.QUEUED, State.GATHERED)))
            .where(or_(deliveries.c.chunk_id.is_(None), deliveries.c.chunk_id.not_in(held)))
            .values(state=State.CANCELLED, code="unlinked")
        )

    async def spread(
        self,
        notice: Notice,
        routes: Iterable[Route],
        *,
        chunk_sizes: Mapping[Channel, int] = EVERYWHERE_THE_SAME,
        step: int = 0,
    ) -> int:
        """Put a page of a notice's audience, and return how many deliveries that makes.

        What stands already is left as it is. `step` is that of the notice's ladder.
        """
        left: dict[tuple[State, datetime], list[Route]] = defaultdict(list)
        going: dict[tuple[Channel, datetime], list[Route]] = defaultdict(list)
        now = self._clock.now()
        for route in routes:
            if route.verdict is Verdict.SENT:
                going[route.address.channel, now].append(route)
            elif route.verdict is Verdict.HELD:
                going[route.address.channel, route.due_at or now].append(route)
            else:
                left[NOT_GOING[route.verdict], route.due_at or now].append(route)
        made = 0
        for (state, due_at), ways in left.items():
            made += await self._copy(notice, ways, state=state, due_at=due_at, step=step)
        for (channel, due_at), ways in going.items():
            size = chunk_sizes.get(channel, CHUNK_SIZE)
            for start in range(0, len(ways), size):
                chunk_id = await self._chunk(channel, URGENCIES[notice.notice_class], due_at)
                made += await self._copy(
                    notice,
                    ways[start : start + size],
                    state=State.QUEUED,
                    due_at=due_at,
                    step=step,
                    chunk_id=chunk_id,
                )
        return made

    async def _copy(
        self,
        notice: Notice,
        routes: Iterable[Route],
        *,
        state: State,
        due_at: datetime,
        step: int,
        chunk_id: int | None = None,
    ) -> int:
        """Make deliveries of addresses where they lie: only their ids travel to the database."""
        by_reason: dict[Reason, list[int]] = defaultdict(list)
        for route in routes:
            by_reason[route.reason].append(route.address.id)
        given = {
            "notice_id": notice.id,
            "chunk_id": chunk_id,
            "state": state,
            "step": step,
            "queued_at": self._clock.now(),
            "due_at": due_at,
            "expires_at": notice.expires_at,
        }
        made = 0
        for reason, address_ids in by_reason.items():
            source = _deliveries_of({**given, "reason": reason}).where(
                among(self._connection, addresses.c.id, address_ids)
            )
            statement = (
                insert_for(self._connection, deliveries)
                .from_select(COPIED, source)
                .on_conflict_do_nothing()
                .execution_options(preserve_rowcount=True)
            )
            made += (await self._connection.execute(statement)).rowcount
        return made

    async def _chunk(self, channel: Channel, urgency: Urgency, due_at: datetime) -> int:
        made = await self._connection.execute(
            CHUNK, {"channel": channel, "urgency": urgency, "due_at": due_at}
        )
        chunk_id = int(made.scalar_one())
        self.ready.append(Ready(chunk_id, channel, urgency, due_at))
        return chunk_id


GIVEN = (
    "notice_id",
    "chunk_id",
    "reason",
    "state",
    "step",
    "queued_at",
    "due_at",
    "expires_at",
)
COPIED = ("person_id", "channel", "address", "language", *GIVEN)


def _deliveries_of(given: Mapping[str, object]) -> Select[*tuple[Any, ...]]:
    """Return what deliveries of a notice hold, in the order of COPIED, for every address."""
    return select(
        addresses.c.person_id,
        addresses.c.channel,
        addresses.c.value,
        people.c.language,
        *(literal(given[name], deliveries.c[name].type) for name in GIVEN),
    ).join(people, people.c.id == addresses.c.person_id)
