"""Looking people up, and taking one from another system as an import takes many."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from actions.meetings import tenant, today
from actions.people.importing_people import PeopleImported, import_people
from domain.actors import Actor
from domain.addresses import Address
from domain.people import Person
from domain.rights import Act, require
from store.inventory import Dated, Part
from store.unit import Unit

COLUMNS = ("name", "role", "body", "language", "declared address", "other addresses", "verified")
NO_SEAT = ("", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as another system knows them; `seats` are roles and the bodies they are in."""

    name: str
    language: str
    seats: Sequence[tuple[str, str]] = ()
    declared: str = ""
    others: Sequence[str] = ()
    is_verified: bool = False


async def people(
    unit: Unit, part: Part, *, actor: Actor
) -> list[tuple[Dated[Person], list[Address]]]:
    """Return people with the seats they hold today, and their addresses.

    Those are to be masked for who may not read them.
    """
    require(actor, Act.EXPORT)
    day = today(unit.clock, await tenant(unit))
    found = await unit.inventory.people(part)
    reached = await unit.inventory.addresses([one.value.id for one in found])
    return [(replace(one, value=_seated(one.value, day)), reached[one.value.id]) for one in found]


async def take(unit: Unit, entry: Entry, *, actor: Actor, is_dry_run: bool) -> PeopleImported:
    """Add somebody, or change whom the register knows by this name, as a file of one would.

    Raises Refused as importing does.
    """
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    verified = "yes" if entry.is_verified else "no"
    for role, body in entry.seats or (NO_SEAT,):
        others = "; ".join(entry.others)
        writer.writerow((entry.name, role, body, entry.language, entry.declared, others, verified))
    content = table.getvalue().encode()
    return await import_people(unit, content, actor=actor, is_dry_run=is_dry_run)


def _seated(person: Person, day: date) -> Person:
    held = tuple(one for one in person.memberships if one.is_held(day))
    return replace(person, memberships=held)
