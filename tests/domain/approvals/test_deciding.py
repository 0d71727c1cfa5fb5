from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from domain.approvals import (
    ApprovalState,
    Approver,
    Flow,
    Nudge,
    Principal,
    Round,
    Step,
    Verdict,
    decided,
    due,
    standing,
)
from domain.bodies import Role
from domain.errors import Refused

NOW = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
NAMES = {"fr": "étape", "ar": "مرحلة", "en": "step"}
TEXT, OTHER = "a" * 64, "b" * 64
HEAD, DIRECTOR, PRESIDENT = Role.DIVISION_HEAD, Role.DIRECTOR_GENERAL, Role.PRESIDENT


def step(key: str, stage: int, *roles: Role, needed: int = 1) -> Step:
    return Step(
        key,
        NAMES,
        stage,
        frozenset(roles),
        needed=needed,
        delegates=frozenset({Role.VICE_PRESIDENT}),
        escalates_to=frozenset({PRESIDENT}),
    )


FLOW = Flow("f", NAMES, (step("head", 1, HEAD), step("president", 2, PRESIDENT)))
TOGETHER = Flow("f", NAMES, (step("head", 1, HEAD), step("director", 1, DIRECTOR)))
TWO = Flow("f", NAMES, (step("head", 1, HEAD, needed=2),))
ROUND = Round(TEXT, NOW, frozenset({1}))


def holder(person_id: int, *roles: Role, for_others: tuple[Principal, ...] = ()) -> Approver:
    return Approver(Principal(person_id, frozenset(roles)), for_others)


def approved(flow: Flow, round_: Round, *approvers: Approver) -> Round:
    for approver in approvers:
        round_ = decided(flow, round_, approver, Verdict.APPROVE, shown=TEXT, at=NOW)
    return round_


def refusal(
    flow: Flow,
    round_: Round,
    approver: Approver,
    *,
    verdict: Verdict = Verdict.APPROVE,
    shown: str = TEXT,
    reason: str = "",
) -> str:
    with pytest.raises(Refused) as refused:
        decided(flow, round_, approver, verdict, shown=shown, at=NOW, reason=reason)
    return refused.value.key


def test_steps_follow_one_another_and_the_last_approves() -> None:
    head = approved(FLOW, ROUND, holder(2, HEAD))
    assert [one.step.key for one in standing(FLOW, head).open] == ["president"]
    assert standing(FLOW, approved(FLOW, head, holder(3, PRESIDENT))).state is (
        ApprovalState.APPROVED
    )


def test_steps_of_one_stage_are_open_together_in_any_order() -> None:
    one_way = approved(TOGETHER, ROUND, holder(2, DIRECTOR), holder(3, HEAD))
    other_way = approved(TOGETHER, ROUND, holder(3, HEAD), holder(2, DIRECTOR))
    assert standing(TOGETHER, one_way) == standing(TOGETHER, other_way)


def test_nobody_comes_before_their_turn() -> None:
    assert refusal(FLOW, ROUND, holder(3, PRESIDENT)) == "approval.not_your_turn"


def test_no_author_approves_their_own_text_whatever_their_roles() -> None:
    assert refusal(FLOW, ROUND, holder(1, HEAD, PRESIDENT)) == "approval.own_text"


def test_no_author_approves_through_a_deputy() -> None:
    author = Principal(1, frozenset({HEAD}))
    deputy = holder(5, Role.VICE_PRESIDENT, for_others=(author,))
    assert refusal(FLOW, ROUND, deputy) == "approval.own_text"


def test_a_right_is_used_once_by_its_holder_or_by_their_deputy() -> None:
    head = Principal(2, frozenset({HEAD}))
    deputy = holder(5, Role.VICE_PRESIDENT, for_others=(head,))
    by_deputy = approved(TWO, ROUND, deputy)
    assert by_deputy.decisions[0].for_id == 2
    assert refusal(TWO, by_deputy, holder(2, HEAD)) == "approval.already_yours"
    assert refusal(TWO, by_deputy, deputy) == "approval.already_yours"


def test_a_right_is_not_delegated_to_just_anybody() -> None:
    stranger = holder(6, Role.ARCHIVIST, for_others=(Principal(2, frozenset({HEAD})),))
    assert refusal(FLOW, ROUND, stranger) == "approval.not_yours"


def test_another_text_than_the_one_shown_is_never_approved() -> None:
    assert refusal(FLOW, ROUND, holder(2, HEAD), shown=OTHER) == "approval.text_changed"


@pytest.mark.parametrize("verdict", [Verdict.CHANGES, Verdict.REJECT])
def test_a_no_needs_its_reason_and_ends_the_round(verdict: Verdict) -> None:
    head = holder(2, HEAD)
    assert refusal(FLOW, ROUND, head, verdict=verdict, reason=" ") == "approval.needs_reason"
    ended = decided(FLOW, ROUND, head, verdict, shown=TEXT, at=NOW, reason="le chiffre est faux")
    assert standing(FLOW, ended).open == ()
    assert refusal(FLOW, ended, holder(3, PRESIDENT)) == "approval.already_decided"


def test_silence_never_approves() -> None:
    last = due(FLOW, ROUND)[-1]
    assert last.nudge is Nudge.EXPIRE
    assert standing(FLOW, ROUND).state is ApprovalState.WAITING


def test_those_who_wait_too_long_are_reminded_then_those_above_are_told() -> None:
    assert [(one.nudge, one.at - NOW) for one in due(FLOW, ROUND)] == [
        (Nudge.REMIND, timedelta(hours=12)),
        (Nudge.ESCALATE, timedelta(days=1)),
        (Nudge.EXPIRE, timedelta(days=14)),
    ]


people = st.integers(1, 6)
holders = st.builds(
    lambda person, roles, other: holder(
        person, *roles, for_others=(Principal(other, frozenset({HEAD, PRESIDENT})),)
    ),
    people,
    st.frozensets(st.sampled_from(list(Role)), max_size=4),
    people,
)
tries = st.lists(
    st.tuples(holders, st.sampled_from(list(Verdict)), st.sampled_from([TEXT, OTHER])), max_size=12
)


@given(st.sampled_from([FLOW, TOGETHER, TWO]), tries)
def test_whatever_is_tried_nothing_is_approved_alone(
    flow: Flow, tried: list[tuple[Approver, Verdict, str]]
) -> None:
    round_ = ROUND
    for approver, verdict, shown in tried:
        try:
            round_ = decided(flow, round_, approver, verdict, shown=shown, at=NOW, reason="motif")
        except Refused:
            continue
    assert all(one.content == TEXT for one in round_.decisions)
    assert round_.authors.isdisjoint({one.person_id for one in round_.decisions})
    assert round_.authors.isdisjoint({one.for_id for one in round_.decisions})
    if standing(flow, round_).state is ApprovalState.APPROVED:
        for wanted in flow.steps:
            assert len({one.person_id for one in round_.of(wanted.key)}) >= wanted.needed
            assert all(one.verdict is Verdict.APPROVE for one in round_.of(wanted.key))
