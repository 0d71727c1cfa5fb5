"""What the store remembers of itself, such as the zone data its times were reckoned with."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.tables.records import facts
from store.upserts import insert_for


class Facts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def value(self, name: str) -> str | None:
        found = await self._connection.execute(select(facts.c.value).where(facts.c.name == name))
        return found.scalar_one_or_none()

    async def remember(self, name: str, value: str) -> None:
        """Remember a value; of several that do so at once, the last one's stands."""
        statement = insert_for(self._connection, facts).values(name=name, value=value)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[facts.c.name], set_={"value": value})
        )

    async def settle(self, name: str, value: str) -> str:
        """Remember a value unless there is one, and return the one that stands.

        Of several that settle at once, all are answered the same.
        """
        await self._connection.execute(
            insert_for(self._connection, facts)
            .values(name=name, value=value)
            .on_conflict_do_nothing()
        )
        return await self.value(name) or value
