"""The register of people, read whole and written in bulk: for files, exports, demonstrations."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Address, Channel
from domain.register import Change, Newcomer, Place, Registered, Seat
from store.rows import value_of
from store.tables.people import addresses, bodies, channel_wishes, memberships, people
from store.upserts import insert_for


class Register:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def everybody(self, *, on: date) -> list[Registered]:
        """Return everyone with the seats they hold on a day, in the order they were added."""
        seats = await self._seats(on)
        places = await self._addresses()
        found = await self._connection.execute(
            select(people.c.id, people.c.name, people.c.language).order_by(people.c.id)
        )
        return [
            Registered(row.id, row.name, row.language, tuple(seats[row.id]), tuple(places[row.id]))
            for row in found
        ]

    async def add(self, tenant_id: int, newcomers: Sequence[Newcomer]) -> list[int]:
        """Add people, and return their ids in the same order."""
        if not newcomers:
            return []
        made = await self._connection.execute(
            insert(people).returning(people.c.id, sort_by_parameter_order=True),
            [
                {"tenant_id": tenant_id, "name": one.name, "language": one.language}
                for one in newcomers
            ],
        )
        ids = [int(row.id) for row in made]
        added = list(zip(ids, newcomers, strict=True))
        inboxes = [(person_id, Place(Channel.INBOX, str(person_id))) for person_id in ids]
        given = [(person_id, place) for person_id, one in added for place in one.places]
        await self._place([*inboxes, *given])
        await self._seat([(person_id, seat) for person_id, one in added for seat in one.seats])
        wishes = [
            {"person_id": person_id, "channel": channel, "is_wanted": is_wanted}
            for person_id, one in added
            for channel, is_wanted in one.wishes.items()
        ]
        if wishes:
            await self._connection.execute(insert(channel_wishes), wishes)
        return ids

    async def change(self, changes: Sequence[Change]) -> None:
        if not changes:
            return
        await self._connection.execute(
            update(people)
            .where(people.c.id == bindparam("person"))
            .values(name=bindparam("new_name"), language=bindparam("new_language")),
            [
                {"person": one.person_id, "new_name": one.name, "new_language": one.language}
                for one in changes
            ],
        )
        await self._unseat([(one.person_id, seat) for one in changes for seat in one.lost])
        await self._seat([(one.person_id, seat) for one in changes for seat in one.gained])
        await self._undeclare(
            [one.person_id for one in changes if any(place.is_declared for place in one.places)]
        )
        await self._place([(one.person_id, place) for one in changes for place in one.places])

    async def _seats(self, on: date) -> dict[int, list[Seat]]:
        held = memberships.c
        found = await self._connection.execute(
            select(held.person_id, bodies.c.key, held.role)
            .join(bodies, bodies.c.id == held.body_id)
            .where(or_(held.started_on.is_(None), held.started_on <= on))
            .where(or_(held.ended_on.is_(None), held.ended_on >= on))
            .order_by(held.id)
        )
        seats: dict[int, list[Seat]] = defaultdict(list)
        for row in found:
            seats[row.person_id].append((row.key, row.role))
        return seats

    async def _addresses(self) -> dict[int, list[Address]]:
        found = await self._connection.execute(
            select(*(addresses.c[name] for name in Address.__slots__)).order_by(addresses.c.id)
        )
        places: dict[int, list[Address]] = defaultdict(list)
        for row in found:
            places[row.person_id].append(value_of(Address, row))
        return places

    async def _place(self, places: Sequence[tuple[int, Place]]) -> None:
        if not places:
            return
        statement = insert_for(self._connection, addresses)
        new = statement.excluded
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "channel", "value"],
                set_={
                    "is_declared": or_(addresses.c.is_declared, new.is_declared),
                    "verified_at": func.coalesce(addresses.c.verified_at, new.verified_at),
                },
            ),
            [
                {
                    "person_id": person_id,
                    "channel": place.channel,
                    "value": place.value,
                    "is_declared": place.is_declared,
                    "verified_at": place.verified_at,
                }
                for person_id, place in places
            ],
        )

    async def _undeclare(self, ids: Sequence[int]) -> None:
        if ids:
            await self._connection.execute(
                update(addresses)
                .where(addresses.c.person_id == bindparam("person"), addresses.c.is_declared)
                .values(is_declared=False),
                [{"person": person_id} for person_id in ids],
            )

    async def _seat(self, seats: Sequence[tuple[int, Seat]]) -> None:
        if not seats:
            return
        body_ids = await self._body_ids()
        # Whoever held the seat before holds it again: a seat is one row for good.
        await self._connection.execute(
            insert_for(self._connection, memberships).on_conflict_do_update(
                index_elements=["person_id", "body_id", "role"],
                set_={"started_on": None, "ended_on": None},
            ),
            [
                {"person_id": person_id, "body_id": body_ids[key], "role": role}
                for person_id, (key, role) in seats
            ],
        )

    async def _unseat(self, seats: Sequence[tuple[int, Seat]]) -> None:
        if seats:
            body_ids = await self._body_ids()
            await self._connection.execute(
                delete(memberships).where(
                    memberships.c.person_id == bindparam("person"),
                    memberships.c.body_id == bindparam("body"),
                    memberships.c.role == bindparam("held"),
                ),
                [
                    {"person": person_id, "body": body_ids[key], "held": role}
                    for person_id, (key, role) in seats
                ],
            )

    async def _body_ids(self) -> dict[str, int]:
        found = await self._connection.execute(select(bodies.c.key, bodies.c.id))
        return {row.key: row.id for row in found}
