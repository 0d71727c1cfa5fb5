"""Matches of addresses with people, waiting for the staff or decided by them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.matches import Match, MatchState
from store.rows import value_of
from store.tables.matches import matches
from store.upserts import insert_for

MATCH = select(*(matches.c[name] for name in Match.__slots__))


class Matches:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def at(self, channel: Channel, address: str) -> Match | None:
        found = await self._connection.execute(
            MATCH.where(matches.c.channel == channel, matches.c.address == address)
        )
        row = found.one_or_none()
        return value_of(Match, row) if row else None

    async def by_id(self, match_id: int) -> Match | None:
        found = await self._connection.execute(MATCH.where(matches.c.id == match_id))
        row = found.one_or_none()
        return value_of(Match, row) if row else None

    async def all(
        self, channel: Channel | None = None, state: MatchState | None = None
    ) -> Sequence[Match]:
        """Return matches, those found first first."""
        query = MATCH.order_by(matches.c.id)
        if channel is not None:
            query = query.where(matches.c.channel == channel)
        if state is not None:
            query = query.where(matches.c.state == state)
        return [value_of(Match, row) for row in await self._connection.execute(query)]

    async def find(
        self, channel: Channel, address: str, person_id: int, *, proved_at: datetime
    ) -> int:
        """Note that an address seems to be a person's, in the place of who it seemed before."""
        fresh = {
            "person_id": person_id,
            "state": MatchState.WAITING,
            "found_at": self._clock.now(),
            "proved_at": proved_at,
            "decided_at": None,
            "decided_by": None,
        }
        statement = insert_for(self._connection, matches).values(
            channel=channel, address=address, **fresh
        )
        found = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["channel", "address"], set_=fresh
            ).returning(matches.c.id)
        )
        return int(found.scalar_one())

    async def decide(self, match_id: int, state: MatchState, *, by: str) -> bool:
        """Decide a match that waits, or was refused; False when it is confirmed or gone."""
        decided = await self._connection.execute(
            update(matches)
            .where(matches.c.id == match_id, matches.c.state != MatchState.CONFIRMED)
            .values(state=state, decided_at=self._clock.now(), decided_by=by)
        )
        return decided.rowcount == 1

    async def forget(self, match_id: int) -> None:
        await self._connection.execute(delete(matches).where(matches.c.id == match_id))
