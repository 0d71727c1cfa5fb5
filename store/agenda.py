"""The items of an agenda."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.agenda import AgendaItem
from domain.searching import Sought
from store.catalogue import enter
from store.rows import value_of
from store.tables.council import agenda_items

ITEM = select(*(agenda_items.c[name] for name in AgendaItem.__slots__))
OF_SESSION = ITEM.where(agenda_items.c.session_id == bindparam("of")).order_by(
    agenda_items.c.position
)
GIVEN = tuple(name for name in AgendaItem.__slots__ if name != "id")


class Agenda:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, session_id: int) -> list[AgendaItem]:
        """Return a session's items, in order."""
        found = await self._connection.execute(OF_SESSION, {"of": session_id})
        return [value_of(AgendaItem, row) for row in found]

    async def by_id(self, item_id: int) -> AgendaItem | None:
        found = await self._connection.execute(ITEM.where(agenda_items.c.id == item_id))
        row = found.one_or_none()
        return value_of(AgendaItem, row) if row else None

    async def add(self, items: Sequence[AgendaItem]) -> None:
        """Add items; their `id` is given by the store."""
        if items:
            made = await self._connection.execute(
                insert(agenda_items).returning(agenda_items.c.id, agenda_items.c.title),
                [{name: getattr(item, name) for name in GIVEN} for item in items],
            )
            await enter(self._connection, Sought.ITEM, {row.id: row.title for row in made})

    async def change(self, *items: AgendaItem) -> None:
        if items:
            await self._connection.execute(
                update(agenda_items)
                .where(agenda_items.c.id == bindparam("of"))
                .values({name: bindparam(f"new_{name}") for name in GIVEN}),
                [
                    {"of": item.id} | {f"new_{name}": getattr(item, name) for name in GIVEN}
                    for item in items
                ],
            )
            titles = {item.id: item.title for item in items}
            await enter(self._connection, Sought.ITEM, titles)
