"""Suppressions: addresses that are not written to, called dead or left by their owners."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.preferences import Reason
from domain.wishes import Preferences
from store.tables.people import addresses, channel_wishes, preferences


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why an address is not written to, and since when. `since` is None where nobody noted it.

    What was left or declined is still written to where the law or an emergency wants it.
    """

    person_id: int
    channel: Channel
    address: str
    reason: Reason
    code: str | None = None
    since: datetime | None = None


QUARANTINED = select(
    addresses.c.person_id,
    addresses.c.channel,
    addresses.c.value,
    addresses.c.quarantine_code,
    addresses.c.quarantined_at,
).where(addresses.c.quarantined_at.is_not(None))
IN_USE = select(addresses.c.person_id, addresses.c.channel, addresses.c.value).where(
    addresses.c.quarantined_at.is_(None)
)
DECLINED = IN_USE.join(
    channel_wishes,
    (channel_wishes.c.person_id == addresses.c.person_id)
    & (channel_wishes.c.channel == addresses.c.channel),
).where(channel_wishes.c.is_wanted.is_(False))
OF_WHO_SAID_SOMETHING = IN_USE.add_columns(preferences.c.said).join(
    preferences, preferences.c.person_id == addresses.c.person_id
)


class Suppressions:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def all(self, channel: Channel | None = None) -> Sequence[Suppression]:
        """Return what is not written to, each address once, by person."""
        found = {
            (one.person_id, one.channel, one.address): one
            async for one in self._all()
            if channel in {None, one.channel}
        }
        return [found[key] for key in sorted(found)]

    async def add(self, value: str, *, code: str) -> list[int]:
        """Stop using an address on every channel it is on, and return whose it was in use."""
        found = await self._connection.execute(
            update(addresses)
            .where(addresses.c.value == value, addresses.c.quarantined_at.is_(None))
            .values(quarantined_at=self._clock.now(), quarantine_code=code)
            .returning(addresses.c.person_id)
        )
        return [row.person_id for row in found]

    async def _all(self) -> AsyncIterator[Suppression]:
        """Return every reason; of one address, the one that counts comes last."""
        for person_id, channel, value in await self._connection.execute(DECLINED):
            yield Suppression(person_id, channel, value, Reason.DECLINED)
        for person_id, channel, value, said in await self._connection.execute(
            OF_WHO_SAID_SOMETHING
        ):
            if Preferences.from_json(said).has_stopped(channel):
                yield Suppression(person_id, channel, value, Reason.OPTED_OUT)
        for person_id, channel, value, code, at in await self._connection.execute(QUARANTINED):
            yield Suppression(person_id, channel, value, Reason.QUARANTINED, code, at)
