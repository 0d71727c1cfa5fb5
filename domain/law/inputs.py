"""What a question about a deadline gives, read strictly: dates, flags, numbers, session kinds."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from domain.errors import Refused
from domain.law.rules import Input, InputKind, RulePack
from domain.sessions import SessionKind

HOLIDAYS = "holidays"
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Outside these years the holidays library is silent, and a wrong answer would look right.
FIRST_YEAR, LAST_YEAR = 1901, 2099
DATE = Input(InputKind.DATE)

FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
# A kind in full, or who asked for it; "extraordinary" alone is the president's.
KIND_SPELLINGS = {
    "extraordinary": SessionKind.EXTRAORDINARY_PRESIDENT,
    **{kind.value.removeprefix("extraordinary_"): kind for kind in SessionKind},
    **{kind.value: kind for kind in SessionKind},
}


class Inputs:
    """The inputs of one question; each is read when it is first wanted, or raises Refused."""

    def __init__(self, rule: str, pack: RulePack, given: Mapping[str, object]) -> None:
        self._rule = rule
        self._pack = pack
        self._given = {
            name: value for name, value in given.items() if value is not None and value != ""
        }

    def value(self, name: str) -> Any:
        """Return what was given, read as its kind, else its default."""
        wanted = self._pack.inputs.get(name, DATE)
        if name in self._given:
            return READERS[wanted.kind](name, self._given[name])
        if wanted.default is not None:
            return READERS[wanted.kind](name, wanted.default)
        raise Refused("law.missing_input", rule=self._rule, input=name)

    def day(self, name: str) -> date:
        found: date = self.value(name)
        return found

    def has(self, name: str) -> bool:
        return name in self._given

    def holidays(self) -> frozenset[date] | None:
        """Return the public holidays given in place of the pack's own, or None."""
        given = self._given.get(HOLIDAYS)
        if given is None:
            return None
        if isinstance(given, str):
            given = given.replace(",", " ").split()
        if not isinstance(given, list | tuple | set | frozenset):
            raise Refused("law.bad_holidays", value=_shown(given))
        return frozenset(as_date(HOLIDAYS, one) for one in given)


def as_date(name: str, value: object) -> date:
    """Return the date, given as one or as `2026-02-05`."""
    if isinstance(value, str) and ISO_DATE.fullmatch(value.strip()):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError as error:
            raise Refused("law.no_such_date", input=name, value=_shown(value)) from error
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refused("law.bad_date", input=name, value=_shown(value))
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Refused("law.date_out_of_range", input=name, value=value.isoformat())
    return value


def as_flag(name: str, value: object) -> bool:
    found = value if isinstance(value, bool) else FLAGS.get(str(value).strip().lower())
    if found is None:
        raise Refused("law.bad_flag", input=name, value=_shown(value))
    return found


def as_number(name: str, value: object) -> int:
    """Return the whole number, given as one or in figures."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value.strip()):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused("law.bad_number", input=name, value=_shown(value))
    return value


def as_session_kind(name: str, value: object) -> SessionKind:
    """Return the kind, spelled in full or by who asked for the session."""
    found = KIND_SPELLINGS.get("_".join(re.findall(r"[^\W_]+", str(value).lower())))
    if found is None:
        raise Refused("law.bad_session_kind", input=name, value=_shown(value))
    return found


READERS: Mapping[InputKind, Callable[[str, object], Any]] = {
    InputKind.DATE: as_date,
    InputKind.FLAG: as_flag,
    InputKind.NUMBER: as_number,
    InputKind.SESSION_KIND: as_session_kind,
}
SHOWN = 60  # characters of a wrong value that are repeated to who gave it


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
