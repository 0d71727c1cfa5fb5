"""Spoken days: which one is meant, seen from today.

Weeks begin on Monday. A year that is left out is the nearest sensible one, the future first.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.understanding.marks import Mark

A_WEEK = timedelta(days=7)
RECENT = timedelta(days=62)  # what ended less long ago may be meant rather than …
FAR = timedelta(days=183)  # … what is further ahead than this
MONTHS = 12
CENTURY = 2000
LAST_DAY_NUMBER = 31


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `first` to `last`, both included; `other` when one day may be another."""

    first: date
    last: date
    other: date | None = None

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


class NoSuchDay(Exception):
    """The words name a day that is in no calendar."""


@dataclass(frozen=True, slots=True)
class Today:
    """From where dates are seen. `looks_back`: the talk is of what was."""

    day: date
    looks_back: bool = False

    @property
    def monday(self) -> date:
        return self.day - timedelta(days=self.day.weekday())

    def nearest(self, candidates: Sequence[Days]) -> Days:
        """Return the likeliest of the same days in several years or months, oldest first."""
        past = [one for one in candidates if one.first <= self.day]
        future = [one for one in candidates if one.last >= self.day]
        if not (past and future):
            return (past[-1:] or future[:1])[0]
        if self.looks_back:
            return past[-1]
        ended, starts = self.day - past[-1].last, future[0].first - self.day
        return past[-1] if ended <= RECENT and starts > FAR else future[0]


class Read:
    """The marks a grammar rule matched, by letter."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks

    def numbers(self, letters: str) -> list[int]:
        """Return the values of the marks with these letters; a unit said once counts 1."""
        return [
            mark.value if isinstance(mark.value, int) else 1
            for mark in self._marks
            if mark.letter in letters
        ]

    def number(self, letters: str) -> int | None:
        return next(iter(self.numbers(letters)), None)

    def text(self, letter: str) -> str:
        return next(str(mark.value) for mark in self._marks if mark.letter == letter)

    def has(self, letters: str) -> bool:
        return any(mark.letter in letters for mark in self._marks)


def one(day: date, other: date | None = None) -> Days:
    return Days(day, day, None if other == day else other)


def month_days(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def day_of(year: int, month: int, day: int) -> Days | None:
    try:
        return one(date(year, month, day))
    except ValueError:
        return None


def dated(day: int, month: int, year: int | None, today: Today) -> Days:
    around = today.day.year
    years = [year] if year else [around - 1, around, around + 1]
    found = [days for days in (day_of(each, month, day) for each in years) if days]
    if not found:
        raise NoSuchDay
    return today.nearest(found)


def numeric(read: Read, today: Today) -> Days:
    parts = re.split(r"[/.-]", read.text("D"))
    numbers = [int(part) for part in parts]
    if len(parts[0]) > 2:  # noqa: PLR2004 - a year stands first: 2026-02-05
        numbers.reverse()
    day, month, year = (*numbers, None)[:3]
    if year is not None and year < 100:  # noqa: PLR2004 - written with two digits
        year += CENTURY
    if month is not None and month > MONTHS >= (day or 0):  # the American order, unmistakable
        day, month = month, day
    return dated(day or 0, month or 0, year, today)


def day_and_month(read: Read, today: Today) -> Days:
    numbers = read.numbers("NOF")
    month = read.number("M") or numbers.pop()
    if not 1 <= month <= MONTHS:
        raise NoSuchDay
    found = dated(numbers[0], month, read.number("Y"), today)
    weekday = read.number("W")
    if weekday is None or found.first.weekday() == weekday:
        return found
    away = (weekday - found.first.weekday() + 3) % 7 - 3
    return one(found.first, found.first + timedelta(days=away))


def on_weekday(read: Read, today: Today) -> Days:
    weekday = read.number("W") or 0
    in_week = today.monday + timedelta(days=weekday)
    coming = in_week if in_week > today.day else in_week + A_WEEK
    if read.has("vw"):  # Friday week
        return one(coming + A_WEEK)
    if read.has("x"):
        return one(coming) if read.has("t") else one(coming, in_week + A_WEEK)
    if read.has("l"):
        gone = in_week if in_week < today.day else in_week - A_WEEK
        return one(gone, in_week - A_WEEK)
    if in_week == today.day:
        return one(in_week) if read.has("t") or today.looks_back else one(in_week, coming)
    return one(in_week - A_WEEK * (in_week > today.day) if today.looks_back else coming)


def steps_away(read: Read) -> int:
    """Return how many weeks, months or years from this one: next, last, the one after next."""
    return 2 * read.has("X") + read.has("x") - read.has("l")


def weekday_of_next_week(read: Read, today: Today) -> Days:
    steps = steps_away(read)
    weekday = timedelta(days=read.number("W") or 0)
    return one(today.monday + steps * A_WEEK + weekday)


def weekday_and_number(read: Read, today: Today) -> Days | None:
    """`jeudi 5`: the fifth that is a Thursday, else the next fifth, and the Thursday as another."""
    found = day_number(read, today)
    if found is None:
        return None
    weekday = read.number("W")
    year, month = today.day.year, today.day.month
    for step in range(-1, 7):
        fit = day_of(
            year + (month + step - 1) // MONTHS, (month + step - 1) % MONTHS + 1, found.first.day
        )
        is_past = fit is not None and fit.last < today.day
        if fit and fit.first.weekday() == weekday and is_past == today.looks_back:
            return fit
    return one(found.first, on_weekday(read, today).first)


def day_number(read: Read, today: Today) -> Days | None:
    number = read.number("NO") or 0
    if not 1 <= number <= LAST_DAY_NUMBER:
        return None
    year, month = today.day.year, today.day.month
    months = [
        (year + (month + step - 1) // MONTHS, (month + step - 1) % MONTHS + 1)
        for step in range(-2, 3)
    ]
    found = [days for days in (day_of(*each, number) for each in months) if days]
    return today.nearest(found)


def relative(read: Read, today: Today) -> Days:
    return one(today.day + timedelta(days=read.number("RT") or 0))


def a_week_on(read: Read, today: Today) -> Days:
    return one(relative(read, today).first + A_WEEK)


def shifted_month(day: date, steps: int) -> Days:
    months = day.year * MONTHS + day.month - 1 + steps
    return month_days(months // MONTHS, months % MONTHS + 1)


def in_a_while(read: Read, today: Today) -> Days | None:
    count = (read.number("NA") or 1) * (read.number("dwmy") or 1)
    if count > 1000:  # noqa: PLR2004 - nobody plans that far
        return None
    count = -count if read.has("gtS") else count
    if read.has("dw"):
        return one(today.day + timedelta(days=count * (7 if read.has("w") else 1)))
    target = shifted_month(today.day, count * (MONTHS if read.has("y") else 1))
    return one(min(target.first.replace(day=1) + timedelta(days=today.day.day - 1), target.last))
