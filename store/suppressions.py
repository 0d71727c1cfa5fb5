"""Suppressions: addresses that are not written to, called dead or left by their owners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.notices import NoticeClass
from domain.preferences import Reason
from store.tables.outbox import deliveries, delivery_events, notices
from store.tables.people import addresses, channel_wishes


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why an address is not written to, and since when. `since` is None where nobody noted it."""

    person_id: int
    channel: Channel
    address: str
    reason: Reason
    code: str | None
    since: datetime | None


QUARANTINED = select(
    addresses.c.person_id,
    addresses.c.channel,
    addresses.c.value,
    addresses.c.quarantine_code.label("code"),
    addresses.c.quarantined_at.label("since"),
).where(addresses.c.quarantined_at.is_not(None))
DECLINED = (
    select(
        addresses.c.person_id,
        addresses.c.channel,
        addresses.c.value,
        null().label("code"),
        null().label("since"),
    )
    .join(
        channel_wishes,
        (channel_wishes.c.person_id == addresses.c.person_id)
        & (channel_wishes.c.channel == addresses.c.channel),
    )
    .where(channel_wishes.c.is_wanted.is_(False), addresses.c.quarantined_at.is_(None))
)
INFORMATIONAL = exists().where(
    notices.c.id == deliveries.c.notice_id,
    notices.c.notice_class == NoticeClass.INFORMATIONAL,
)


class Suppressions:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def all(self, channel: Channel | None = None) -> Sequence[Suppression]:
        """Return what is not written to, by person: what is dead, and what was declined."""
        found = []
        for query, reason in ((QUARANTINED, Reason.QUARANTINED), (DECLINED, Reason.DECLINED)):
            asked = query if channel is None else query.where(addresses.c.channel == channel)
            for person_id, way, value, code, since in await self._connection.execute(asked):
                found.append(Suppression(person_id, way, value, reason, code, since))
        return sorted(found, key=lambda one: (one.person_id, one.channel, one.address))

    async def add(self, value: str, *, code: str) -> list[int]:
        """Stop using an address on every channel it is on, and return whose it was in use."""
        found = await self._connection.execute(
            update(addresses)
            .where(addresses.c.value == value, addresses.c.quarantined_at.is_(None))
            .values(quarantined_at=self._clock.now(), quarantine_code=code)
            .returning(addresses.c.person_id)
        )
        return [row.person_id for row in found]

    async def is_declined(self, person_id: int, channel: Channel) -> bool:
        """Say whether a person wants nothing informational on a channel."""
        found = await self._connection.execute(
            select(channel_wishes.c.is_wanted).where(
                channel_wishes.c.person_id == person_id, channel_wishes.c.channel == channel
            )
        )
        return found.scalar_one_or_none() is False

    async def withdraw(self, person_id: int, channel: Channel) -> int:
        """Cancel what is informational and has not left yet, and say how much that was."""
        found = await self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.person_id == person_id,
                deliveries.c.channel == channel,
                deliveries.c.state == State.QUEUED,
                INFORMATIONAL,
            )
            .values(state=State.CANCELLED, code=Reason.DECLINED.value)
            .returning(deliveries.c.id)
        )
        withdrawn = [row.id for row in found]
        if withdrawn:
            now, code = self._clock.now(), Reason.DECLINED.value
            await self._connection.execute(
                insert(delivery_events),
                [
                    {"delivery_id": one, "state": State.CANCELLED, "at": now, "code": code}
                    for one in withdrawn
                ],
            )
        return len(withdrawn)
