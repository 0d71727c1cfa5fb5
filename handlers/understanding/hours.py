"""Spoken hours and lengths of time: at 9:30, in half an hour, two days before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from typing import cast

from handlers.understanding.marks import Mark
from handlers.understanding.wording import Word

HALF_DAY = 12
EVENING = ("P", HALF_DAY)
EARLIEST_SITTING = 6  # an hour before it is of the afternoon, unless it is said otherwise
TAIL = "(?:&?A?[HQ]|-o*[QN]?|&?Ni)?P?"
CLOCK = re.compile(
    "|".join(
        (
            f"P?[Aho]*(?<!j)K{TAIL}",  # à 18h30
            "A?A?[HQ][lu]NP?",  # half past nine, a quarter to ten
            "AHN(?![dwmyhicj])P?",  # at half nine
            f"P?A?N(?<!jN)c(?:N(?![dwmyhicj]))?i?{TAIL}",  # neuf heures et demie
            f"P?[Ah]o*[NF](?![dwmyhicjMb]){TAIL}",  # at nine, الساعة التاسعة والنصف
            f"(?<=[_P])C[NF](?![dwmyhicjMb]){TAIL}",  # ghedda 3la 11
            "[NF]&?[HQ](?![dwmyhic])P?",  # العشرة وربع
            "[NF]P",  # 9 pm
            "A?Z",  # à midi
        )
    )
)
LATER = re.compile("n[NA]?[HQ]?o*[hci](?:&A?[HQ])?(?!b)|nK(?!b)")  # dans deux heures
BEFORE = re.compile("[NA]?[HQ]?o*(?:[dwmhic]|K)(?:&A?[HQ])?o*b|N?e")  # deux jours avant
BEFORE_FIRST = re.compile(
    "b(?P<gap>[oLA.]{0,4})[NA]?[HQ]?o*(?:[dwmhic]|K)(?:&A?[HQ])?(?![WRMOFDY])"
)
UNIT_LENGTHS = {
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "m": timedelta(days=30),
    "h": timedelta(hours=1),
    "c": timedelta(hours=1),
    "i": timedelta(minutes=1),
}
MINUTES = {"H": 30, "Q": 15}
LONGEST = 999  # of any unit: nobody is reminded further ahead


@dataclass(frozen=True, slots=True)
class Found:
    """What was found between two marks, `end` excluded."""

    value: object
    start: int
    end: int


def offset(marks: Sequence[Mark], code: str, joined_by_b: Sequence[int]) -> Found | None:
    """Return how long before, as ISO 8601 (`-P2D`, `-PT2H`).

    `joined_by_b`: the marks that follow a `by` (`قبل الدورة بيومين`).
    """
    for found in BEFORE.finditer(code):
        return _offset(marks, found.start(), found.end())
    for found in BEFORE_FIRST.finditer(code):
        unit = found.end() - 1
        is_counted = marks[unit].value is not None or bool(re.search("[NHQ]", found[0]))
        is_clock = marks[unit].letter == "K"  # before 18:00, but not `9bel b 2h`
        if unit in joined_by_b or (not is_clock and ("." not in found["gap"] or is_counted)):
            return _offset(marks, found.start(), found.end())
    return None


def _offset(marks: Sequence[Mark], start: int, end: int) -> Found | None:
    inside = marks[start:end]
    if inside[-1].letter == "e":
        days = abs(_int(inside[-1].value)) * (_int(inside[0].value) if len(inside) > 1 else 1)
        return Found(f"-P{min(days, LONGEST)}D", start, end)
    units = [mark for mark in inside if mark.letter in "dwm"]
    if units:
        days = _count(inside) * UNIT_LENGTHS[units[0].letter].days
        return Found(f"-P{min(days, LONGEST)}D", start, end)
    return Found(f"-PT{_iso_hours(inside)}", start, end)


def _iso_hours(inside: Sequence[Mark]) -> str:
    """Return `48H`, `1H30M` or `30M`: hours stay hours, as they were said."""
    minutes = int(_length(inside).total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes or not hours else "")


def _length(inside: Sequence[Mark]) -> timedelta:
    letters = "".join(mark.letter for mark in inside)
    fraction = next((MINUTES[letter] for letter in letters if letter in MINUTES), 0)
    for mark in inside:
        if mark.letter == "K":
            return timedelta(hours=_clock(mark)[0], minutes=_clock(mark)[1])
    whole = next(UNIT_LENGTHS[letter] for letter in letters if letter in "hci")
    if fraction and "&" not in letters:  # half an hour
        return timedelta(minutes=fraction)
    return whole * _count(inside) + timedelta(minutes=fraction)


def _count(inside: Sequence[Mark]) -> int:
    said = [_int(mark.value) for mark in inside if mark.letter in "NA"]
    units = [_int(mark.value) for mark in inside if mark.letter in "dwmhic"]
    return min((said[0] if said else 1) * (units[0] if units else 1), LONGEST)


def later(marks: Sequence[Mark], code: str) -> Found | None:
    """Return the length of `in two hours`."""
    found = LATER.search(code)
    if not found:
        return None
    return Found(_length(marks[found.start() : found.end()]), found.start(), found.end())


def clock(marks: Sequence[Mark], code: str) -> Found | None:
    """Return the first hour of the day that is named."""
    return next(clocks(marks, code), None)


def clocks(marks: Sequence[Mark], code: str) -> Iterator[Found]:
    """Return the hours of the day that are named, in order; their values are times."""
    for found in CLOCK.finditer(code):
        hour = _hour(marks[found.start() : found.end()])
        if hour is not None:
            yield Found(hour, found.start(), found.end())


def in_context(
    clock: Found, marks: Sequence[Mark], words: Sequence[Word], *, is_dated: bool
) -> object:
    """Return the hour in its half of the day: of the evening that is named apart, `ce soir à 8h`.

    From one to five of a day (`jeudi à 3h`) is the afternoon: no council meets at night.
    """
    hour, inside = clock.value, marks[clock.start : clock.end]
    if not isinstance(hour, time) or not 1 <= hour.hour < HALF_DAY or _tells_half(inside, words):
        return hour
    is_evening = any(mark.letter == "T" or (mark.letter, mark.value) == EVENING for mark in marks)
    is_said = any(mark.letter == "P" for mark in marks)
    if is_evening or (is_dated and not is_said and hour.hour < EARLIEST_SITTING):
        return hour.replace(hour=hour.hour + HALF_DAY)
    return hour


def _tells_half(inside: Sequence[Mark], words: Sequence[Word]) -> bool:
    """Say whether an hour is said with its half of the day: `3pm`, `3 du matin`, `03:00`."""
    return any(
        mark.letter == "P"
        or words[mark.first].norm.startswith("0")
        or words[mark.first].norm.endswith("m")
        for mark in inside
        if mark.letter in "PK"
    )


def _hour(inside: Sequence[Mark]) -> time | None:
    letters = "".join(mark.letter for mark in inside)
    numbers = [_int(mark.value) for mark in inside if mark.letter in "NFZ"]
    if re.match("A*[HQ]u", letters):  # a quarter to ten
        letters += "-"
    hour, minute = next((_clock(mark) for mark in inside if mark.letter == "K"), (None, 0))
    if hour is None:
        hour = numbers.pop(0)
    minute += next((MINUTES[letter] for letter in letters if letter in MINUTES), 0)
    if "-" in letters:
        hour, minute = hour - 1, 60 - (minute or _less(inside, numbers))
    elif numbers:
        minute += numbers.pop(0)
    hour = _in_part_of_day(hour, inside)
    return time(hour, minute) if 0 <= hour < 2 * HALF_DAY and 0 <= minute < 60 else None  # noqa: PLR2004 - minutes of an hour


def _less(inside: Sequence[Mark], numbers: list[int]) -> int:
    """Return the minutes before the hour: named with `less`, or said next."""
    said = next(_int(mark.value) for mark in inside if mark.letter == "-")
    return said or (numbers.pop(0) if numbers else 60)


def _in_part_of_day(hour: int, inside: Sequence[Mark]) -> int:
    parts = [_int(mark.value) for mark in inside if mark.letter == "P"]
    if not parts or hour > HALF_DAY:
        return hour
    return hour % HALF_DAY + parts[0]


def _clock(mark: Mark) -> tuple[int, int]:
    return cast("tuple[int, int]", mark.value)  # what a K holds (handlers.understanding.marks)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 1
