"""Deadlines by name: the date, the article, and the sentence that says how it was reached."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from typing import Any

from domain.errors import Refused
from domain.law.counting import counted
from domain.law.inputs import HOLIDAYS, Inputs
from domain.law.loading import pack, pack_keys
from domain.law.rules import Count, DeadlineRule, Reckoning, RulePack, Towards, Unit
from domain.law.workdays import HolidayEdits, WorkingCalendar
from domain.phrasebook import phrasebook
from domain.sessions import SessionKind


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline reached. `reading` names the reading of the law it rests on, if it could differ.

    `date` is a local date at the council's place.
    """

    rule: str
    date: date
    article: str
    sentence: str
    reading: str | None = None


def deadline(
    rule: str,
    inputs: Mapping[str, object],
    *,
    language: str = "en",
    holidays: HolidayEdits = HolidayEdits(),
    alternatives: Collection[str] = (),
) -> Deadline:
    """Return the deadline of this name (`ma.convocation_latest_sending`), explained.

    `inputs` are dates (ISO or `date`) and what else the rule looks at; `holidays` among them
    replace the pack's public holidays, while the argument corrects those. `alternatives` names the
    readings a town takes instead of the pack's own. Raises Refused.
    """
    law, wanted = _rule(rule)
    given = Inputs(rule, law, inputs)
    _refuse_unknown(rule, law, inputs)
    _refuse_disorder(wanted, given)
    reckoning = _reckoning(wanted, given, alternatives)
    calendar = WorkingCalendar(law, holidays, given.holidays())
    days = _days(given.day(reckoning.start), reckoning, calendar)
    return Deadline(
        rule=rule,
        date=days[-1],
        article=reckoning.authority.article,
        sentence=_sentence(wanted, reckoning, days, calendar, language),
        reading=reckoning.reading,
    )


def convocation_latest(
    pack_key: str,
    session_date: date,
    *,
    kind: SessionKind = SessionKind.ORDINARY,
    population: int | None = None,
    language: str = "en",
    holidays: HolidayEdits = HolidayEdits(),
) -> Deadline:
    """Return the last day to send the convocations of a session."""
    inputs = {"session_date": session_date, "session_kind": kind, "population": population}
    rule = f"{pack_key}.convocation_latest_sending"
    return deadline(rule, inputs, language=language, holidays=holidays)


def _rule(rule: str) -> tuple[RulePack, DeadlineRule]:
    key = rule.partition(".")[0]
    if key not in pack_keys():
        raise Refused("law.unknown_rule", rule=rule)
    law = pack(key)
    if not law.is_enabled:
        raise Refused("law.pack_disabled", pack=key)
    if rule not in law.deadlines:
        raise Refused("law.unknown_rule", rule=rule)
    return law, law.deadlines[rule]


# A town may give these whichever law it asks.
_ALWAYS_KNOWN = frozenset({"session_kind", "population", "emergency"})


def _refuse_unknown(rule: str, law: RulePack, inputs: Mapping[str, object]) -> None:
    """A name that no rule knows is a slip of the pen; one that only others use does no harm."""
    known = {HOLIDAYS, *_ALWAYS_KNOWN, *law.inputs}
    known |= {name for one in law.deadlines.values() for name in one.inputs}
    for name in inputs:
        if name not in known:
            raise Refused("law.unknown_input", rule=rule, input=str(name))


def _refuse_disorder(wanted: DeadlineRule, given: Inputs) -> None:
    names = [name for name in wanted.in_order if given.has(name)]
    for first, second in pairwise(names):
        if given.day(second) < given.day(first):
            raise Refused("law.wrong_order", first=first, second=second)


def _reckoning(wanted: DeadlineRule, given: Inputs, alternatives: Collection[str]) -> Reckoning:
    if wanted.otherwise and wanted.otherwise.reading in alternatives:
        return wanted.otherwise
    for case in wanted.cases:
        if all(_is_so(given.value(name), so) for name, so in case.when.items()):
            return case.reckoning
    return wanted.reckoning


def _is_so(value: Any, wanted: Any) -> bool:
    match wanted:
        case {"below": bound}:
            return bool(value < bound)
        case list():
            return value in wanted
        case _:
            return bool(value == wanted)


def _days(start: date, reckoning: Reckoning, calendar: WorkingCalendar) -> list[date]:
    """Return the starting day, then the day each count ends on."""
    days = [start]
    for count in reckoning.counts:
        days.append(counted(days[-1], count, calendar.is_working))
    return days


def _sentence(
    wanted: DeadlineRule,
    reckoning: Reckoning,
    days: list[date],
    calendar: WorkingCalendar,
    language: str,
) -> str:
    say = phrasebook().say
    counts = [
        say(_count_key(count), language, count=count.number, start=start)
        for count, start in zip(reckoning.counts, days, strict=False)
    ]
    skipped = _skipped(reckoning.counts, days, calendar)
    law = wanted.name.partition(".")[0]
    return say(
        "law.sentence_with_holidays" if skipped else "law.sentence",
        language,
        counted=reduce(
            lambda so_far, next_: say("law.then", language, first=so_far, second=next_), counts
        ),
        rule=say(f"law.{wanted.name}", language, date=days[-1]),
        source=say(f"law.{law}.source", language, article=reckoning.authority.article),
        skipped=skipped,
    )


def _count_key(count: Count) -> str:
    return f"law.{count.unit.replace(' ', '_')}_{count.towards}"


def _skipped(counts: tuple[Count, ...], days: list[date], calendar: WorkingCalendar) -> list[date]:
    """Return the public holidays, weekends aside, that a count of working days passed over."""
    passed: list[date] = []
    for count, (start, end) in zip(counts, pairwise(days), strict=True):
        if count.unit is Unit.WORKING_DAYS:
            is_start_counted = count.towards is Towards.COUNTING
            passed += [
                day
                for day in _between(start, end)
                if (day != start or is_start_counted)
                and calendar.is_holiday(day)
                and not calendar.is_weekend(day)
            ]
    return passed


def _between(one: date, other: date) -> list[date]:
    first, last = sorted((one, other))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
