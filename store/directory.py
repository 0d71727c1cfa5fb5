"""The directory: people as those who look after them list them, a page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.bodies import Role
from domain.people import Membership, Person
from store.tables.people import addresses, bodies, memberships, people

held = memberships.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to list: by a part of their name, by a body they are in, by what they are there.

    `is_dead`: only those of whose addresses one is not written to any more.
    """

    words: str = ""
    body_key: str = ""
    role: Role | None = None
    is_dead: bool = False


class Directory:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, wanted: Wanted, *, on: date, offset: int = 0, most: int = 50
    ) -> list[Person]:
        """Return people with the seats they hold on a day, by name."""
        query = select(people.c.id, people.c.name, people.c.language)
        if wanted.words:
            query = query.where(people.c.name.icontains(wanted.words, autoescape=True))
        if wanted.body_key or wanted.role:
            query = query.where(people.c.id.in_(_holders(wanted, on)))
        if wanted.is_dead:
            dead = select(addresses.c.person_id).where(addresses.c.quarantined_at.is_not(None))
            query = query.where(people.c.id.in_(dead))
        found = await self._connection.execute(
            query.order_by(people.c.name, people.c.id).offset(offset).limit(most)
        )
        rows = found.all()
        seats = await self._seats([row.id for row in rows], on)
        return [Person(row.id, row.name, row.language, tuple(seats[row.id])) for row in rows]

    async def _seats(self, ids: Sequence[int], on: date) -> dict[int, list[Membership]]:
        found = await self._connection.execute(
            select(held.person_id, bodies.c.key, held.role, held.started_on, held.ended_on)
            .join(bodies, bodies.c.id == held.body_id)
            .where(held.person_id.in_(ids), *_in_force(on))
            .order_by(held.id)
        )
        seats: dict[int, list[Membership]] = defaultdict(list)
        for row in found:
            seats[row.person_id].append(Membership(row.key, row.role, row.started_on, row.ended_on))
        return seats


def _holders(wanted: Wanted, on: date) -> ScalarSelect[int]:
    query = select(held.person_id).join(bodies, bodies.c.id == held.body_id).where(*_in_force(on))
    if wanted.body_key:
        query = query.where(bodies.c.key == wanted.body_key)
    if wanted.role:
        query = query.where(held.role == wanted.role)
    return query.scalar_subquery()


def _in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    return (
        held.started_on.is_(None) | (held.started_on <= on),
        held.ended_on.is_(None) | (held.ended_on >= on),
    )
