"""People, their seats, their addresses and their wishes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Address, Channel
from domain.bodies import ELECTED, Role
from domain.people import Membership, Person, Seated
from store.rows import AnyRow, value_of
from store.tables.people import addresses, bodies, channel_wishes, memberships, people
from store.upserts import insert_for

SEATED = people.outerjoin(memberships, memberships.c.person_id == people.c.id).outerjoin(
    bodies, bodies.c.id == memberships.c.body_id
)
WITH_SEATS = select(
    people.c.id,
    people.c.name,
    people.c.language,
    bodies.c.key.label("body_key"),
    memberships.c.role,
    memberships.c.started_on,
    memberships.c.ended_on,
)
BY_ID = WITH_SEATS.select_from(SEATED).where(people.c.id == bindparam("asked_id"))
SPEAKING = (
    WITH_SEATS.add_columns(addresses.c.quarantined_at, addresses.c.verified_at)
    .select_from(SEATED.join(addresses, addresses.c.person_id == people.c.id))
    .where(addresses.c.channel == bindparam("at_channel"))
    .where(addresses.c.value == bindparam("at_address"))
    .where(addresses.c.verified_at.is_not(None))
)
ADDRESS = select(*(addresses.c[name] for name in Address.__slots__))


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks at an address, since when that is sure, and whether it had been called dead."""

    person: Person | None
    was_dead: bool = False
    verified_at: datetime | None = None


class People:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_id(self, person_id: int, *, on: date) -> Person | None:
        """Return a person with the seats they hold on a day."""
        found = await self._connection.execute(BY_ID, {"asked_id": person_id})
        return _one(found.all(), on)

    async def at(self, channel: Channel, address: str, *, on: date) -> Person | None:
        """Return who has proved to hold an address, with the seats they hold on a day."""
        return (await self.speaking(channel, address, on=on)).person

    async def speaking(self, channel: Channel, address: str, *, on: date) -> Speaker:
        """Return who has proved to hold an address, if anybody has."""
        found = await self._connection.execute(
            SPEAKING, {"at_channel": channel, "at_address": address}
        )
        rows = found.all()
        return Speaker(
            _one(rows, on),
            was_dead=any(row.quarantined_at for row in rows),
            verified_at=rows[0].verified_at if rows else None,
        )

    async def with_address(self, value: str) -> list[int]:
        """Return the ids of the people who have this address, on whatever channel."""
        found = await self._connection.execute(
            select(addresses.c.person_id).where(addresses.c.value == value).distinct()
        )
        return [row.person_id for row in found]

    async def named(self, name: str) -> list[int]:
        """Return the ids of the people with exactly this name."""
        found = await self._connection.execute(select(people.c.id).where(people.c.name == name))
        return [row.id for row in found]

    async def holding(
        self, roles: Collection[Role], *, on: date, body_key: str | None = None
    ) -> list[int]:
        """Return the ids of those who hold one of these roles on a day, in a body or in any."""
        held = memberships.c
        there = select(bodies.c.id).where(bodies.c.key == body_key)
        found = await self._connection.execute(
            select(held.person_id)
            .where(held.body_id.in_(there) if body_key else true())
            .where(held.role.in_(roles))
            .where(held.started_on.is_(None) | (held.started_on <= on))
            .where(held.ended_on.is_(None) | (held.ended_on >= on))
            .distinct()
            .order_by(held.person_id)
        )
        return list(found.scalars())

    async def seated(self, *, on: date, body_key: str | None = None) -> list[Seated]:
        """Return the elected who sit in a body, or in any, on a day."""
        held = memberships.c
        found = await self._connection.execute(
            select(people.c.name, bodies.c.key.label("body_key"), held.role)
            .select_from(SEATED)
            .where(bodies.c.key == body_key if body_key else true())
            .where(held.role.in_(ELECTED))
            .where(held.started_on.is_(None) | (held.started_on <= on))
            .where(held.ended_on.is_(None) | (held.ended_on >= on))
            .order_by(people.c.name, held.id)
        )
        return [value_of(Seated, row) for row in found]

    async def add(self, tenant_id: int, *, name: str, language: str) -> int:
        """Add a person, who has a mailbox here from the first day, and return their id."""
        made = await self._connection.execute(
            insert(people)
            .values(tenant_id=tenant_id, name=name, language=language)
            .returning(people.c.id)
        )
        person_id = int(made.scalar_one())
        await self._connection.execute(
            insert(addresses).values(
                person_id=person_id, channel=Channel.INBOX, value=str(person_id)
            )
        )
        return person_id

    async def language(self, person_id: int) -> str:
        """Return the language a person is written to in."""
        found = await self._connection.execute(
            select(people.c.language).where(people.c.id == person_id)
        )
        language: str = found.scalar_one()
        return language

    async def speak(self, person_id: int, language: str) -> None:
        """Remember the language a person is written to in."""
        await self._connection.execute(
            update(people).where(people.c.id == person_id).values(language=language)
        )

    async def addresses(self, person_id: int) -> list[Address]:
        found = await self._connection.execute(
            ADDRESS.where(addresses.c.person_id == person_id).order_by(addresses.c.id)
        )
        return [value_of(Address, row) for row in found]

    async def address(self, address_id: int) -> Address | None:
        found = await self._connection.execute(ADDRESS.where(addresses.c.id == address_id))
        row = found.one_or_none()
        return value_of(Address, row) if row else None

    async def distrust(self, address: Address) -> None:
        """Forget an address; one that was declared to the council only proves nothing more."""
        whose = addresses.c.id == address.id
        if address.is_declared:
            await self._connection.execute(update(addresses).where(whose).values(verified_at=None))
        else:
            await self._connection.execute(delete(addresses).where(whose))

    async def declare(self, address: Address) -> None:
        """Note that this is the one address that somebody declared to the council."""
        theirs = addresses.c.person_id == address.person_id
        for is_declared, whose in ((False, theirs), (True, addresses.c.id == address.id)):
            await self._connection.execute(
                update(addresses).where(whose).values(is_declared=is_declared)
            )

    async def verify(self, person_id: int, channel: Channel, value: str, *, at: datetime) -> None:
        """Note that a person has proved to hold an address, which may be new."""
        statement = insert_for(self._connection, addresses).values(
            person_id=person_id, channel=channel, value=value, verified_at=at
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "channel", "value"],
                set_={"verified_at": at, "quarantined_at": None, "quarantine_code": None},
            )
        )

    async def part(self, channel: Channel, value: str) -> int:
        """Forget that anybody holds an address, and say how many did."""
        gone = await self._connection.execute(
            delete(addresses).where(addresses.c.channel == channel, addresses.c.value == value)
        )
        return gone.rowcount

    async def quarantine(
        self, channel: Channel, values: Sequence[str], *, code: str, at: datetime
    ) -> None:
        """Stop using addresses that a provider called dead."""
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.channel == channel, addresses.c.value.in_(values))
            .where(addresses.c.quarantined_at.is_(None))
            .values(quarantined_at=at, quarantine_code=code)
        )

    async def release(self, value: str, *, channel: Channel | None = None) -> list[int]:
        """Use an address again that was called dead, and return whose it is.

        `channel` is None for whichever it is on.
        """
        statement = (
            update(addresses)
            .where(addresses.c.value == value, addresses.c.quarantined_at.is_not(None))
            .values(quarantined_at=None, quarantine_code=None)
            .returning(addresses.c.person_id)
        )
        if channel is not None:
            statement = statement.where(addresses.c.channel == channel)
        return [row.person_id for row in await self._connection.execute(statement)]

    async def rename_address(self, channel: Channel, old: str, new: str) -> None:
        """Follow an address that the platform has moved."""
        await self._connection.execute(
            update(addresses)
            .where(addresses.c.channel == channel, addresses.c.value == old)
            .values(value=new)
        )

    async def wish(self, person_id: int, channel: Channel, *, is_wanted: bool) -> None:
        """Remember that a person wants a channel, or does not."""
        statement = insert_for(self._connection, channel_wishes).values(
            person_id=person_id, channel=channel, is_wanted=is_wanted
        )
        await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["person_id", "channel"],
                set_={"is_wanted": statement.excluded.is_wanted},
            )
        )


def _one(rows: Sequence[AnyRow], on: date) -> Person | None:
    if not rows:
        return None
    held = tuple(
        Membership(row.body_key, row.role, row.started_on, row.ended_on)
        for row in rows
        if row.role and _is_in_force(row, on)
    )
    return Person(rows[0].id, rows[0].name, rows[0].language, held)


def _is_in_force(row: AnyRow, on: date) -> bool:
    return (row.started_on is None or row.started_on <= on) and (
        row.ended_on is None or on <= row.ended_on
    )
