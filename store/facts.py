"""What the store remembers of itself, such as the zone data its times were reckoned with."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from store.tables.records import facts


class Facts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def value(self, name: str) -> str | None:
        found = await self._connection.execute(select(facts.c.value).where(facts.c.name == name))
        return found.scalar_one_or_none()

    async def remember(self, name: str, value: str) -> None:
        await self._connection.execute(delete(facts).where(facts.c.name == name))
        await self._connection.execute(insert(facts).values(name=name, value=value))
