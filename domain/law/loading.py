"""Rule packs, read from their files."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from domain.bodies import Role
from domain.errors import Misconfigured, Refused
from domain.law.checking import COUNT, mistakes
from domain.law.rules import (
    DELIBERATING,
    Authority,
    Case,
    Count,
    DeadlineRule,
    DutyOf,
    DutyRule,
    FixedHoliday,
    Input,
    InputKind,
    Reading,
    Reckoning,
    Rule,
    RulePack,
    Towards,
    Unit,
)

Plain = Mapping[str, Any]
SUFFIX = ".toml"


@lru_cache(maxsize=1)
def pack_keys() -> tuple[str, ...]:
    """Return the keys of all packs, disabled ones too."""
    names = [file.name for file in files("domain.law").joinpath("packs").iterdir()]
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


@lru_cache(maxsize=16)
def pack(key: str) -> RulePack:
    """Return the rule pack of this key (`ma`, `fr`), enabled or not.

    Raises Refused when there is none, Misconfigured when its file has mistakes.
    """
    if key not in pack_keys():
        raise Refused("law.unknown_pack", pack=key, packs=pack_keys())
    file = files("domain.law").joinpath("packs", f"{key}{SUFFIX}")
    return read_pack(key, file.read_text("utf-8"))


def read_pack(key: str, text: str) -> RulePack:
    """Return the pack that this TOML describes, or raise Misconfigured with every mistake."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"The rule pack {key} is not TOML: {error}.") from error
    if wrong := list(mistakes(plain)):
        raise Misconfigured(f"The rule pack {key} has mistakes. " + "; ".join(wrong) + ".")
    return _pack(key, plain)


def _pack(key: str, plain: Plain) -> RulePack:
    deadlines = plain.get("deadlines", {}).items()
    rules = plain.get("rules", {}).items()
    return RulePack(
        key=key,
        is_enabled=plain["enabled"],
        country=plain["country"],
        weekend=frozenset(plain["weekend"]),
        fixed_holidays=tuple(FixedHoliday(**one) for one in plain.get("fixed_holidays", ())),
        inputs={name: _input(one) for name, one in plain.get("inputs", {}).items()},
        readings={name: Reading(**one) for name, one in plain.get("readings", {}).items()},
        rules={name: _rule(name, {**plain, **one}) for name, one in rules},
        deadlines={
            f"{key}.{name}": _deadline(f"{key}.{name}", {**plain, **one}) for name, one in deadlines
        },
        duties={
            name: _duty(name, one, plain["deadlines"])
            for name, one in plain.get("duties", {}).items()
        },
    )


def _input(entry: Plain) -> Input:
    return Input(InputKind(entry["kind"]), entry.get("default"))


def _rule(name: str, entry: Plain) -> Rule:
    return Rule(name, entry["value"], _authority(entry), entry.get("counting"))


def _deadline(name: str, entry: Plain) -> DeadlineRule:
    """Return the deadline; a case and the other reading say only what they change."""
    return DeadlineRule(
        name=name,
        reckoning=_reckoning(entry),
        cases=tuple(
            Case(case["when"], _reckoning({**entry, **case})) for case in entry.get("cases", ())
        ),
        in_order=tuple(entry.get("in_order", ())),
        otherwise=_otherwise(entry) if "otherwise" in entry else None,
    )


def _duty(name: str, entry: Plain, deadlines: Plain) -> DutyRule:
    """Return the duty; without a fact of its own it runs from the day its deadline runs from."""
    start = deadlines[entry["deadline"]]["from"]
    return DutyRule(
        name=name,
        of=DutyOf(entry["of"]),
        deadline=entry["deadline"],
        start=start,
        since=entry.get("since", start),
        done=frozenset(entry["done"]),
        once=entry.get("once", ""),
        owner=Role(entry["owner"]) if "owner" in entry else None,
        kinds=frozenset(entry.get("kinds", ())),
        bodies=frozenset(entry.get("bodies", DELIBERATING)),
    )


def _otherwise(entry: Plain) -> Reckoning:
    alternative = entry["readings"][entry["reading"]]["alternative"]
    return _reckoning({**entry, **entry["otherwise"], "reading": alternative})


def _reckoning(entry: Plain) -> Reckoning:
    counts = tuple(_count(text) for text in entry["count"])
    return Reckoning(entry["from"], counts, _authority(entry), entry.get("reading"))


def _authority(entry: Plain) -> Authority:
    return Authority(entry["article"], entry["source"], entry["verified_on"])


def _count(text: str) -> Count:
    found = COUNT.fullmatch(text)
    assert found  # noqa: S101 - checked before
    number, unit, towards = found.groups()
    return Count(int(number), Unit(unit), Towards(towards))
