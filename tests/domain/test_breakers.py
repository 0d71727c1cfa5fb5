from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st

from domain.breakers import (
    BARRED_REST,
    FIRST_REST,
    LONGEST_REST,
    MOST_FAILURES,
    MOST_UNPROVEN,
    PROOF_LASTS,
    Breaker,
    Position,
    answered,
    failed,
    is_its_own,
    told_to_rest,
)
from domain.errors import Barred, Failed, Uncertain, Undeliverable, Unreachable

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
AWAY = Unreachable("away")

waits = st.none() | st.integers(0, 3600).map(lambda seconds: timedelta(seconds=seconds))
failures: st.SearchStrategy[Failed] = st.one_of(
    st.builds(
        lambda wait, here: Unreachable("away", retry_after=wait, is_only_here=here),
        waits,
        st.booleans(),
    ),
    st.just(Undeliverable("blocked", is_address_dead=True)),
    st.just(Uncertain("no_answer")),
    st.just(Barred("login_refused")),
)
stories = st.lists(st.tuples(st.none() | failures, st.integers(0, 120)), max_size=30)


def lived(story: list[tuple[Failed | None, int]]) -> tuple[Breaker, datetime]:
    breaker, now = Breaker(), NOW
    for failure, seconds in story:
        breaker = failed(breaker, failure, now) if failure else answered(breaker, now)
        now += timedelta(seconds=seconds)
    return breaker, now


def fallen() -> Breaker:
    breaker = Breaker()
    for _ in range(MOST_FAILURES):
        breaker = failed(breaker, AWAY, NOW)
    return breaker


@given(stories)
def test_whatever_happened_a_provider_is_tried_again_by_itself(
    story: list[tuple[Failed | None, int]],
) -> None:
    breaker, now = lived(story)
    later = now + timedelta(hours=2)
    assert breaker.admits(0, later)
    assert answered(breaker, later).position(later) is Position.CLOSED


@given(stories, st.integers(0, 200))
def test_nothing_leaves_while_it_is_open_and_one_while_it_is_half_open(
    story: list[tuple[Failed | None, int]], under_way: int
) -> None:
    breaker, now = lived(story)
    match breaker.position(now):
        case Position.OPEN:
            assert not breaker.admits(under_way, now)
        case Position.HALF_OPEN:
            assert breaker.admits(under_way, now) == (under_way == 0)
        case Position.CLOSED:
            assert breaker.admits(under_way, now) or under_way >= MOST_UNPROVEN


@given(stories, st.integers(1, 3600))
def test_a_pause_that_was_asked_for_is_kept_to_the_second(
    story: list[tuple[Failed | None, int]], seconds: int
) -> None:
    breaker, now = lived(story)
    wait = timedelta(seconds=seconds)
    asked = failed(breaker, Unreachable("flood", retry_after=wait), now)
    just_before = now + wait - timedelta(milliseconds=1)
    assert not answered(asked, now).admits(0, just_before)
    if breaker.position(now) is not Position.OPEN:
        assert asked.admits(0, now + wait)


@given(stories)
def test_a_rest_is_never_shortened(story: list[tuple[Failed | None, int]]) -> None:
    breaker, now = lived(story)
    if breaker.position(now) is Position.OPEN:
        for failure in (AWAY, Barred("key"), Unreachable("flood", retry_after=A_SECOND)):
            after = failed(breaker, failure, now)
            assert after.until is not None
            assert breaker.until is not None
            assert after.until >= breaker.until


def test_a_few_failures_in_a_row_open_it_and_fewer_do_not() -> None:
    breaker = Breaker()
    for _ in range(MOST_FAILURES - 1):
        breaker = failed(breaker, AWAY, NOW)
        assert breaker.position(NOW) is Position.CLOSED
    assert failed(breaker, AWAY, NOW).position(NOW) is Position.OPEN
    assert failed(answered(breaker, NOW), AWAY, NOW).position(NOW) is Position.CLOSED


def test_the_rests_grow_to_a_minute() -> None:
    breaker, now, rests = fallen(), NOW, []
    for _ in range(6):
        assert breaker.until is not None
        rests.append(breaker.until - now)
        now = breaker.until
        breaker = failed(breaker, AWAY, now)
    assert rests[:3] == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST]
    assert rests[-1] == LONGEST_REST


def test_a_refused_login_opens_it_at_once_and_for_long() -> None:
    breaker = failed(Breaker(), Barred("login_refused"), NOW)
    assert breaker.is_barred
    assert not breaker.admits(0, NOW + BARRED_REST - A_SECOND)
    assert breaker.admits(0, NOW + BARRED_REST)


def test_one_refusal_amid_answers_is_not_yet_everybodys() -> None:
    proven = answered(Breaker(), NOW)
    assert failed(proven, Barred("vapid_refused"), NOW).position(NOW) is Position.CLOSED
    breaker = proven
    for _ in range(MOST_FAILURES):
        breaker = failed(breaker, Barred("vapid_refused"), NOW)
    assert breaker.is_barred


def test_only_a_provider_that_answers_is_sent_to_by_everybody_at_once() -> None:
    assert not Breaker().admits(MOST_UNPROVEN, NOW)
    proven = answered(Breaker(), NOW)
    assert proven.admits(100, NOW + PROOF_LASTS)
    assert not proven.admits(100, NOW + PROOF_LASTS + A_SECOND)
    assert not failed(proven, AWAY, NOW).admits(MOST_UNPROVEN, NOW)


def test_what_one_address_says_is_not_held_against_the_provider() -> None:
    breaker = Breaker()
    for failure in (Unreachable("mailbox_full", is_only_here=True), Undeliverable("blocked")):
        for _ in range(2 * MOST_FAILURES):
            breaker = failed(breaker, failure, NOW)
    assert breaker.position(NOW) is Position.CLOSED


def test_many_addresses_that_are_told_to_wait_are_everybody() -> None:
    flood = Unreachable("flood", retry_after=timedelta(seconds=40), is_only_here=True)
    breaker = Breaker()
    for _ in range(MOST_FAILURES):
        breaker = failed(breaker, flood, NOW)
    assert breaker.until == NOW + timedelta(seconds=40)


def test_what_another_process_found_holds_here_too() -> None:
    breaker = told_to_rest(Breaker(), NOW + A_SECOND, "away", is_barred=False)
    assert not breaker.admits(0, NOW)
    assert breaker.position(NOW + A_SECOND) is Position.HALF_OPEN


def test_only_what_surely_did_not_leave_is_no_attempt() -> None:
    assert is_its_own(AWAY)
    assert is_its_own(Barred("key"))
    assert not is_its_own(Unreachable("mailbox_full", is_only_here=True))
    assert not is_its_own(Uncertain("no_answer"))
