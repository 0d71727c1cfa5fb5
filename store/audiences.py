"""Who a notice is for, read in pages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Address, Channel
from domain.bodies import ELECTED, Role
from domain.deliveries import REACHED, UNFINISHED, State
from domain.escalations import SILENT
from domain.notices import TELLING, Audience, AudienceKind
from domain.people import Recipient
from domain.topics import item_and_body, of_body, of_item
from domain.wishes import NOTHING_SAID, Preferences
from store.escalations import unseen
from store.lists import among
from store.preferences import with_channels
from store.tables.catalogue import item_subjects
from store.tables.outbox import deliveries, notices
from store.tables.people import (
    addresses,
    bodies,
    channel_wishes,
    followings,
    memberships,
    people,
    preferences,
)

TOLD = (*REACHED, *UNFINISHED, State.UNCERTAIN)
NO_ROLES: frozenset[Role] = frozenset()
NOT_TOLD = (State.SUPPRESSED, State.GATHERED, State.DIGESTED, State.CANCELLED)


class Audiences:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(
        self, audience: Audience, *, on: date, after: int, most: int, with_roles: bool = False
    ) -> list[Recipient]:
        """Return the next recipients by id, after person `after`; seats are those held on a day."""
        asked = select(people.c.id, people.c.language).where(condition(audience, on))
        return await self._recipients(asked, on=on, after=after, most=most, with_roles=with_roles)

    async def unseen(
        self, notice_id: int, *, on: date, after: int, most: int, with_roles: bool = False
    ) -> list[Recipient]:
        """Return those told of a notice who have not seen it, by id, after person `after`."""
        asked = unseen(notice_id)
        return await self._recipients(asked, on=on, after=after, most=most, with_roles=with_roles)

    async def untold(self, session_id: int, body_key: str, *, on: date) -> list[int]:
        """Return the ids of those with a seat in a body on a day who were told of no session so."""
        found = await self._connection.execute(
            select(people.c.id)
            .where(_has_a_seat(body_key, on), ~_was_told(session_id))
            .order_by(people.c.id)
        )
        return list(found.scalars())

    async def told_lately(
        self, notice_ids: Sequence[int], person_ids: Sequence[int]
    ) -> dict[int, int]:
        """Return how many of these notices reached each person on their own, not in a digest."""
        found = await self._connection.execute(
            select(deliveries.c.person_id, func.count(deliveries.c.notice_id.distinct()))
            .where(deliveries.c.notice_id.in_(notice_ids))
            .where(deliveries.c.channel.not_in(SILENT), deliveries.c.state.not_in(NOT_TOLD))
            .where(among(self._connection, deliveries.c.person_id, person_ids))
            .group_by(deliveries.c.person_id)
        )
        return {row[0]: row[1] for row in found}

    async def _recipients(
        self,
        asked: Select[tuple[int, str]],
        *,
        on: date,
        after: int,
        most: int,
        with_roles: bool,
    ) -> list[Recipient]:
        found = await self._connection.execute(
            asked.add_columns(preferences.c.said)
            .select_from(people.outerjoin(preferences, preferences.c.person_id == people.c.id))
            .where(people.c.id > after)
            .order_by(people.c.id)
            .limit(most)
        )
        rows = found.all()
        ids = [row.id for row in rows]
        places = await self._addresses(ids)
        wishes = await self._wishes(ids)
        roles = await self._roles(ids, on) if with_roles else {}
        return [
            Recipient(
                person_id,
                language,
                tuple(places.get(person_id, ())),
                _preferences(said, wishes.get(person_id)),
                frozenset(roles[person_id]) if person_id in roles else NO_ROLES,
            )
            for person_id, language, said in rows
        ]

    async def _roles(self, ids: Sequence[int], on: date) -> dict[int, set[Role]]:
        held = memberships.c
        found = await self._connection.execute(
            select(held.person_id, held.role)
            .where(among(self._connection, held.person_id, ids))
            .where(or_(held.started_on.is_(None), held.started_on <= on))
            .where(or_(held.ended_on.is_(None), held.ended_on >= on))
        )
        roles: dict[int, set[Role]] = defaultdict(set)
        for row in found:
            roles[row.person_id].add(row.role)
        return roles

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


def _preferences(said: Any, wishes: dict[Channel, bool] | None) -> Preferences:
    return with_channels(said, wishes or {}) if said or wishes else NOTHING_SAID


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
        case _:
            return _follows(audience, on)


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


def _follows(audience: Audience, on: date) -> ColumnElement[bool]:
    """Say who asked for a topic by name, who follows a body, and who an item of it."""
    if audience.kind is AudienceKind.ASKED:
        return _asked(audience.ref)
    if audience.kind is AudienceKind.FOLLOWERS:
        return _follows_body(audience.ref, on)
    return _follows_item(audience, on)


def _follows_body(body_key: str, on: date) -> ColumnElement[bool]:
    """Say who asked for a body by name; whoever sits in it is told otherwise."""
    return _asked(of_body(body_key)) & ~_has_a_seat(body_key, on)


def _follows_item(audience: Audience, on: date) -> ColumnElement[bool]:
    """Say who follows an item or its body, and who follows what it is about.

    Whoever follows the body was told of its whole agenda: what is ABOUT their words is in it.
    """
    item_id, body_key = item_and_body(audience) or (0, "")
    about = exists(
        select(followings.c.person_id)
        .join(item_subjects, item_subjects.c.topic == followings.c.topic)
        .where(item_subjects.c.item_id == item_id, followings.c.person_id == people.c.id)
    )
    if audience.kind is AudienceKind.ABOUT:
        return about & ~_follows_body(body_key, on)
    return or_(_follows_body(body_key, on), _asked(of_item(item_id)), about)


def _asked(topic: str) -> ColumnElement[bool]:
    return exists(
        select(followings.c.person_id)
        .where(followings.c.topic == topic)
        .where(followings.c.person_id == people.c.id)
    )


def _was_told(session_id: int) -> ColumnElement[bool]:
    return exists(
        select(deliveries.c.id)
        .join(notices, notices.c.id == deliveries.c.notice_id)
        .where(deliveries.c.person_id == people.c.id, notices.c.session_id == session_id)
        .where(notices.c.kind.in_(TELLING), deliveries.c.state.in_(TOLD))
    )
