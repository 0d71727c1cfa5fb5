"""Working days: neither weekend nor public holiday, and a table to correct the latter."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.law.rules import RulePack


@dataclass(frozen=True, slots=True)
class HolidayEdits:
    """What a town knows better: lunar holidays are announced a day before."""

    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of a pack.

    `instead` replaces every public holiday the pack knows; `edits` correct them.
    """

    pack: RulePack
    edits: HolidayEdits = HolidayEdits()
    instead: Collection[date] | None = None

    def is_holiday(self, day: date) -> bool:
        if self.instead is not None:
            return day in self.instead
        if day in self.edits.removed:
            return False
        return day in self.edits.added or day in public_holidays(self.pack, day.year)

    def is_weekend(self, day: date) -> bool:
        return day.isoweekday() in self.pack.weekend

    def is_working(self, day: date) -> bool:
        return not self.is_weekend(day) and not self.is_holiday(day)


def public_holidays(pack: RulePack, year: int) -> frozenset[date]:
    """Return a year's public holidays: what the library knows, and the pack's fixed ones."""
    fixed = {date(year, one.month, one.day) for one in pack.fixed_holidays if one.since <= year}
    return _known_holidays(pack.country, year) | fixed


@lru_cache(maxsize=512)
def _known_holidays(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays  # noqa: PLC0415 - slow, and most deadlines need none

    return frozenset(country_holidays(country, years=year))
