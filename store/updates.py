"""Updates we have already heard: platforms repeat them when in doubt."""

from datetime import timedelta
from functools import cache

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from domain.addresses import Channel
from domain.clock import Clock
from domain.messages import Incoming
from store.tables.talk import updates_heard
from store.upserts import insert_on

KEPT = timedelta(days=7)  # Telegram keeps an update for a day at most, Slack repeats for an hour


@cache
def _hear(dialect: str) -> ReturningInsert[tuple[str]]:
    return (
        insert_on(dialect, updates_heard)
        .on_conflict_do_nothing()
        .returning(updates_heard.c.update_ref)
    )


class Updates:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def hear(self, incoming: Incoming) -> bool:
        """Note this update, and say whether it is new."""
        return await self.note(incoming.channel, incoming.update_ref)

    async def note(self, channel: Channel, update_ref: str) -> bool:
        """Note what came by a channel under a name of its own, and say whether it is new."""
        found = await self._connection.execute(
            _hear(self._connection.dialect.name),
            {
                "channel": channel,
                "update_ref": update_ref,
                "heard_at": self._clock.now(),
            },
        )
        return found.first() is not None

    async def forget_old(self) -> int:
        """Drop what no platform will repeat any more, and say how many."""
        found = await self._connection.execute(
            delete(updates_heard).where(updates_heard.c.heard_at < self._clock.now() - KEPT)
        )
        return found.rowcount
