"""Who will come, and who sends an excuse."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.attendance import Attendance
from store.rows import value_of
from store.tables.council import attendances
from store.upserts import insert_for


class Attendances:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, attendance: Attendance) -> None:
        """Keep a member's answer in place of an earlier one."""
        statement = insert_for(self._connection, attendances).values(**asdict(attendance))
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["session_id", "person_id"],
                set_={
                    name: statement.excluded[name] for name in ("answer", "reason", "channel", "at")
                },
            )
        )

    async def of(self, session_id: int) -> list[Attendance]:
        found = await self._connection.execute(
            select(attendances)
            .where(attendances.c.session_id == session_id)
            .order_by(attendances.c.person_id)
        )
        return [value_of(Attendance, row) for row in found]

    async def by(self, session_id: int, person_id: int) -> Attendance | None:
        """Return one member's answer."""
        found = await self._connection.execute(
            select(attendances).where(
                attendances.c.session_id == session_id, attendances.c.person_id == person_id
            )
        )
        row = found.one_or_none()
        return value_of(Attendance, row) if row else None
