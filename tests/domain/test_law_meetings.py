"""The meeting after one without a quorum: the press cases, and any other day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from domain.law.meetings import Failed, next_meeting
from domain.sessions import SessionKind


def test_beni_sidal_may_send_from_saturday_and_meet_on_monday() -> None:
    first = date(2024, 2, 7)
    meeting = next_meeting(Failed("ma", 1, first, today=first))
    assert (meeting.send_from, meeting.send_until) == (date(2024, 2, 10), date(2024, 2, 12))
    assert meeting.on == date(2024, 2, 12)
    assert not meeting.is_disputed(meeting.on)
    assert meeting.is_disputed(date(2024, 2, 13))


def test_foum_el_oued_meets_for_the_third_time_on_thursday() -> None:
    second = date(2024, 2, 12)
    meeting = next_meeting(Failed("ma", 2, second, today=second))
    assert (meeting.number, meeting.on, meeting.other) == (3, date(2024, 2, 15), date(2024, 2, 16))
    assert meeting.send_from is None
    assert [meeting.is_too_soon(date(2024, 2, day)) for day in (14, 15)] == [True, False]
    assert [meeting.is_disputed(date(2024, 2, day)) for day in (15, 16)] == [True, False]


@pytest.mark.parametrize(
    ("today", "on", "is_early", "is_late"),
    [
        (date(2026, 2, 5), date(2026, 2, 10), True, False),
        (date(2026, 2, 9), date(2026, 2, 10), False, False),
        (date(2026, 2, 10), date(2026, 2, 11), False, False),  # sent in time, and then disputed
        (date(2026, 2, 12), date(2026, 2, 13), False, True),
    ],
)
def test_the_worked_calendar_is_sent_for_from_the_eighth_to_the_tenth(
    *, today: date, on: date, is_early: bool, is_late: bool
) -> None:
    meeting = next_meeting(Failed("ma", 1, date(2026, 2, 5), today))
    assert meeting.on == on
    assert (meeting.is_early(today), meeting.is_late(today)) == (is_early, is_late)
    assert meeting.is_disputed(on) is (on > date(2026, 2, 10))


def test_a_governors_session_meets_on_the_next_working_day() -> None:
    friday = date(2026, 2, 6)
    kind = SessionKind.EXTRAORDINARY_GOVERNOR
    assert next_meeting(Failed("ma", 1, friday, friday, kind)).on == date(2026, 2, 9)


def test_in_france_three_clear_days_lie_between_sending_and_meeting() -> None:
    monday = date(2026, 3, 2)
    assert next_meeting(Failed("fr", 1, monday, monday)).on == date(2026, 3, 6)


@given(
    st.sampled_from(["ma", "fr"]),
    st.dates(date(2024, 1, 1), date(2028, 12, 1)),
    st.integers(0, 20),
    st.sampled_from([1, 2]),
)
def test_the_next_meeting_is_always_a_later_working_day(
    pack: str, failed: date, waited: int, number: int
) -> None:
    meeting = next_meeting(Failed(pack, number, failed, failed + timedelta(days=waited)))
    assert meeting.on > failed
    assert not meeting.is_too_soon(meeting.on)
    assert meeting.on.isoweekday() < 6
    assert meeting.number == number + 1
