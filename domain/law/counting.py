"""Counting days as laws do: calendar days, clear days, working days, months."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from domain.law.rules import Count, Towards, Unit

IsWorking = Callable[[date], bool]
ONE_DAY = timedelta(days=1)


def counted(start: date, count: Count, is_working: IsWorking) -> date:
    """Return the day that `count` leads to from `start`.

    The day itself is not counted, except by `counting`. Nothing rolls over: a calendar deadline
    on a weekend stands. Raises OverflowError beyond the years 1 to 9999.
    """
    return _COUNTERS[count.unit](start, count, is_working)


def months_later(start: date, months: int) -> date:
    """Return the same day number so many months on, else that month's last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("date value out of range")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _days(start: date, count: Count, _: IsWorking) -> date:
    match count.towards:
        case Towards.BEFORE:
            return start - timedelta(days=count.number)
        case Towards.AFTER:
            return start + timedelta(days=count.number)
        case Towards.COUNTING:
            return start + timedelta(days=count.number - 1)


def _clear_days(start: date, count: Count, is_working: IsWorking) -> date:
    """Neither end is counted, so that many whole days lie between the two."""
    return _days(start, Count(count.number + 1, Unit.DAYS, count.towards), is_working)


def _working_days(start: date, count: Count, is_working: IsWorking) -> date:
    step = -ONE_DAY if count.towards is Towards.BEFORE else ONE_DAY
    day = start - step if count.towards is Towards.COUNTING else start
    left = count.number
    while left:
        day += step
        left -= is_working(day)
    return day


def _months(start: date, count: Count, _: IsWorking) -> date:
    sign = -1 if count.towards is Towards.BEFORE else 1
    return months_later(start, sign * count.number)


_COUNTERS: dict[Unit, Callable[[date, Count, IsWorking], date]] = {
    Unit.DAYS: _days,
    Unit.CLEAR_DAYS: _clear_days,
    Unit.WORKING_DAYS: _working_days,
    Unit.MONTHS: _months,
}
