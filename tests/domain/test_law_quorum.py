"""The quorum, meeting by meeting."""

import pytest
from hypothesis import given, strategies as st

from domain import law
from domain.sessions import SessionKind


@pytest.mark.parametrize(("members", "needed"), [(147, 74), (146, 74), (27, 14), (1, 1), (2, 2)])
def test_the_quorum_is_more_than_half_of_the_members_in_office(members: int, needed: int) -> None:
    assert law.quorum(members) == needed


@given(st.integers(1, 2000))
def test_the_quorum_is_the_smallest_number_above_half(members: int) -> None:
    assert 2 * law.quorum(members) > members >= 2 * (law.quorum(members) - 1)


@pytest.mark.parametrize(
    ("meeting", "present", "is_valid"),
    [(1, 74, True), (1, 73, False), (2, 74, True), (2, 73, False), (3, 1, True), (3, 0, False)],
)
def test_in_morocco_the_third_meeting_is_valid_whatever_the_number(
    meeting: int, present: int, *, is_valid: bool
) -> None:
    assert is_valid is law.has_quorum("ma", present=present, members_in_office=147, meeting=meeting)


def test_a_governors_session_needs_a_quorum_only_once() -> None:
    kind = SessionKind.EXTRAORDINARY_GOVERNOR
    assert law.quorum_free_meeting("ma", kind) == 2
    assert not law.has_quorum("ma", present=73, members_in_office=147, kind=kind)
    assert law.has_quorum("ma", present=5, members_in_office=147, meeting=2, kind=kind)


def test_other_extraordinary_sessions_follow_the_ordinary_rule() -> None:
    assert law.quorum_free_meeting("ma", SessionKind.EXTRAORDINARY_THIRD) == 3


def test_in_france_the_second_meeting_is_valid_whatever_the_number() -> None:
    assert not law.has_quorum("fr", present=7, members_in_office=15)
    assert law.has_quorum("fr", present=3, members_in_office=15, meeting=2)
