"""Where each conversation stands."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.conversation import Conversation
from store.tables.talk import conversations
from store.upserts import insert_for


class Conversations:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def at(self, channel: Channel, address: str) -> Conversation:
        """Return where we stand with an address, and keep others out until the unit ends."""
        query = select(conversations.c.state).where(
            conversations.c.channel == channel, conversations.c.address == address
        )
        found = await self._connection.execute(query.with_for_update())
        state = found.scalar_one_or_none()
        return Conversation.from_json(state) if state else Conversation()

    async def keep(self, channel: Channel, address: str, conversation: Conversation) -> None:
        now = self._clock.now()
        statement = insert_for(self._connection, conversations).values(
            channel=channel, address=address, state=conversation.to_json(), updated_at=now
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["channel", "address"],
                set_={
                    "state": statement.excluded.state,
                    "updated_at": statement.excluded.updated_at,
                },
            )
        )
