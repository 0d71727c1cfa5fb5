"""What a rule pack is made of: values of the law, deadlines with their counts, and duties."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from domain.bodies import BodyKind, Role

DELIBERATING = frozenset({BodyKind.COUNCIL, BodyKind.ARRONDISSEMENT_COUNCIL})


class Unit(StrEnum):
    """What is counted (calendar days, clear days, working days, months)."""

    DAYS = "days"
    CLEAR_DAYS = "clear days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


class Towards(StrEnum):
    """Which way; `counting` goes forward and takes the first day in."""

    BEFORE = "before"
    AFTER = "after"
    COUNTING = "counting"


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    unit: Unit
    towards: Towards


@dataclass(frozen=True, slots=True)
class Authority:
    """Where a rule stands: the article, the text it was read in, and when that was last checked."""

    article: str
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an article that can be read in two, and the name of the other way."""

    says: str
    alternative: str
    because: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A value the law sets that is not a deadline."""

    name: str
    value: Any
    authority: Authority
    counting: str | None = None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a date is reached: each count starts where the one before it ended.

    `reading` names the reading of the law this rests on, where it can be read in two ways.
    """

    start: str
    counts: tuple[Count, ...]
    authority: Authority
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A reckoning for when inputs are so: this value, one of a list, or `{below = n}`."""

    when: Mapping[str, Any]
    reckoning: Reckoning


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """A deadline. The first case that holds is taken, else `reckoning`.

    `in_order`: dates that, when given, may not precede one another.
    `otherwise`: the reckoning by the alternative reading, where it gives another date.
    """

    name: str
    reckoning: Reckoning
    cases: tuple[Case, ...] = ()
    in_order: tuple[str, ...] = ()
    otherwise: Reckoning | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the names of all inputs it can use, those it needs first."""
        named = [self.reckoning.start, *(name for case in self.cases for name in case.when)]
        named += [self.otherwise.start] if self.otherwise else []
        return tuple(dict.fromkeys((*named, *self.in_order)))


class DutyOf(StrEnum):
    """What a duty is about."""

    SESSION = "session"
    DECISION = "decision"
    PETITION = "petition"


@dataclass(frozen=True, slots=True)
class DutyRule:
    """A duty: somebody has to do something by a deadline, once something has happened.

    `deadline` is reckoned with the day of the fact `since` as its input `start`; any fact of `done`
    fulfils it. It arises only when the fact `once` is there too. Without an `owner` it is what
    others have until then: it is awaited. `kinds`: the kinds of session it is for, or all;
    `bodies`: the kinds of body.
    """

    name: str
    of: DutyOf
    deadline: str
    start: str
    since: str
    done: frozenset[str]
    once: str = ""
    owner: Role | None = None
    kinds: frozenset[str] = frozenset()
    bodies: frozenset[str] = DELIBERATING


class InputKind(StrEnum):
    DATE = "date"
    FLAG = "flag"
    NUMBER = "number"
    SESSION_KIND = "session_kind"


@dataclass(frozen=True, slots=True)
class Input:
    """What a question gives; one without a default must be given when a rule looks at it."""

    kind: InputKind = InputKind.DATE
    default: Any = None


@dataclass(frozen=True, slots=True)
class FixedHoliday:
    month: int
    day: int
    since: int = 1


@dataclass(frozen=True, slots=True)
class RulePack:
    """The law of one country's councils.

    `weekend` in ISO weekdays (1 = Monday). `country` (ISO 3166-1) is the holidays library's;
    `fixed_holidays` are added to what it knows.
    """

    key: str
    is_enabled: bool
    country: str
    weekend: frozenset[int]
    fixed_holidays: tuple[FixedHoliday, ...] = ()
    inputs: Mapping[str, Input] = field(default_factory=dict)
    readings: Mapping[str, Reading] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    deadlines: Mapping[str, DeadlineRule] = field(default_factory=dict)
    duties: Mapping[str, DutyRule] = field(default_factory=dict)
