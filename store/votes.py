"""Votes: every one that was held on an item, in order."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.votes import Count, Voice, Vote
from store.rows import AnyRow
from store.tables.proceedings import votes


class Votes:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def keep(self, vote: Vote) -> None:
        await self._connection.execute(
            insert(votes).values(
                item_id=vote.item_id,
                number=vote.number,
                on_day=vote.on,
                in_favour=vote.count.in_favour,
                against=vote.count.against,
                abstained=vote.count.abstained,
                in_office=vote.in_office,
                majority=vote.majority,
                result=vote.result,
                president=vote.president,
                named={str(person): voice for person, voice in vote.named.items()},
                noted_at=self._clock.now(),
            )
        )

    async def of(self, item_id: int) -> list[Vote]:
        found = await self._connection.execute(
            select(votes).where(votes.c.item_id == item_id).order_by(votes.c.number)
        )
        return [_vote(row) for row in found]


def _vote(row: AnyRow) -> Vote:
    return Vote(
        row.item_id,
        row.number,
        row.on_day,
        Count(row.in_favour, row.against, row.abstained),
        row.in_office,
        row.majority,
        row.result,
        row.president,
        {int(person): Voice(voice) for person, voice in row.named.items()},
    )
