"""What is on record of a session besides its sittings: one day a fact."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.session_facts import SessionFact
from store.tables.council import session_facts
from store.upserts import insert_for

Days = Mapping[SessionFact, date]


class SessionFacts:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def note(self, session_id: int, fact: SessionFact, on: date) -> None:
        """Keep the local day something happened on, in place of another noted before."""
        now = self._clock.now()
        await self._connection.execute(
            insert_for(self._connection, session_facts)
            .values(session_id=session_id, fact=fact, on_day=on, noted_at=now)
            .on_conflict_do_update(
                index_elements=["session_id", "fact"], set_={"on_day": on, "noted_at": now}
            )
        )

    async def strike(self, session_id: int, fact: SessionFact) -> bool:
        """Take a fact noted by mistake off the record, and say whether it was there."""
        gone = await self._connection.execute(
            delete(session_facts).where(
                session_facts.c.session_id == session_id, session_facts.c.fact == fact
            )
        )
        return gone.rowcount == 1

    async def of(self, session_id: int) -> Days:
        return (await self.of_all([session_id])).get(session_id, {})

    async def of_all(self, session_ids: Sequence[int]) -> dict[int, Days]:
        """Return the days on record by session; one with nothing on record is left out."""
        found = await self._connection.execute(
            select(session_facts.c.session_id, session_facts.c.fact, session_facts.c.on_day).where(
                session_facts.c.session_id.in_(session_ids)
            )
        )
        days: dict[int, dict[SessionFact, date]] = defaultdict(dict)
        for row in found:
            days[row.session_id][row.fact] = row.on_day
        return dict(days)
