"""Unsubscribing: somebody leaves a channel by the token of a letter, without logging in."""

from dataclasses import dataclass

from actions.meetings import tenant, today
from actions.people.consenting import stop
from actions.records.sealing import KEY
from domain.leaving import Leaver
from domain.people import Person
from store.bodies import Tenant
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves what. `has_left`: they had left already."""

    person: Person
    leaver: Leaver
    commune: Tenant
    has_left: bool


async def leaving(unit: Unit, token: str) -> Leaving | None:
    """Return who may leave what by a token, changing nothing; None when it is none of ours."""
    key = await unit.facts.value(KEY)
    leaver = Leaver.of(token, bytes.fromhex(key)) if key else None
    if leaver is None:
        return None
    commune = await tenant(unit)
    person = await unit.people.by_id(leaver.person_id, on=today(unit.clock, commune))
    if person is None:
        return None
    asked = (await unit.preferences.of(person.id)).now
    return Leaving(person, leaver, commune, asked.has_stopped(leaver.channel))


async def leave(unit: Unit, token: str) -> Leaving | None:
    """Send no more of what is informational there, nor what waits; safe to repeat.

    None: the token is none of ours, and nothing was changed.
    """
    found = await leaving(unit, token)
    if found is None:
        return None
    if not found.has_left:
        await stop(unit, found.person.id, found.leaver.channel)
    return found
