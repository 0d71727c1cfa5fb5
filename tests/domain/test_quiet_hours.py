from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from domain.errors import Refused
from domain.quiet_hours import (
    QuietSpan,
    by_hours,
    checked,
    every_day,
    from_json,
    quiet_until,
    to_json,
)
from tests.domain.preferring import loud_again

CASABLANCA, PARIS = ZoneInfo("Africa/Casablanca"), ZoneInfo("Europe/Paris")
NIGHT = every_day(time(21), time(7))
# Around every kind of jump: Ramadan's clocks in Casablanca, its last change, and Paris's two.
JUMPS = [
    (CASABLANCA, datetime(2026, 2, 15, tzinfo=UTC)),
    (CASABLANCA, datetime(2026, 3, 22, tzinfo=UTC)),
    (CASABLANCA, datetime(2026, 9, 20, tzinfo=UTC)),
    (PARIS, datetime(2026, 3, 29, tzinfo=UTC)),
    (PARIS, datetime(2026, 10, 25, tzinfo=UTC)),
]
minutes_of_a_day = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
spans = st.builds(QuietSpan, st.integers(0, 6), minutes_of_a_day, minutes_of_a_day)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(JUMPS),
    st.integers(-36 * 60, 36 * 60),
    st.integers(0, 59),
    st.lists(spans, max_size=5),
)
def test_quiet_ends_when_a_walk_minute_by_minute_says_so(
    jump: tuple[ZoneInfo, datetime], minutes: int, seconds: int, quiet: list[QuietSpan]
) -> None:
    zone, around = jump
    at = around + timedelta(minutes=minutes, seconds=seconds)
    walked = loud_again(at, tuple(quiet), zone)
    assert quiet_until(at, quiet, zone) == (None if walked == at else walked)


def wall(text: str, zone: ZoneInfo = CASABLANCA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-01-28T20:59:59", None),
        ("2026-01-28T21:00:00", "2026-01-29T07:00:00"),
        ("2026-01-29T06:59:59", "2026-01-29T07:00:00"),
        ("2026-01-29T07:00:00", None),
    ],
)
def test_the_night_is_quiet_to_the_second(at: str, until: str | None) -> None:
    assert quiet_until(wall(at), NIGHT, CASABLANCA) == (wall(until) if until else None)


def test_the_night_in_which_casablanca_leaves_its_hour_is_an_hour_longer() -> None:
    at = wall("2026-02-14T21:00:00")  # UTC+1; the clocks go back at 3:00
    until = quiet_until(at, NIGHT, CASABLANCA)
    assert until
    assert (until, until - at) == (datetime(2026, 2, 15, 7, tzinfo=UTC), timedelta(hours=11))


def test_an_end_that_the_clocks_skip_comes_with_the_jump() -> None:
    quiet = every_day(time(22), time(2, 30))
    at = wall("2026-03-28T23:00:00", PARIS)
    assert quiet_until(at, quiet, PARIS) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_spans_that_touch_are_one() -> None:
    quiet = (QuietSpan(0, time(21), time(7)), QuietSpan(1, time(7), time(9)))
    assert quiet_until(wall("2026-01-26T22:00"), quiet, CASABLANCA) == wall("2026-01-27T09:00")


def test_a_week_without_a_minute_left_is_refused_and_silences_nobody() -> None:
    for quiet in (
        every_day(time(8), time(8)),
        every_day(time(0), time(13)) + every_day(time(12), time(0)),
        tuple(QuietSpan(day, time(21), time(21)) for day in range(7)),
    ):
        with pytest.raises(Refused):
            checked(quiet)
        assert quiet_until(wall("2026-01-26T22:00"), quiet, CASABLANCA) is None


@given(st.lists(spans, max_size=8))
def test_all_but_the_endless_is_kept_in_order(quiet: list[QuietSpan]) -> None:
    try:
        kept = checked(quiet)
    except Refused:
        return
    assert set(kept) == set(quiet)
    assert from_json(to_json(kept)) == kept
    assert sum(len(days) for days in by_hours(kept).values()) == len(kept)
