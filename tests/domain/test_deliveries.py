from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, strategies as st

from domain.deliveries import (
    FORWARD,
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    REACHED,
    UNFINISHED,
    Outcome,
    State,
    is_repeatable,
    next_attempt,
    origins,
    outcome_of,
)
from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.notices import NoticeClass

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)
FINAL = {State.CONFIRMED, State.EXPIRED, State.CANCELLED, State.SUPPRESSED}


def test_every_state_has_a_way_on_except_the_last_ones() -> None:
    assert {state for state, onward in FORWARD.items() if not onward} == FINAL
    assert set(FORWARD) == set(State)


def test_a_delivery_that_has_reached_someone_is_never_sent_again() -> None:
    for state in REACHED:
        assert not FORWARD[state] & (UNFINISHED | {State.UNCERTAIN})


@given(st.lists(st.sampled_from([State.ACCEPTED, State.DELIVERED, State.OPENED])))
def test_receipts_in_any_order_come_to_the_same_end(receipts: list[State]) -> None:
    def after(states: list[State]) -> State:
        current = State.SENDING
        for state in states:
            if current in origins(state):
                current = state
        return current

    assert after(receipts) == after(sorted(receipts)) == after(receipts * 2)


@given(st.integers(1, MOST_ATTEMPTS - 1), st.integers())
def test_waits_are_jittered_and_bounded(attempts: int, seed: int) -> None:
    at = next_attempt(attempts, NOW, Random(seed))
    assert at is not None
    assert NOW <= at <= NOW + LONGEST_WAIT


@given(st.integers(0, 10_000))
def test_a_providers_retry_after_is_obeyed_to_the_second(seconds: int) -> None:
    wait = timedelta(seconds=seconds)
    assert next_attempt(1, NOW, Random(0), retry_after=wait) == NOW + wait


def test_nothing_is_tried_for_ever_nor_after_it_is_of_use() -> None:
    assert next_attempt(MOST_ATTEMPTS, NOW, Random(0)) is None
    assert (
        next_attempt(
            1, NOW, Random(0), retry_after=timedelta(hours=1), expires_at=NOW + timedelta(hours=1)
        )
        is None
    )


def outcome(failure: Failed, *, repeatable: bool = False) -> Outcome:
    return outcome_of(
        failure, attempts=1, now=NOW, chance=Random(0), expires_at=None, is_repeatable=repeatable
    )


def test_a_failure_for_good_says_whether_the_address_is_dead() -> None:
    assert outcome(Undeliverable("blocked", is_address_dead=True)) == Outcome(
        State.FAILED, "blocked", is_address_dead=True
    )


def test_a_failure_for_now_waits_in_the_queue() -> None:
    waiting = outcome(Unreachable("flood", retry_after=timedelta(seconds=7)))
    pause = timedelta(seconds=7)
    assert waiting == Outcome(State.QUEUED, "flood", due_at=NOW + pause, pause=pause)


def test_an_uncertain_send_is_repeated_only_where_that_is_allowed() -> None:
    assert outcome(Uncertain("silence")).state is State.UNCERTAIN
    assert outcome(Uncertain("silence"), repeatable=True).state is State.QUEUED


@pytest.mark.parametrize(
    ("notice_class", "harmless", "allowed"),
    [
        (NoticeClass.STATUTORY, False, True),
        (NoticeClass.EMERGENCY, False, True),
        (NoticeClass.INFORMATIONAL, False, False),
        (NoticeClass.INFORMATIONAL, True, True),
        (None, False, False),
    ],
)
def test_a_nuisance_is_risked_for_the_law_and_for_emergencies_alone(
    notice_class: NoticeClass | None, *, harmless: bool, allowed: bool
) -> None:
    assert is_repeatable(notice_class, is_repeat_harmless=harmless) is allowed
