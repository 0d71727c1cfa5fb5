"""Minutes are as far as their text and their paper are: nothing can contradict that."""

from datetime import date

from hypothesis import given, strategies as some

from domain.approvals import ApprovalState
from domain.minutes import OF_THE_PAPER, Minutes, MinutesState, numbered, state
from domain.session_facts import SessionFact

DAY = date(2026, 2, 20)


@given(text=some.sampled_from(ApprovalState), done=some.sets(some.sampled_from(SessionFact)))
def test_minutes_are_as_far_as_the_furthest_thing_done_with_them(
    text: ApprovalState, done: set[SessionFact]
) -> None:
    reached = state(text, dict.fromkeys(done, DAY))
    if papers := [after for fact, after in OF_THE_PAPER.items() if fact in done]:
        assert reached is papers[-1]
    else:
        assert reached in {MinutesState.DRAFTING, MinutesState.REVIEW, MinutesState.AGREED}


def test_minutes_are_called_by_their_number_in_the_register_however_it_is_written() -> None:
    assert Minutes(1, 2026, 3, 12, 61).ref == "PV-2026-3"
    for said in ("le PV-2026-3", "pv 2026/3 svp", "محضر PV-2026-003"):
        assert numbered(said) == (2026, 3)
    assert numbered("le pv du 3 mai 2026") is None
