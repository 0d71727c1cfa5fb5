"""Spoken dates: which days are meant, seen from today.

Weeks begin on Monday. A year that is left out is the nearest sensible one, the future first.
"""

import calendar
import re
from collections.abc import Callable, Sequence
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


def _month_days(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _day_of(year: int, month: int, day: int) -> Days | None:
    try:
        return one(date(year, month, day))
    except ValueError:
        return None


def _dated(day: int, month: int, year: int | None, today: Today) -> Days:
    around = today.day.year
    years = [year] if year else [around - 1, around, around + 1]
    found = [days for days in (_day_of(each, month, day) for each in years) if days]
    if not found:
        raise NoSuchDay
    return today.nearest(found)


def _numeric(read: Read, today: Today) -> Days:
    parts = re.split(r"[/.-]", read.text("D"))
    numbers = [int(part) for part in parts]
    if len(parts[0]) > 2:  # noqa: PLR2004 - a year stands first: 2026-02-05
        numbers.reverse()
    day, month, year = (*numbers, None)[:3]
    if year is not None and year < 100:  # noqa: PLR2004 - written with two digits
        year += CENTURY
    if month is not None and month > MONTHS >= (day or 0):  # the American order, unmistakable
        day, month = month, day
    return _dated(day or 0, month or 0, year, today)


def _day_and_month(read: Read, today: Today) -> Days:
    numbers = read.numbers("NOF")
    month = read.number("M") or numbers.pop()
    if not 1 <= month <= MONTHS:
        raise NoSuchDay
    found = _dated(numbers[0], month, read.number("Y"), today)
    weekday = read.number("W")
    if weekday is None or found.first.weekday() == weekday:
        return found
    away = (weekday - found.first.weekday() + 3) % 7 - 3
    return one(found.first, found.first + timedelta(days=away))


def _days_of_a_month(read: Read, today: Today) -> Days:
    first, last = read.numbers("NO")
    month, year = read.number("M") or 0, read.number("Y")
    end = _dated(last, month, year, today).first
    start = _dated(first, month, end.year, today).first
    return Days(start, end)


def _month(read: Read, today: Today) -> Days | None:
    month, year = read.number("M") or read.number("NOF") or 0, read.number("Y")
    if not 1 <= month <= MONTHS:
        return None
    around = today.day.year
    if year is None and read.has("xl"):
        return _month_beside(month, today, is_next=read.has("x"))
    years = [year] if year else [around - 1, around, around + 1]
    return today.nearest([_month_days(each, month) for each in years])


def _month_beside(month: int, today: Today, *, is_next: bool) -> Days:
    year = today.day.year
    if is_next:
        return _month_days(year + (month <= today.day.month), month)
    return _month_days(year - (month >= today.day.month), month)


def _weekday(read: Read, today: Today) -> Days:
    weekday = read.number("W") or 0
    in_week = today.monday + timedelta(days=weekday)
    coming = in_week if in_week > today.day else in_week + A_WEEK
    if read.has("v"):
        return one(coming + A_WEEK)
    if read.has("x"):
        return one(coming, in_week + A_WEEK)
    if read.has("l"):
        gone = in_week if in_week < today.day else in_week - A_WEEK
        return one(gone, in_week - A_WEEK)
    if in_week == today.day:
        return one(in_week) if read.has("t") or today.looks_back else one(in_week, coming)
    return one(in_week - A_WEEK * (in_week > today.day) if today.looks_back else coming)


def _weekday_of_next_week(read: Read, today: Today) -> Days:
    steps = -1 if read.has("l") else int(read.has("x"))
    weekday = timedelta(days=read.number("W") or 0)
    return one(today.monday + steps * A_WEEK + weekday)


def _weekday_and_number(read: Read, today: Today) -> Days | None:
    """`jeudi 5`: the fifth that is a Thursday, else the next fifth, and the Thursday as another."""
    found = _day_number(read, today)
    if found is None:
        return None
    weekday = read.number("W")
    year, month = today.day.year, today.day.month
    for step in range(-1, 7):
        fit = _day_of(
            year + (month + step - 1) // MONTHS, (month + step - 1) % MONTHS + 1, found.first.day
        )
        is_past = fit is not None and fit.last < today.day
        if fit and fit.first.weekday() == weekday and is_past == today.looks_back:
            return fit
    return one(found.first, _weekday(read, today).first)


def _day_number(read: Read, today: Today) -> Days | None:
    number = read.number("NO") or 0
    if not 1 <= number <= LAST_DAY_NUMBER:
        return None
    year, month = today.day.year, today.day.month
    months = [
        (year + (month + step - 1) // MONTHS, (month + step - 1) % MONTHS + 1)
        for step in range(-2, 3)
    ]
    found = [days for days in (_day_of(*each, number) for each in months) if days]
    return today.nearest(found)


def _relative(read: Read, today: Today) -> Days:
    return one(today.day + timedelta(days=read.number("R") or 0))


def _period(read: Read, today: Today) -> Days:
    """`la semaine prochaine`, `this month`, `l’année dernière`, `le week-end`."""
    steps = read.has("x") - read.has("l")
    if read.has("k"):
        saturday = today.monday + timedelta(days=5) + steps * A_WEEK
        return Days(saturday, saturday + timedelta(days=1))
    if read.has("w"):
        monday = today.monday + steps * A_WEEK
        return Days(monday, monday + timedelta(days=6))
    if read.has("y"):
        year = today.day.year + steps
        return Days(date(year, 1, 1), date(year, MONTHS, 31))
    return _shifted_month(today.day, steps)


def _shifted_month(day: date, steps: int) -> Days:
    months = day.year * MONTHS + day.month - 1 + steps
    return _month_days(months // MONTHS, months % MONTHS + 1)


def _in_a_while(read: Read, today: Today) -> Days | None:
    count = (read.number("NA") or 1) * (read.number("dwmy") or 1)
    if count > 1000:  # noqa: PLR2004 - nobody plans that far
        return None
    count = -count if read.has("gt") else count
    if read.has("dw"):
        return one(today.day + timedelta(days=count * (7 if read.has("w") else 1)))
    target = _shifted_month(today.day, count * (MONTHS if read.has("y") else 1))
    return one(min(target.first.replace(day=1) + timedelta(days=today.day.day - 1), target.last))


def _year(read: Read, today: Today) -> Days:
    year = read.number("Y") or today.day.year
    return Days(date(year, 1, 1), date(year, MONTHS, 31))


Rule = Callable[[Read, Today], Days | None]

# The first rule that fits at a place wins.
GRAMMAR: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        ("[LWod]*D", _numeric),  # le jeudi 5/2/2026
        ("L?W?[oLd]*[NO][o]*u[oL]*[NO]o*M(?:o*Y)?", _days_of_a_month),  # du 5 au 9 février
        ("(?:W[oLd]*|[Ld]o*)?[NOF][om]*M(?:[oy]*Y)?", _day_and_month),  # jeudi 5 février 2026
        ("(?:W[oLd]*|[Ld])[NO]o*mo*N(?:[oy]*Y)?", _day_and_month),  # nhar 5 f ch8er 2
        ("W?o*Mo*[NO](?![dwmyhicj])(?:o*Y)?", _day_and_month),  # February 3rd, 2026
        ("[tom]*Mo*(?:[oy]*Y|[xl])?", _month),  # شهر فبراير 2026
        ("[xl]M", _month),  # next October
        ("mo*[NF](?![dwmyhicj])(?:o*Y)?", _month),  # ch8er jouj
        ("W[Lo]*(?:w[Lo]*[xlt]|[xlt]w)", _weekday_of_next_week),  # vendredi de la semaine …
        ("[Ldo]*W[oLd]*[NO](?![dwmyhicj])", _weekday_and_number),  # jeudi 5
        ("[Ldo]*Wv", _weekday),  # vendredi en huit
        ("[tdLo]*(?:[xl]W|Wo*[xl])", _weekday),  # vendredi prochain
        ("[oL]?(?:t[wmyk]|[wmyk]o*[xlt]|[xl][wmyk]|k)", _period),  # la semaine prochaine
        ("n[NA]?[dwmy](?!b)", _in_a_while),  # dans trois jours
        ("(?:g[NA]?|t[NA])[dwmy]|[NA]?[dwmy]g", _in_a_while),  # three days ago
        ("[LdoW]*R", _relative),
        ("[tdLo]*W", _weekday),
        ("[Ld][NO](?![dwmyhicj])", _day_number),  # le 5
        ("oO(?=$|[AKuob&nt])", _day_number),  # the 5th
        ("[oy]*Y", _year),
    )
)


def joined(first: Days, last: Days) -> Days:
    """Return the days from one spoken date until another."""
    start = first.first
    if start > last.last:  # the month was said once: du lundi 2 au vendredi 6 février
        same_month = _day_of(last.last.year, last.last.month, start.day)
        start = same_month.first if same_month and same_month.first <= last.last else last.first
    return Days(start, last.last)
