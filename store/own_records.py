"""All that is kept of one person, whatever the table; and what of it can be forgotten."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    cast,
    delete,
    false,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Address, Channel
from domain.deliveries import State
from domain.letters import mailbox, talk_at
from domain.notices import NoticeClass
from domain.petitions import PetitionState
from domain.petitions.states import FORWARD
from domain.requests import OPEN
from store.tables import metadata
from store.tables.calendars import calendar_links
from store.tables.council import reminders
from store.tables.letters import letter_marks
from store.tables.matches import matches
from store.tables.matters import open_copies
from store.tables.outbox import deliveries, delivery_events, digests, notices
from store.tables.passkeys import passkeys
from store.tables.people import (
    addresses,
    channel_wishes,
    followings,
    memberships,
    people,
    preferences,
)
from store.tables.petitions import petitions, signatures
from store.tables.records import audit
from store.tables.requests import brought_files, drafts, requests
from store.tables.subscriptions import push_subscriptions
from store.tables.talk import codes, conversations, link_tokens
from store.tables.web import sign_in_links, web_sessions

# What only opens or proves something, and tells nobody anything.
SECRET = frozenset({"sha256", "seal", "about", "p256dh", "auth", "credential", "public_key"})
OVER = frozenset(state for state in PetitionState if not FORWARD[state])
FORGOTTEN: Sequence[Table] = (
    channel_wishes,
    preferences,
    followings,
    web_sessions,
    sign_in_links,
    link_tokens,
    codes,
    matches,
    digests,
    reminders,
    calendar_links,
    passkeys,
)

Row = Mapping[str, Any]


class OwnRecords:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(
        self, person_id: int, held: Sequence[Address], signed: Sequence[int]
    ) -> dict[str, list[Row]]:
        """Return every row about a person, by table, as plain values; `signed` are signatures'."""
        found = {"people": await self._rows(select(people).where(people.c.id == person_id))}
        for table in metadata.sorted_tables:
            if theirs := _of_person(table, person_id):
                found[table.name] = await self._rows(select(table).where(or_(*theirs)))
        subject = f"person:{person_id}"
        for query in (
            select(conversations).where(_at(conversations, person_id, held)),
            select(drafts).where(drafts.c.holder.in_(_holders(person_id, held))),
            select(push_subscriptions).where(push_subscriptions.c.name.in_(_browsers(held))),
            select(signatures).where(or_(signatures.c.id.in_(signed), _signed_as(person_id))),
            select(audit).where(or_(audit.c.subject == subject, audit.c.actor == subject)),
            _told(person_id),
        ):
            source = query.get_final_froms()[0]
            found[str(source)] = await self._rows(query)
        return {name: rows for name, rows in found.items() if rows}

    async def open_petitions(self, person_id: int) -> list[str]:
        """Return the petitions that a person speaks for and that are not over, by reference."""
        found = await self._connection.execute(
            select(petitions.c.year, petitions.c.number)
            .where(petitions.c.mandatary_id == person_id, petitions.c.state.not_in(OVER))
            .order_by(petitions.c.id)
        )
        return [f"PET-{row.year}-{row.number:04}" for row in found]

    async def forget(self, person_id: int, held: Sequence[Address]) -> None:
        """Forget a person: the row stays, so that what was counted and proved still stands.

        Whoever has held an office keeps their name in its records. An open request keeps where its
        answer goes.
        """
        await self._forget_letters(person_id)
        await self._forget_words(person_id, held)
        for table in FORGOTTEN:
            await self._connection.execute(delete(table).where(table.c.person_id == person_id))
        await self._connection.execute(delete(addresses).where(addresses.c.person_id == person_id))
        served = select(memberships.c.person_id).where(memberships.c.person_id == person_id)
        await self._connection.execute(
            update(people).where(people.c.id == person_id, ~served.exists()).values(name="")
        )

    async def _forget_letters(self, person_id: int) -> None:
        """Forget where they were written to and what, save what the law has proved of it."""
        owed = select(notices.c.id).where(notices.c.notice_class == NoticeClass.STATUTORY)
        informing = and_(
            deliveries.c.person_id == person_id,
            or_(deliveries.c.notice_id.is_(None), deliveries.c.notice_id.not_in(owed)),
        )
        waiting = deliveries.c.state.in_((State.QUEUED, State.GATHERED))
        await self._connection.execute(
            update(deliveries)
            .where(informing, waiting)
            .values(state=State.CANCELLED, code="erased")
        )
        alone = and_(informing, deliveries.c.notice_id.is_(None))
        theirs = select(deliveries.c.id).where(alone)
        for table in (letter_marks, delivery_events, open_copies):
            await self._connection.execute(delete(table).where(table.c.delivery_id.in_(theirs)))
        await self._connection.execute(delete(deliveries).where(alone))
        nowhere = literal("erased-") + cast(deliveries.c.id, String)
        await self._connection.execute(
            update(deliveries).where(informing).values(address=nowhere, message=None)
        )

    async def _forget_words(self, person_id: int, held: Sequence[Address]) -> None:
        """Forget what they said: talks, drafts, requests that are over, their name on petitions."""
        begun = drafts.c.holder.in_(_holders(person_id, held))
        of_drafts = select(drafts.c.id).where(begun)
        for statement in (
            delete(brought_files).where(brought_files.c.draft_id.in_(of_drafts)),
            delete(drafts).where(begun),
            delete(conversations).where(_at(conversations, person_id, held)),
            delete(push_subscriptions).where(push_subscriptions.c.name.in_(_browsers(held))),
            update(requests)
            .where(requests.c.person_id == person_id, requests.c.state.not_in(OPEN))
            .values(person_id=None, address="erased", fields={}, answer=""),
            update(petitions).where(petitions.c.mandatary_id == person_id).values(mandatary=""),
        ):
            await self._connection.execute(statement)

    async def _rows(self, query: Select[Any]) -> list[Row]:
        found = await self._connection.execute(query)
        return [
            {name: _plain(value) for name, value in row._asdict().items() if name not in SECRET}
            for row in found
        ]


def _of_person(table: Table, person_id: int) -> list[ColumnElement[bool]]:
    """Return what is true of a row of this table that names a person; none where none does."""
    return [
        column == person_id
        for column in table.columns
        if any(key.column is people.c.id for key in column.foreign_keys)
    ]


def _told(person_id: int) -> Select[Any]:
    """The notices they were told of, as they were published."""
    told = select(deliveries.c.notice_id).where(deliveries.c.person_id == person_id)
    return select(notices).where(notices.c.id.in_(told))


def _signed_as(person_id: int) -> ColumnElement[bool]:
    return signatures.c.person_id == person_id


def _at(table: Table, person_id: int, held: Sequence[Address]) -> ColumnElement[bool]:
    """Say whether a row is about one of somebody's addresses."""
    return or_(
        false(),
        *(
            and_(table.c.channel == channel, table.c.address == value)
            for channel, value in _places(person_id, held)
        ),
    )


def _holders(person_id: int, held: Sequence[Address]) -> list[str]:
    places = (f"{channel}:{value}" for channel, value in _places(person_id, held))
    return [f"person:{person_id}", *places]


def _places(person_id: int, held: Sequence[Address]) -> Iterator[tuple[Channel, str]]:
    yield Channel.INBOX, mailbox(person_id)
    yield Channel.INBOX, talk_at(person_id)
    yield from ((one.channel, one.value) for one in held)


def _browsers(held: Sequence[Address]) -> list[str]:
    return [one.value for one in held if one.channel is Channel.PUSH]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
