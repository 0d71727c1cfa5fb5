"""What waits for its digest, by whom and where; and which digests were made."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from store.lists import among
from store.rows import AnyRow
from store.tables.outbox import deliveries, digests, notices
from store.tables.people import people
from store.upserts import insert_for

PAUSED = select(notices.c.id).where(notices.c.paused_at.is_not(None))
DUE = (deliveries.c.state == State.GATHERED, deliveries.c.notice_id.not_in(PAUSED))


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that waits for one digest: one person, one address. `due_at`: the latest hour of it.

    `notice_ids` in the order they were told; `language` is the person's now.
    """

    person_id: int
    channel: Channel
    address: str
    language: str
    due_at: datetime
    delivery_ids: tuple[int, ...]
    notice_ids: tuple[int, ...]


class Digests:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def is_anything_due(self) -> bool:
        found = await self._connection.execute(
            select(deliveries.c.id).where(*DUE, deliveries.c.due_at <= self._clock.now()).limit(1)
        )
        return found.first() is not None

    async def people_due(self, *, most: int) -> list[int]:
        """Return some people with a digest to be made now, and keep others from making it."""
        now = self._clock.now()
        waiting = select(deliveries.c.person_id).where(*DUE, deliveries.c.due_at <= now)
        found = await self._connection.execute(
            select(people.c.id)
            .where(people.c.id.in_(waiting))
            .order_by(people.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        return [row.id for row in found]

    async def gathered(self, person_ids: Sequence[int]) -> list[Gathered]:
        """Return what is due of these people's digests, one for each address."""
        found = await self._connection.execute(
            select(deliveries, people.c.language.label("spoken"))
            .join(people, people.c.id == deliveries.c.person_id)
            .where(*DUE, deliveries.c.person_id.in_(person_ids))
            .where(deliveries.c.due_at <= self._clock.now())
            .order_by(deliveries.c.notice_id)
        )
        by_address: dict[tuple[int, Channel, str], list[AnyRow]] = defaultdict(list)
        for row in found:
            by_address[row.person_id, row.channel, row.address].append(row)
        return [
            Gathered(
                *place,
                language=rows[0].spoken,
                due_at=max(row.due_at for row in rows),
                delivery_ids=tuple(row.id for row in rows),
                notice_ids=tuple(row.notice_id for row in rows),
            )
            for place, rows in by_address.items()
        ]

    async def expire(self) -> int:
        """Set aside what has come to be of no use while it waited."""
        late = await self._connection.execute(
            update(deliveries)
            .where(*DUE, deliveries.c.due_at <= self._clock.now())
            .where(deliveries.c.expires_at <= self._clock.now())
            .values(state=State.EXPIRED, code="expired")
        )
        return late.rowcount

    async def open(self, gathered: Gathered) -> bool:
        """Note that a digest is made, and say whether it is the first of its hour."""
        made = await self._connection.execute(
            insert_for(self._connection, digests)
            .values(
                person_id=gathered.person_id,
                channel=gathered.channel,
                address=gathered.address,
                due_at=gathered.due_at,
                made_at=self._clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(digests.c.id)
        )
        return made.first() is not None

    async def close(self, gathered: Gathered) -> None:
        """Note that all of it was told."""
        await self._move(gathered, state=State.DIGESTED)

    async def drop(self, gathered: Gathered) -> None:
        """Note that there is no way any more on which it could be told."""
        await self._move(gathered, state=State.CANCELLED, code="no_way")

    async def put_off(self, gathered: Gathered, due_at: datetime) -> None:
        """Leave it for a later digest."""
        await self._move(gathered, due_at=due_at)

    async def _move(self, gathered: Gathered, **values: object) -> None:
        await self._connection.execute(
            update(deliveries)
            .where(among(self._connection, deliveries.c.id, gathered.delivery_ids), *DUE)
            .values(**values)
        )
