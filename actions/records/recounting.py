"""Recounting: the history of anything, found by how people call it, read from the audit log."""

import re
from collections.abc import Awaitable, Callable, Mapping
from re import Match

from actions.meetings import tenant, today
from domain.audit import Entry
from domain.clock import wall_time, zone
from domain.errors import Refused
from domain.history import Happening
from store.unit import Unit

PERSON = "person:"
KINDS = "session|item|publication|petition|person|notice|body|tenant|channel|webhook|slack"


async def subject_of(unit: Unit, ref: str) -> str:
    """Return what the audit log calls a thing: `APP-61` is `publication:61`. Raises Refused."""
    for pattern, name in REFERENCES.items():
        if (found := pattern.fullmatch(ref.strip())) and (subject := await name(unit, found)):
            return subject
    raise Refused("history.unknown", ref=ref)


async def recounted(unit: Unit, subject: str, *, publicly: bool = False) -> list[Happening]:
    """Return what was done to a thing, in order, by people as they are called today.

    `publicly`: what everybody may know was done, and nobody's name.
    """
    commune = await tenant(unit)
    clock = zone(commune.zone)
    entries = await unit.audit.of(subject)
    names = {} if publicly else await _names(unit, entries)
    happened = [
        Happening(
            wall_time(entry.at, clock),
            subject.partition(":")[0],
            entry.act,
            names.get(entry.actor, entry.actor),
            str(entry.facts.get("channel") or ""),
            entry.facts,
        )
        for entry in entries
    ]
    return [one for one in happened if one.is_public or not publicly]


async def _names(unit: Unit, entries: list[Entry]) -> dict[str, str]:
    on = today(unit.clock, await tenant(unit))
    names: dict[str, str] = {}
    for actor in {entry.actor for entry in entries if entry.actor.startswith(PERSON)}:
        person = await unit.people.by_id(int(actor.removeprefix(PERSON)), on=on)
        if person is not None:
            names[actor] = person.name
    return names


async def _as_written(_: Unit, found: Match[str]) -> str:
    return f"{found['kind'].lower()}:{found['id']}"


async def _publication(_: Unit, found: Match[str]) -> str:
    return f"publication:{int(found['id'])}"


async def _minutes(unit: Unit, found: Match[str]) -> str | None:
    minutes = await unit.minutes.called(int(found["year"]), int(found["id"]))
    return f"publication:{minutes.publication_id}" if minutes else None


async def _petition(unit: Unit, found: Match[str]) -> str | None:
    petition = await unit.petitions.called(found[0])
    return f"petition:{petition.id}" if petition else None


async def _decision(_: Unit, found: Match[str]) -> str:
    return f"decision:DEL-{found['year']}-{int(found['id'])}"


async def _request(_: Unit, found: Match[str]) -> str:
    return f"request:{found['book'].upper()}-{found['year']}-{int(found['id'])}"


async def _item(unit: Unit, found: Match[str]) -> str | None:
    items = await unit.agenda.of(int(found["session"]))
    wanted = found["number"].casefold()
    item = next((item for item in items if item.number.casefold() == wanted), None)
    return f"item:{item.id}" if item else None


REFERENCES: Mapping[re.Pattern[str], Callable[[Unit, Match[str]], Awaitable[str | None]]] = {
    re.compile(pattern, re.IGNORECASE): name
    for pattern, name in (
        (r"APP-0*(?P<id>\d{1,9})", _publication),
        (r"PET-(?P<year>\d{4})-(?P<id>\d{1,9})", _petition),
        (r"PV-(?P<year>\d{4})-(?P<id>\d{1,9})", _minutes),
        (r"DEL-(?P<year>\d{4})-(?P<id>\d{1,9})", _decision),
        (r"(?P<book>REQ|ARR|DEP)-(?P<year>\d{4})-(?P<id>\d{1,9})", _request),
        (r"item[ :]?(?P<session>\d{1,9})/(?P<number>\w{1,16})", _item),
        (rf"(?P<kind>{KINDS}):(?P<id>\S{{1,80}})", _as_written),
    )
}
