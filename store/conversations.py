"""Where each conversation stands."""

from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.conversation import Conversation
from store.tables.talk import conversations
from store.upserts import Insert, insert_on

SEEN = (
    select(conversations.c.state)
    .where(conversations.c.channel == bindparam("at_channel"))
    .where(conversations.c.address == bindparam("at_address"))
)
AT = SEEN.with_for_update()


class Conversations:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def at(self, channel: Channel, address: str) -> Conversation:
        """Return where we stand with an address, and keep others out until the unit ends."""
        found = await self._connection.execute(AT, {"at_channel": channel, "at_address": address})
        state = found.scalar_one_or_none()
        return Conversation.from_json(state) if state else Conversation()

    async def seen(self, channel: Channel, address: str) -> Conversation:
        """Return where we stand with an address, and keep nobody out."""
        found = await self._connection.execute(SEEN, {"at_channel": channel, "at_address": address})
        state = found.scalar_one_or_none()
        return Conversation.from_json(state) if state else Conversation()

    async def keep(self, channel: Channel, address: str, conversation: Conversation) -> None:
        await self._connection.execute(
            _keep(self._connection.dialect.name),
            {
                "channel": channel,
                "address": address,
                "state": conversation.to_json(),
                "updated_at": self._clock.now(),
            },
        )


@cache
def _keep(dialect: str) -> Insert:
    statement = insert_on(dialect, conversations)
    changed = {name: statement.excluded[name] for name in ("state", "updated_at")}
    return statement.on_conflict_do_update(index_elements=["channel", "address"], set_=changed)
