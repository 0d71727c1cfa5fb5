import pytest
from hypothesis import given, strategies as st

from domain.absences import absences
from domain.forecasts import Outlook, forecast

PAST = (0.5, 0.75, 0.6)


@pytest.mark.parametrize(
    ("confirmed", "excused", "past", "outlook"),
    [
        (6, 0, (), Outlook.SURE),
        (5, 0, (), Outlook.OPEN),
        (0, 5, (), Outlook.IMPOSSIBLE),
        (4, 0, PAST, Outlook.LIKELY),
        (1, 3, PAST, Outlook.OPEN),
        (0, 3, PAST, Outlook.OPEN),
        (0, 4, PAST, Outlook.SHORT),
    ],
)
def test_the_outlook_rests_on_answers_first_and_on_the_past_where_it_is_known(
    confirmed: int, excused: int, past: tuple[float, ...], outlook: Outlook
) -> None:
    found = forecast(confirmed=confirmed, excused=excused, in_office=10, needed=6, past=past)
    assert found.outlook is outlook


def test_two_openings_are_no_past() -> None:
    found = forecast(confirmed=0, excused=0, in_office=10, needed=6, past=[0.9, 0.8])
    assert (found.fewest, found.most, found.is_from_past) == (0, 10, False)


def test_a_meeting_that_needs_no_quorum_alarms_nobody() -> None:
    found = forecast(confirmed=0, excused=9, in_office=10, needed=6, is_quorum_free=True)
    assert (found.outlook, found.is_alarming) == (Outlook.NOT_NEEDED, False)


@given(
    st.integers(0, 80),
    st.integers(0, 80),
    st.integers(0, 80),
    st.lists(st.floats(0, 1), max_size=6),
)
def test_what_is_expected_lies_between_nobody_and_everybody(
    confirmed: int, excused: int, others: int, past: list[float]
) -> None:
    in_office = confirmed + excused + others
    found = forecast(
        confirmed=confirmed,
        excused=excused,
        in_office=in_office,
        needed=in_office // 2 + 1,
        past=past,
    )
    assert 0 <= found.fewest <= found.most <= found.unanswered
    assert found.in_office == in_office


@pytest.mark.parametrize(
    ("missed", "consecutive", "scattered"),
    [([], 0, 0), ([True, True, False], 0, 2), ([True, False, True, True], 2, 3)],
)
def test_absences_are_counted_in_a_row_and_in_all(
    missed: list[bool], consecutive: int, scattered: int
) -> None:
    found = absences(1, "Amine", missed)
    assert (found.consecutive, found.scattered) == (consecutive, scattered)
    assert found.is_reached(consecutive=3, scattered=5) is False
    assert absences(1, "Amine", [True] * 3).is_reached(consecutive=3, scattered=5)
