"""Who a notice is for, read in pages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Address, Channel
from domain.bodies import ELECTED
from domain.deliveries import REACHED, UNFINISHED, State
from domain.notices import TELLING, Audience, AudienceKind
from domain.people import Recipient
from store.lists import among
from store.tables.outbox import deliveries, notices
from store.tables.people import addresses, bodies, channel_wishes, memberships, people

TOLD = (*REACHED, *UNFINISHED, State.UNCERTAIN)


class Audiences:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, audience: Audience, *, on: date, after: int, most: int) -> list[Recipient]:
        """Return the next recipients by id, after person `after`; seats are those held on a day."""
        found = await self._connection.execute(
            select(people.c.id, people.c.language)
            .where(people.c.id > after, condition(audience, on))
            .order_by(people.c.id)
            .limit(most)
        )
        rows = found.all()
        ids = [row.id for row in rows]
        places = await self._addresses(ids)
        wishes = await self._wishes(ids)
        return [
            Recipient(row.id, row.language, tuple(places[row.id]), wishes[row.id]) for row in rows
        ]

    async def _addresses(self, ids: Sequence[int]) -> dict[int, list[Address]]:
        found = await self._connection.execute(
            select(*(addresses.c[name] for name in Address.__slots__))
            .where(among(self._connection, addresses.c.person_id, ids))
            .order_by(addresses.c.id)
        )
        places: dict[int, list[Address]] = defaultdict(list)
        for row in found:
            address = Address(*row)
            places[address.person_id].append(address)
        return places

    async def _wishes(self, ids: Sequence[int]) -> dict[int, dict[Channel, bool]]:
        found = await self._connection.execute(
            select(channel_wishes).where(among(self._connection, channel_wishes.c.person_id, ids))
        )
        wishes: dict[int, dict[Channel, bool]] = defaultdict(dict)
        for row in found:
            wishes[row.person_id][row.channel] = row.is_wanted
        return wishes


def condition(audience: Audience, on: date) -> ColumnElement[bool]:
    """Return what must be true of a row of `people` for the person to be in an audience."""
    match audience.kind:
        case AudienceKind.EVERYONE:
            return people.c.id > 0
        case AudienceKind.PERSON:
            return people.c.id == int(audience.ref)
        case AudienceKind.BODY:
            return _has_a_seat(audience.ref, on)
        case AudienceKind.TOLD:
            return _was_told(int(audience.ref))


def _has_a_seat(body_key: str, on: date) -> ColumnElement[bool]:
    held = memberships.c
    return exists(
        select(held.id)
        .join(bodies, bodies.c.id == held.body_id)
        .where(held.person_id == people.c.id, bodies.c.key == body_key)
        .where(held.role.in_(ELECTED))
        .where(or_(held.started_on.is_(None), held.started_on <= on))
        .where(or_(held.ended_on.is_(None), held.ended_on >= on))
    )


def _was_told(session_id: int) -> ColumnElement[bool]:
    return exists(
        select(deliveries.c.id)
        .join(notices, notices.c.id == deliveries.c.notice_id)
        .where(deliveries.c.person_id == people.c.id, notices.c.session_id == session_id)
        .where(notices.c.kind.in_(TELLING), deliveries.c.state.in_(TOLD))
    )
