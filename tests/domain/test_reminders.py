from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from domain.clock import zone
from domain.errors import Refused
from domain.reminders import Dropped, Reminder, Rule, useful

CASABLANCA = zone("Africa/Casablanca")
STARTS = datetime(2026, 2, 16, 9, 0)
STARTS_AT = datetime(2026, 2, 16, 9, 0, tzinfo=UTC)


@given(
    st.builds(
        Rule,
        days=st.integers(0, 999),
        at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    )
    | st.builds(Rule, days=st.integers(1, 999))
    | st.builds(Rule, span=st.integers(1, 9999).map(lambda minutes: timedelta(minutes=minutes)))
)
def test_a_rule_is_read_as_it_is_written(rule: Rule) -> None:
    assert Rule.parsed(str(rule)) == rule


@pytest.mark.parametrize("text", ["", "P", "PT", "two days", "P2D@25:00", "P2D@9:30", "-P2D"])
def test_an_unreadable_rule_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"reminder\.unreadable_rule"):
        Rule.parsed(text)


def test_days_are_counted_on_the_calendar_over_a_change_of_clocks() -> None:
    # 14 February is still UTC+1: nine o'clock there is eight in UTC.
    assert Rule(days=2).due_at(STARTS, CASABLANCA) == datetime(2026, 2, 14, 8, 0, tzinfo=UTC)


def test_hours_are_counted_on_the_running_clock() -> None:
    rule = Rule(span=timedelta(hours=48))
    assert rule.due_at(STARTS, CASABLANCA) == datetime(2026, 2, 14, 9, 0, tzinfo=UTC)


def test_a_wall_hour_on_the_day_itself_can_be_asked_for() -> None:
    rule = Rule.parsed("P0D@07:30")
    assert rule.due_at(STARTS, CASABLANCA) == datetime(2026, 2, 16, 7, 30, tzinfo=UTC)


def due(number: int, hours_before: int, person_id: int | None = None) -> Reminder:
    at = STARTS_AT - timedelta(hours=hours_before)
    return Reminder(number, 1, person_id, Rule(at=time(9)), at, STARTS_AT)


def test_of_several_that_are_due_only_the_latest_is_still_news() -> None:
    verdicts = useful([due(1, 48), due(2, 15), due(3, 2)], STARTS_AT - timedelta(hours=1))
    assert verdicts == {1: Dropped.SUPERSEDED, 2: Dropped.SUPERSEDED, 3: None}


def test_a_members_own_reminder_does_not_silence_everybodys() -> None:
    verdicts = useful([due(1, 48), due(2, 15, person_id=7)], STARTS_AT - timedelta(hours=1))
    assert verdicts == {1: None, 2: None}


def test_nothing_is_news_once_the_sitting_has_begun() -> None:
    assert useful([due(1, 2)], STARTS_AT) == {1: Dropped.STARTED}
