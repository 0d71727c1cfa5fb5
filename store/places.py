"""Groups that follow a body: where they are, and what they are told."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.notices import Audience, AudienceKind, Notice
from domain.petitions import numbers_of
from domain.preferences import Reason
from domain.topics import PETITION, body_of, followed_by
from domain.trials import Reach
from store.outbox import CHUNK, URGENCIES, Ready
from store.rows import AnyRow
from store.tables.outbox import deliveries
from store.tables.people import bodies
from store.tables.petitions import petitions
from store.tables.places import places
from store.upserts import insert_for


class Places:
    """A group is told what anybody may follow; nothing here says anything of a person."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.ready: list[Ready] = []

    async def follow(self, channel: Channel, address: str, body_id: int, *, language: str) -> bool:
        """Have a group told of a body in a language, and say whether it was not yet."""
        added = await self._connection.execute(
            insert_for(self._connection, places)
            .values(
                channel=channel,
                address=address,
                body_id=body_id,
                language=language,
                added_at=self._clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(places.c.body_id)
        )
        return added.one_or_none() is not None

    async def unfollow(self, channel: Channel, address: str, body_id: int | None = None) -> int:
        """Tell a group no more of a body, or of none at all; return how many it followed."""
        statement = delete(places).where(_is(channel, address))
        if body_id is not None:
            statement = statement.where(places.c.body_id == body_id)
        return (await self._connection.execute(statement)).rowcount

    async def followed(self, channel: Channel, address: str) -> list[str]:
        """Return the keys of the bodies that a group follows."""
        found = await self._connection.execute(
            select(bodies.c.key)
            .join(places, places.c.body_id == bodies.c.id)
            .where(_is(channel, address))
            .order_by(bodies.c.id)
        )
        return list(found.scalars())

    async def follow_any(self, body_key: str) -> bool:
        """Say whether any group follows a body."""
        return bool(await self._following(body_key))

    async def move(self, channel: Channel, old: str, new: str) -> None:
        """Follow a group to the address that its platform has given it."""
        known = select(places.c.body_id).where(_is(channel, new))
        await self._connection.execute(
            delete(places).where(_is(channel, old), places.c.body_id.in_(known))
        )
        await self._connection.execute(update(places).where(_is(channel, old)).values(address=new))

    async def tell(self, notice: Notice) -> int:
        """Put a notice for the groups that follow its body; return how many deliveries it makes.

        Only what is for who follows a body: a convocation is its members' own. One that does not
        go to everyone goes to no group.
        """
        if notice.reach is not Reach.EVERYONE:
            return 0
        followed = next(filter(None, map(body_of, followed_by(notice.audience))), None)
        followed = followed or await self._petitioned(notice.audience)
        if followed is None:
            return 0
        told = await self._following(followed)
        for channel in dict.fromkeys(row.channel for row in told):
            of_one = [row for row in told if row.channel is channel]
            await self._put(notice, channel, of_one)
        return len(told)

    async def _put(self, notice: Notice, channel: Channel, told: Sequence[AnyRow]) -> None:
        urgency, now = URGENCIES[notice.notice_class], self._clock.now()
        made = await self._connection.execute(
            CHUNK, {"channel": channel, "urgency": urgency, "due_at": now}
        )
        chunk_id = int(made.scalar_one())
        self.ready.append(Ready(chunk_id, channel, urgency, now))
        rows = [
            {
                "chunk_id": chunk_id,
                "notice_id": notice.id,
                "channel": channel,
                "address": row.address,
                "language": row.language,
                "reason": Reason.CHOSEN,
                "state": State.QUEUED,
                "queued_at": now,
                "due_at": now,
                "expires_at": notice.expires_at,
            }
            for row in told
        ]
        await self._connection.execute(insert(deliveries), rows)

    async def _petitioned(self, audience: Audience) -> str | None:
        """Return the key of the body that a petition asks, where an audience follows one."""
        if audience.kind is not AudienceKind.ASKED:
            return None
        year, number = numbers_of(audience.ref.removeprefix(PETITION)) or (0, 0)
        found = await self._connection.execute(
            select(bodies.c.key)
            .join(petitions, petitions.c.body_id == bodies.c.id)
            .where(petitions.c.year == year, petitions.c.number == number)
        )
        return found.scalar_one_or_none()

    async def _following(self, body_key: str) -> Sequence[AnyRow]:
        found = await self._connection.execute(
            select(places.c.channel, places.c.address, places.c.language)
            .join(bodies, bodies.c.id == places.c.body_id)
            .where(bodies.c.key == body_key)
            .order_by(places.c.channel, places.c.address)
        )
        return found.all()


def _is(channel: Channel, address: str) -> ColumnElement[bool]:
    return and_(places.c.channel == channel, places.c.address == address)
