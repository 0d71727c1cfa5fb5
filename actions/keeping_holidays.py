"""Keeping the public holidays: what the town knows better than the library of holidays."""

from dataclasses import dataclass
from datetime import date

from actions.meetings import tenant
from actions.records.noting import note
from domain import law
from domain.actors import Actor
from domain.errors import Refused
from domain.importing.body_drafts import name as readable
from domain.law.holiday_names import holiday_names
from domain.law.inputs import as_date
from domain.rights import Act, require
from store.bodies import Tenant
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day as it stands in the calendar.

    `is_own`: the town has added it, confirmed it, or taken it away (`is_counted` is False).
    """

    day: date
    name: str
    is_counted: bool
    is_own: bool


async def add(unit: Unit, day: date, name: str, *, actor: Actor) -> bool:
    """Count a day as a public holiday; return whether that changed anything.

    One that the library names too is confirmed: it stays, whatever later versions estimate.
    """
    require(actor, Act.FOUND)
    commune = await tenant(unit)
    as_date("day", day)
    if not (name := readable(name)):
        raise Refused("founding.no_name")
    kept = (await unit.bodies.holidays(commune.id)).get(day)
    if kept and (await unit.bodies.holiday_names(commune.id))[day] == name:
        return False
    await unit.bodies.keep_holiday(commune.id, day, name, is_holiday=True)
    await _note(unit, commune, day, "holiday.added", actor)
    return True


async def remove(unit: Unit, day: date, *, actor: Actor, language: str = "fr") -> None:
    """Count a day as any other: one the library names, or one that was added.

    Raises Refused when it is no holiday.
    """
    require(actor, Act.FOUND)
    commune = await tenant(unit)
    known = holiday_names(law.pack(commune.rule_pack), as_date("day", day).year, language)
    kept = (await unit.bodies.holidays(commune.id)).get(day)
    if kept is False or (kept is None and day not in known):
        raise Refused("founding.no_holiday", day=day)
    if day in known:
        await unit.bodies.keep_holiday(commune.id, day, known[day], is_holiday=False)
    else:
        await unit.bodies.forget_holiday(commune.id, day)
    await _note(unit, commune, day, "holiday.removed", actor)


async def calendar(unit: Unit, year: int, *, language: str) -> list[Holiday]:
    """Return a year's holidays in order, with those the town has taken away.

    The library knows the years from 1901 to 2099.
    """
    commune = await tenant(unit)
    known = holiday_names(law.pack(commune.rule_pack), year, language)
    kept = await unit.bodies.holidays(commune.id)
    own = await unit.bodies.holiday_names(commune.id)
    days = {*known, *(day for day in kept if day.year == year)}
    return [
        Holiday(day, own.get(day) or known[day], kept.get(day, True), day in kept)
        for day in sorted(days)
    ]


async def edits(unit: Unit, commune: Tenant) -> law.HolidayEdits:
    """Return what the town's table changes, as the law's deadlines take it."""
    kept = await unit.bodies.holidays(commune.id)
    return law.HolidayEdits(
        added=frozenset(day for day, is_holiday in kept.items() if is_holiday),
        removed=frozenset(day for day, is_holiday in kept.items() if not is_holiday),
    )


async def _note(unit: Unit, commune: Tenant, day: date, act: str, actor: Actor) -> None:
    await note(unit, actor, act, f"tenant:{commune.slug}", day=day.isoformat())
