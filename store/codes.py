"""Codes sent to an address we know, and where they are to be typed; only their seal is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from store.rows import value_of
from store.tables.talk import codes


@dataclass(frozen=True, slots=True)
class LiveCode:
    """A code that may still be typed. `person_id` is None where it was sent to nobody."""

    id: int
    person_id: int | None
    seal: str
    tries: int


LIVE = select(*(codes.c[name] for name in LiveCode.__slots__))


class Codes:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def keep(
        self,
        channel: Channel,
        address: str,
        person_id: int | None,
        seal: str,
        *,
        lasts: timedelta,
        about: str | None = None,
    ) -> None:
        """Remember the one code that may be typed at an address; an earlier one ends.

        `about` is the mark of the contact that it is to prove, where nobody is known to hold it.
        """
        await self.end_at(channel, address)
        now = self._clock.now()
        await self._connection.execute(
            insert(codes).values(
                channel=channel,
                address=address,
                person_id=person_id,
                seal=seal,
                about=about,
                made_at=now,
                expires_at=now + lasts,
            )
        )

    async def live(self, channel: Channel, address: str) -> LiveCode | None:
        """Return the code that may be typed at an address, and keep others out meanwhile."""
        found = await self._connection.execute(
            LIVE.where(codes.c.channel == channel, codes.c.address == address)
            .where(codes.c.ended_at.is_(None), codes.c.expires_at > self._clock.now())
            .with_for_update()
        )
        row = found.one_or_none()
        return value_of(LiveCode, row) if row else None

    async def made_at(self, channel: Channel, address: str, *, since: datetime) -> int:
        """Return how many codes were asked for from an address since an instant."""
        found = await self._connection.execute(
            select(func.count())
            .select_from(codes)
            .where(codes.c.channel == channel, codes.c.address == address)
            .where(codes.c.made_at >= since)
        )
        return int(found.scalar_one())

    async def made_for(self, person_id: int, *, since: datetime) -> int:
        """Return how many codes a person was sent since an instant."""
        found = await self._connection.execute(
            select(func.count())
            .select_from(codes)
            .where(codes.c.person_id == person_id, codes.c.made_at >= since)
        )
        return int(found.scalar_one())

    async def made_about(self, mark: str, *, since: datetime) -> int:
        """Return how many codes were sent to a contact since an instant, by its mark."""
        found = await self._connection.execute(
            select(func.count())
            .select_from(codes)
            .where(codes.c.about == mark, codes.c.made_at >= since)
        )
        return int(found.scalar_one())

    async def count_try(self, code_id: int) -> None:
        await self._connection.execute(
            update(codes).where(codes.c.id == code_id).values(tries=codes.c.tries + 1)
        )

    async def end_at(self, channel: Channel, address: str) -> None:
        """Let no code be typed at an address any more."""
        await self._connection.execute(
            update(codes)
            .where(codes.c.channel == channel, codes.c.address == address)
            .where(codes.c.ended_at.is_(None))
            .values(ended_at=self._clock.now())
        )

    async def forget(self, *, before: datetime) -> None:
        """Forget codes that no limit counts any more."""
        await self._connection.execute(delete(codes).where(codes.c.made_at < before))
