"""All that an utterance says of time, as slots, with the words that said it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.clock import wall_time
from handlers.understanding import hours, periods
from handlers.understanding.days import Days, NoSuchDay, Read, Today
from handlers.understanding.grammar import GRAMMAR
from handlers.understanding.hours import Found
from handlers.understanding.marks import Mark
from handlers.understanding.wording import Word

CONSUMED = "_"
BEFORE_A_WHILE = re.compile(r"b(?=(?:N?[dwmy]|[dwmy]F?)$)")


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """The slots of time, and which words said them: word position → DATE, TIME or OFFSET."""

    slots: dict[str, object] = field(default_factory=dict)
    masks: dict[int, str] = field(default_factory=dict)


def spoken_time(
    words: Sequence[Word],
    marks: Sequence[Mark],
    text: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    looks_back: bool,
) -> SpokenTime:
    """Read the days, hours and offsets of an utterance, seen from `now` in the commune's zone.

    `looks_back`: a day or month without its year is rather the last one than the next.
    """
    local = wall_time(now, zone)
    marks = _ago(marks) if looks_back else marks
    code = "".join(mark.letter for mark in marks)
    spoken = SpokenTime()
    offset = hours.offset(marks, code, _joined_by_b(marks, words))
    if offset:
        spoken.slots["offset"] = offset.value
        code = _consume(spoken, offset, "OFFSET", marks, code)
    later = hours.later(marks, code)
    if later and isinstance(later.value, timedelta):
        moment = (local + later.value).replace(second=0, microsecond=0)
        spoken.slots["datetime"] = moment.isoformat(timespec="minutes")
        code = _consume(spoken, later, "TIME", marks, code)
    code = _read_days(spoken, marks, code, Today(local.date(), looks_back))
    clock = hours.clock(marks, code)
    if clock:
        _consume(spoken, clock, "TIME", marks, code)
        _tell_hour(spoken, hours.in_context(clock, marks, words, is_dated="date" in spoken.slots))
    _tell_words(spoken, marks, words, text)
    return spoken


def _ago(marks: Sequence[Mark]) -> list[Mark]:
    """Take `قبل ثلاثة أيام` for three days ago: so one says it of what was."""
    letters = "".join(mark.letter for mark in marks)
    since = {found.start() for found in BEFORE_A_WHILE.finditer(letters)}
    return [replace(mark, letter="g") if at in since else mark for at, mark in enumerate(marks)]


def _joined_by_b(marks: Sequence[Mark], words: Sequence[Word]) -> list[int]:
    return [
        at
        for at, mark in enumerate(marks)
        if words[mark.first].norm.startswith("ب")
        or (mark.first and words[mark.first - 1].norm == "b")
    ]


def _consume(spoken: SpokenTime, found: Found, mask: str, marks: Sequence[Mark], code: str) -> str:
    for mark in marks[found.start : found.end]:
        spoken.masks.update(dict.fromkeys(range(mark.first, mark.last + 1), mask))
    return code[: found.start] + CONSUMED * (found.end - found.start) + code[found.end :]


def _read_days(spoken: SpokenTime, marks: Sequence[Mark], code: str, today: Today) -> str:
    told: Days | None = None
    last_end = 0
    for found in list(_found_days(marks, code, today)):
        between = code[last_end : found.start].strip("oL&")
        joints = {"u", "A", ""} if "B" in code[: found.start] else {"u", "A"}
        if told is None or (between in joints and _may_open(told, found.value)):
            start = last_end if told and isinstance(found.value, Days) else found.start
            if isinstance(found.value, Days):
                told = periods.joined(told, found.value) if told else found.value
            code = _consume(spoken, Found(None, start, found.end), "DATE", marks, code)
            last_end = found.end
            if not isinstance(found.value, Days):
                spoken.slots["date_bad"] = ""
                return code
        if told and told is found.value and _is_since(code, found.start):
            told = periods.since(told, today)
    if told:
        spoken.slots.update(_day_slots(told))
    return code


def _is_since(code: str, at: int) -> bool:
    return code[:at].rstrip("oLd").endswith("S")


def _may_open(told: Days, until: object) -> bool:
    """Say whether a date may be the first of two: a day until a day, a month until a month."""
    return not isinstance(until, Days) or told.is_one_day or not until.is_one_day


def _found_days(marks: Sequence[Mark], code: str, today: Today) -> Iterator[Found]:
    """Yield each date with its place; its value is None when there is no such day."""
    at = 0
    while at < len(code):
        found = None if code[at] in ".j_" else _days_at(marks, code, at, today)
        if found:
            yield found
        at = found.end if found else at + 1


def _days_at(marks: Sequence[Mark], code: str, at: int, today: Today) -> Found | None:
    for pattern, rule in GRAMMAR:
        matched = pattern.match(code, at)
        if not matched:
            continue
        try:
            told = rule(Read(marks[at : matched.end()]), today)
        except (NoSuchDay, OverflowError):
            return Found(None, at, matched.end())
        if told:
            return Found(told, at, matched.end())
    return None


def _day_slots(told: Days) -> dict[str, object]:
    if not told.is_one_day:
        return {"date_from": told.first.isoformat(), "date_to": told.last.isoformat()}
    other = {"date_alt": told.other.isoformat()} if told.other else {}
    return {"date": told.first.isoformat(), **other}


def _tell_hour(spoken: SpokenTime, hour: object) -> None:
    if isinstance(hour, time):
        spoken.slots["time"] = f"{hour:%H:%M}"
        if "date" in spoken.slots:
            spoken.slots["datetime"] = f"{spoken.slots['date']}T{hour:%H:%M}"


def _tell_words(
    spoken: SpokenTime, marks: Sequence[Mark], words: Sequence[Word], text: str
) -> None:
    openers = {
        at for mark in marks if mark.letter in "oL" for at in range(mark.first, mark.last + 1)
    }
    said = sorted(at for at, mask in spoken.masks.items() if mask == "DATE")
    while len(said) > 1 and said[0] in openers:
        del said[0]
    if said:
        words_said = text[words[said[0]].start : words[said[-1]].end]
        spoken.slots["date_bad" if "date_bad" in spoken.slots else "date_text"] = words_said
