"""The counters, held against a second implementation that walks day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from domain.law.counting import counted, months_later
from domain.law.rules import Count, Towards, Unit

DAY = timedelta(days=1)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
numbers = st.integers(1, 60)
holidays = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
towards = st.sampled_from(Towards)


def always(_: date) -> bool:
    return True


def weekdays(day: date) -> bool:
    return day.isoweekday() < 6


def walked(start: date, number: int, step: timedelta, *, counts_start: bool) -> list[date]:
    """Name, one by one, the `number` calendar days after `start`."""
    first = start if counts_start else start + step
    return [first + step * n for n in range(number)]


@given(days, numbers, towards)
def test_calendar_days_are_those_one_walks_through(start: date, number: int, way: Towards) -> None:
    step = -DAY if way is Towards.BEFORE else DAY
    passed = walked(start, number, step, counts_start=way is Towards.COUNTING)
    assert counted(start, Count(number, Unit.DAYS, way), always) == passed[-1]


@given(days, numbers)
def test_clear_days_lie_whole_between_both_ends(start: date, number: int) -> None:
    before = counted(start, Count(number, Unit.CLEAR_DAYS, Towards.BEFORE), always)
    after = counted(start, Count(number, Unit.CLEAR_DAYS, Towards.AFTER), always)
    assert (start - before).days - 1 == number
    assert (after - start).days - 1 == number


@given(days_of_2026, numbers, holidays, towards)
def test_working_days_are_counted_one_by_one(
    start: date, number: int, closed: frozenset[date], way: Towards
) -> None:
    def is_working(day: date) -> bool:
        return weekdays(day) and day not in closed

    end = counted(start, Count(number, Unit.WORKING_DAYS, way), is_working)

    first, last = sorted((start, end))
    between = [first + DAY * n for n in range((last - first).days + 1)]
    if way is not Towards.COUNTING:
        between.remove(start)
    assert sum(map(is_working, between)) == number
    assert is_working(end)


@given(days, numbers)
def test_what_is_added_can_be_taken_away_again(start: date, number: int) -> None:
    for unit in (Unit.DAYS, Unit.CLEAR_DAYS):
        there = counted(start, Count(number, unit, Towards.AFTER), always)
        assert counted(there, Count(number, unit, Towards.BEFORE), always) == start


@given(days.filter(weekdays), numbers)
def test_from_a_working_day_working_days_can_be_taken_away_again(start: date, number: int) -> None:
    there = counted(start, Count(number, Unit.WORKING_DAYS, Towards.AFTER), weekdays)
    assert counted(there, Count(number, Unit.WORKING_DAYS, Towards.BEFORE), weekdays) == start


@given(days, days, numbers, st.sampled_from(Unit), towards)
def test_a_later_start_never_ends_earlier(
    one: date, other: date, number: int, unit: Unit, way: Towards
) -> None:
    count = Count(number, unit, way)
    first, second = sorted((one, other))
    assert counted(first, count, weekdays) <= counted(second, count, weekdays)


@given(days, numbers, st.sampled_from(Unit))
def test_a_longer_count_ends_later_by_days_and_never_earlier(
    start: date, number: int, unit: Unit
) -> None:
    shorter = counted(start, Count(number, unit, Towards.AFTER), weekdays)
    longer = counted(start, Count(number + 1, unit, Towards.AFTER), weekdays)
    assert shorter < longer


@given(days, st.integers(-600, 600))
def test_a_month_keeps_its_day_number_or_ends_with_the_month(start: date, months: int) -> None:
    there = months_later(start, months)
    assert (there.year * 12 + there.month) - (start.year * 12 + start.month) == months
    assert there.day == start.day or (there.day < start.day and (there + DAY).day == 1)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 6, 30), -1, date(2026, 5, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_as_the_chosen_reading_says(start: date, months: int, expected: date) -> None:
    assert months_later(start, months) == expected


def test_a_count_beyond_the_calendar_overflows() -> None:
    with pytest.raises(OverflowError):
        months_later(date(9999, 12, 1), 1)
    with pytest.raises(OverflowError):
        counted(date(1, 1, 1), Count(1, Unit.WORKING_DAYS, Towards.BEFORE), weekdays)
