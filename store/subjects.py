"""What items are about, in the words of those who follow it."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.searching import is_about, wanted
from domain.topics import WORDS, words_of
from store.tables.catalogue import item_subjects
from store.tables.people import followings


class Subjects:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(self, titles: Mapping[int, str]) -> set[int]:
        """Note which of the words that anybody follows items are about; return those with some.

        `titles` are by the item's id.
        """
        sought = {topic: wanted(words_of(topic) or "") for topic in await self._followed()}
        about = [
            (item_id, topic)
            for item_id, title in titles.items()
            for topic, what in sought.items()
            if is_about(what, title)
        ]
        await self._connection.execute(
            delete(item_subjects).where(item_subjects.c.item_id.in_(list(titles)))
        )
        if about:
            rows = [{"item_id": item_id, "topic": topic} for item_id, topic in about]
            await self._connection.execute(insert(item_subjects), rows)
        return {item_id for item_id, _ in about}

    async def of(self, item_id: int) -> tuple[str, ...]:
        """Return the topics that an item is about, as it was read last."""
        found = await self._connection.execute(
            select(item_subjects.c.topic)
            .where(item_subjects.c.item_id == item_id)
            .order_by(item_subjects.c.topic)
        )
        return tuple(found.scalars())

    async def _followed(self) -> list[str]:
        found = await self._connection.execute(
            select(followings.c.topic)
            .where(followings.c.topic.startswith(WORDS, autoescape=True))
            .distinct()
            .order_by(followings.c.topic)
        )
        return list(found.scalars())
