"""Giving the records out as tables, in columns that an import reads back."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from actions.meetings import tenant, today
from domain.actors import Actor
from domain.addresses import Address, Channel, masked
from domain.importing.people_files import CHANNELS
from domain.rights import Act, require
from store.unit import Unit

PAGE = 1000

Row = Sequence[object]

Shown = Callable[[Channel, str], str]  # how an address is written


class Exported(StrEnum):
    PEOPLE = "people"
    SESSIONS = "sessions"
    AGENDA = "agenda"
    DELIVERIES = "deliveries"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Export:
    """A table: its header, and its rows a page at a time."""

    header: tuple[str, ...]
    pages: AsyncIterator[list[Row]]


def export(unit: Unit, what: Exported, *, actor: Actor, is_masked: bool = True) -> Export:
    """Return a table of everything there is; addresses are masked unless asked otherwise.

    People and agendas come in the columns that an import reads: unmasked, a file that
    went out changes nothing when it comes in again. Raises Refused when they may not have it.
    """
    require(actor, NEEDED[what])
    if not is_masked:
        require(actor, Act.READ_ADDRESSES)
    header, pages = TABLES[what]
    return Export(header, pages(unit, masked if is_masked else _whole))


async def _people(unit: Unit, shown: Shown) -> AsyncIterator[list[Row]]:
    people = await unit.register.everybody(on=today(unit.clock, await tenant(unit)))
    rows: list[Row] = []
    for person in people:
        declared = person.declared
        others = "; ".join(
            _address(address, shown)
            for address in person.addresses
            if not address.is_declared and address.channel in CHANNELS.values()
        )
        where = _address(declared, shown) if declared else ""
        verified = ("yes" if declared.is_verified else "no") if declared else ""
        rows += [
            (person.name, role, key, person.language, where, others, verified)
            for key, role in person.seats or (("", ""),)
        ]
    yield rows


async def _sessions(unit: Unit, _: Shown) -> AsyncIterator[list[Row]]:
    yield [
        (
            session.id,
            session.body_key,
            session.kind,
            session.state,
            session.agenda_state,
            session.sequence,
            sitting.number,
            sitting.starts.isoformat(" ", "minutes"),
            sitting.ends.isoformat(" ", "minutes"),
            sitting.zone,
            sitting.place,
            "yes" if sitting.is_public else "no",
            sitting.state,
        )
        for session in await unit.sessions.all()
        for sitting in await unit.sessions.sittings(session.id)
    ]


async def _agenda(unit: Unit, _: Shown) -> AsyncIterator[list[Row]]:
    for session in await unit.sessions.all():
        sittings = await unit.sessions.sittings(session.id)
        opening = sittings[0]
        yield [
            (
                session.body_key,
                opening.starts.date(),
                opening.starts.strftime("%H:%M"),
                session.kind,
                opening.place,
                item.number,
                item.title,
                item.language,
                item.rapporteur,
                item.department,
                item.reference,
                "yes" if item.is_public else "no",
                item.source,
                item.state,
            )
            for item in await unit.agenda.of(session.id)
        ]


async def _deliveries(unit: Unit, shown: Shown) -> AsyncIterator[list[Row]]:
    last: int | None = None
    while page := await unit.overview.deliveries(before=last, most=PAGE):
        last = page[-1].id
        yield [
            (
                one.id,
                one.notice_id,
                one.person_id,
                one.channel,
                shown(one.channel, one.address),
                one.reason,
                one.state,
                one.code,
                one.attempts,
                one.queued_at.isoformat(),
                one.due_at.isoformat(),
            )
            for one in page
        ]


async def _audit(unit: Unit, _: Shown) -> AsyncIterator[list[Row]]:
    after = 0
    while page := await unit.audit.entries(after=after, most=PAGE):
        after = page[-1].number
        yield [
            (
                one.number,
                one.at.isoformat(),
                one.actor,
                one.act,
                one.subject,
                ", ".join(f"{name}={value}" for name, value in one.facts.items()),
                one.previous,
                one.hash,
            )
            for one in page
        ]


def _whole(_: Channel, value: str) -> str:
    return value


def _address(address: Address, shown: Shown) -> str:
    value = shown(address.channel, address.value)
    prefix = PREFIXES[address.channel]
    return value if "@" in value else f"{prefix}:{value}"


NEEDED: Mapping[Exported, Act] = {
    Exported.PEOPLE: Act.EXPORT,
    Exported.SESSIONS: Act.EXPORT,
    Exported.AGENDA: Act.EXPORT,
    Exported.DELIVERIES: Act.READ_RECORDS,
    Exported.AUDIT: Act.READ_RECORDS,
}

Pages = Callable[[Unit, Shown], AsyncIterator[list[Row]]]

PREFIXES = {channel: prefix for prefix, channel in reversed(CHANNELS.items())}
TABLES: Mapping[Exported, tuple[tuple[str, ...], Pages]] = {
    Exported.PEOPLE: (
        ("name", "role", "body", "language", "declared address", "other addresses", "verified"),
        _people,
    ),
    Exported.SESSIONS: (
        ("id", "body", "kind", "state", "agenda", "sequence", "sitting", "starts", "ends", "zone",
         "place", "public", "sitting state"),
        _sessions,
    ),
    Exported.AGENDA: (
        ("body", "date", "time", "kind", "place", "number", "title", "language", "rapporteur",
         "department", "reference", "public", "source", "state"),
        _agenda,
    ),
    Exported.DELIVERIES: (
        ("id", "notice", "person", "channel", "address", "reason", "state", "code", "attempts",
         "queued at", "due at"),
        _deliveries,
    ),
    Exported.AUDIT: (
        ("number", "at", "actor", "act", "subject", "facts", "previous", "hash"),
        _audit,
    ),
}  # fmt: skip
