"""The mistakes in a rule pack's file, all of them, each with its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.bodies import BodyKind, Role
from domain.law.rules import DutyOf, InputKind, Towards, Unit
from domain.sessions import SessionKind

COUNT = re.compile(rf"([1-9][0-9]{{0,3}}) ({'|'.join(Unit)}) ({'|'.join(Towards)})")
DAYS_OF_A_WEEK = frozenset(range(1, 8))
LEAP_YEAR = 2024  # in which 29 February is a day too

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys a table must have and may have, with the type of each; None is any."""

    needs: Mapping[str, type | None] = field(default_factory=dict)
    may: Mapping[str, type | None] = field(default_factory=dict)


_TOP = Shape(
    {"enabled": bool, "country": str, "weekend": list, "source": str, "verified_on": date},
    {
        "fixed_holidays": list,
        "inputs": dict,
        "readings": dict,
        "rules": dict,
        "deadlines": dict,
        "duties": dict,
    },
)
_AUTHORITY: Mapping[str, type | None] = {"source": str, "verified_on": date}
_OVERRIDE: Mapping[str, type | None] = {
    **_AUTHORITY,
    "from": str,
    "count": list,
    "article": str,
    "reading": str,
}
_ENTRIES = {
    "inputs": Shape({"kind": str}, {"default": None}),
    "readings": Shape({"says": str, "alternative": str, "because": str}),
    "rules": Shape({"value": None, "article": str}, {**_AUTHORITY, "counting": str}),
    "deadlines": Shape(
        {"from": str, "count": list, "article": str},
        {**_AUTHORITY, "reading": str, "in_order": list, "cases": list, "otherwise": dict},
    ),
    "duties": Shape(
        {"of": str, "deadline": str, "done": list},
        {"since": str, "once": str, "owner": str, "kinds": list, "bodies": list},
    ),
}
_CASE = Shape({"when": dict}, _OVERRIDE)
_OTHERWISE = Shape({}, _OVERRIDE)
_HOLIDAY = Shape({"month": int, "day": int}, {"since": int})


def mistakes(plain: Plain) -> Iterator[str]:
    """Yield one short sentence a mistake; none means that the pack can be read."""
    yield from _misshapen("the pack", plain, _TOP)
    yield from _weekend(plain.get("weekend"))
    for number, holiday in enumerate(_listed(plain, "fixed_holidays"), 1):
        yield from _holiday(f"fixed_holidays {number}", holiday)
    for section, shape in _ENTRIES.items():
        for name, entry in _tabled(plain, section).items():
            yield from _misshapen(f"{section}.{name}", entry, shape)
            if isinstance(entry, dict) and section in _LOOKED_INTO:
                yield from _LOOKED_INTO[section](f"{section}.{name}", entry, plain)


def _misshapen(place: str, entry: object, shape: Shape) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{place} is not a table"
        return
    known = {**shape.needs, **shape.may}
    for name in shape.needs.keys() - entry.keys():
        yield f"{place}: {name} is missing"
    for name, value in entry.items():
        if name not in known:
            yield f"{place}: {name} is not known here"
        elif not _fits(value, known[name]):
            yield f"{place}: {name} is not a {_TYPE_WORDS[known[name]]}"


_TYPE_WORDS: Mapping[type | None, str] = {
    bool: "true or false",
    int: "whole number",
    str: "text",
    list: "list",
    dict: "table",
    date: "date",
}


def _fits(value: object, kind: type | None) -> bool:
    if kind is None:
        return True
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def _weekend(weekend: object) -> Iterator[str]:
    if isinstance(weekend, list) and not (
        all(day in DAYS_OF_A_WEEK for day in weekend) and len(set(weekend)) < len(DAYS_OF_A_WEEK)
    ):
        yield "the pack: weekend has days from 1 (Monday) to 7, and leaves one to work"


def _holiday(place: str, entry: object) -> Iterator[str]:
    wrong = list(_misshapen(place, entry, _HOLIDAY))
    yield from wrong
    if isinstance(entry, dict) and not wrong:
        try:
            date(LEAP_YEAR, entry["month"], entry["day"])
        except ValueError:
            yield f"{place} is not a day of the year"


def _input(place: str, entry: Plain, _: Plain) -> Iterator[str]:
    if entry.get("kind") not in set(InputKind):
        yield f"{place}: kind is one of {', '.join(InputKind)}"


def _deadline(place: str, entry: Plain, pack: Plain) -> Iterator[str]:
    yield from _reckoning(place, entry, pack)
    for number, case in enumerate(_listed(entry, "cases"), 1):
        yield from _misshapen(f"{place}, case {number}", case, _CASE)
        if isinstance(case, dict):
            yield from _reckoning(f"{place}, case {number}", case, pack)
            yield from _when(f"{place}, case {number}", case, pack)
    if isinstance(entry.get("otherwise"), dict):
        if "reading" not in entry:
            yield f"{place}: otherwise needs a reading, whose alternative it is"
        yield from _misshapen(f"{place}, otherwise", entry["otherwise"], _OTHERWISE)
        yield from _reckoning(f"{place}, otherwise", entry["otherwise"], pack)


def _reckoning(place: str, entry: Plain, pack: Plain) -> Iterator[str]:
    counts = entry.get("count")
    if counts == []:
        yield f"{place}: count is empty"
    for count in _listed(entry, "count"):
        if not isinstance(count, str) or not COUNT.fullmatch(count):
            yield f'{place}: {count!r} is not a count such as "10 days before"'
    reading = entry.get("reading")
    if reading is not None and reading not in _tabled(pack, "readings"):
        yield f"{place}: there is no reading {reading!r}"


def _when(place: str, case: Plain, pack: Plain) -> Iterator[str]:
    for name, wanted in _tabled(case, "when").items():
        if name not in _tabled(pack, "inputs"):
            yield f"{place}: there is no input {name!r}"
        if isinstance(wanted, dict) and not (
            set(wanted) == {"below"} and isinstance(wanted["below"], int)
        ):
            yield f"{place}: {name} is a value, a list of values, or {{ below = a number }}"


def _duty(place: str, entry: Plain, pack: Plain) -> Iterator[str]:
    if entry.get("deadline") not in _tabled(pack, "deadlines"):
        yield f"{place}: there is no deadline {entry.get('deadline')!r}"
    if entry.get("of") not in set(DutyOf):
        yield f"{place}: of is one of {', '.join(DutyOf)}"
    if entry.get("owner", Role.PRESIDENT) not in set(Role):
        yield f"{place}: owner is one of {', '.join(Role)}, or left out for what is awaited"
    for name, kinds in (("kinds", SessionKind), ("bodies", BodyKind)):
        if not set(_listed(entry, name)) <= set(kinds):
            yield f"{place}: {name} are among {', '.join(kinds)}"


_LOOKED_INTO: Mapping[str, Callable[[str, Plain, Plain], Iterator[str]]] = {
    "inputs": _input,
    "deadlines": _deadline,
    "duties": _duty,
}


def _listed(plain: Plain, name: str) -> list[Any]:
    found = plain.get(name)
    return found if isinstance(found, list) else []


def _tabled(plain: Plain, name: str) -> dict[str, Any]:
    found = plain.get(name)
    return found if isinstance(found, dict) else {}
