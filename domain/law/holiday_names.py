"""Public holidays by name, as the library calls them in the reader's language."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from domain.law.rules import RulePack
from domain.law.workdays import public_holidays
from domain.phrasebook import phrasebook

# The library's codes; where it has not the language, it answers in English.
CODES = {"en": "en_US"}


def holiday_names(pack: RulePack, year: int, language: str) -> dict[date, str]:
    """Return a year's public holidays in order, each with its name."""
    known = _known_names(pack.country, year, CODES.get(language, language))
    unnamed = phrasebook().say("founding.unnamed_holiday", language)
    return {day: known.get(day, unnamed) for day in sorted(public_holidays(pack, year))}


@lru_cache(maxsize=64)
def _known_names(country: str, year: int, code: str) -> Mapping[date, str]:
    from holidays import country_holidays  # noqa: PLC0415 - slow, and most commands need none

    return dict(country_holidays(country, years=year, language=code))
