"""How fast networks may be asked, as all processes keep it together; and when they want a rest."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from store.tables.pace import permits, rests
from store.upserts import insert_for

EVERYBODY = ""
KEPT = timedelta(hours=1)  # longer than any span that a limit counts


class Permits:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.rested: set[Channel] = set()

    async def state(self, channel: Channel, address: str) -> Sequence[int]:
        """Return what is remembered, and keep others from it until this unit ends."""
        empty = insert_for(self._connection, permits).values(
            channel=channel, address=address, state=[], taken_at=self._clock.now()
        )
        await self._connection.execute(empty.on_conflict_do_nothing())
        found = await self._connection.execute(
            select(permits.c.state)
            .where(permits.c.channel == channel, permits.c.address == address)
            .with_for_update()
        )
        state: Sequence[int] = found.scalar_one()
        return state

    async def keep(self, channel: Channel, address: str, state: Sequence[float]) -> None:
        await self._connection.execute(
            permits.update()
            .where(permits.c.channel == channel, permits.c.address == address)
            .values(state=list(state), taken_at=self._clock.now())
        )

    async def rest(self, channel: Channel, address: str, *, until: datetime) -> None:
        """Note that a network wants nothing until then; a longer rest stands."""
        statement = insert_for(self._connection, rests).values(
            channel=channel, address=address, until_at=until
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[rests.c.channel, rests.c.address],
                set_={"until_at": statement.excluded.until_at},
                where=rests.c.until_at < statement.excluded.until_at,
            )
        )
        self.rested.add(channel)

    async def resting(self, channel: Channel) -> Mapping[str, datetime]:
        """Return who rests on a channel, and until when; EVERYBODY is among the addresses."""
        found = await self._connection.execute(
            select(rests.c.address, rests.c.until_at).where(
                rests.c.channel == channel, rests.c.until_at > self._clock.now()
            )
        )
        return {row.address: row.until_at for row in found}

    async def forget_old(self) -> int:
        """Drop what has no bearing any more, and say how many."""
        now = self._clock.now()
        taken = delete(permits).where(permits.c.taken_at < now - KEPT)
        over = delete(rests).where(rests.c.until_at < now)
        return sum([(await self._connection.execute(one)).rowcount for one in (taken, over)])
