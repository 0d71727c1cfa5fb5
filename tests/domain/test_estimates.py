"""When what waits will have left: known where it can be, and never where it cannot."""

from datetime import timedelta

import pytest

from domain.addresses import Channel
from domain.clock import HandClock
from domain.estimates import Flow, Load, Pile, Standstill, estimate, is_still, last_end, load, seen

SMS = Channel.SMS
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_parts_leave_at_the_pace_of_the_network_after_what_goes_before(clock: HandClock) -> None:
    piles = [Pile(SMS, "fr", 100), Pile(SMS, "ar", 50), Pile(Channel.EMAIL, "fr", 9)]
    mine = load(SMS, piles, lambda pile: 2 if pile.language == "ar" else 1, ahead=40)
    assert (mine.messages, mine.parts) == (150, 200)
    found = estimate(mine, Flow(limit=2.0), clock.now())
    assert found.ends_at == clock.now() + 120 * SECOND
    assert not found.is_earliest


def test_what_is_held_leaves_after_its_hour_and_delays_nothing_else(clock: HandClock) -> None:
    now, eight = clock.now(), clock.now() + timedelta(hours=10)
    mine = load(SMS, [Pile(SMS, "fr", 60), Pile(SMS, "fr", 12, held_until=eight)], lambda _: 1)
    assert mine.held == 12
    assert estimate(mine, Flow(limit=1.0), now).ends_at == eight + 12 * SECOND
    only_now = Load(SMS, 60, 60)
    assert estimate(only_now, Flow(limit=1.0), now).ends_at == now + MINUTE


def test_the_slower_of_what_is_allowed_and_what_is_seen_decides(clock: HandClock) -> None:
    mine = Load(SMS, 100, 100)
    slow, fast = Flow(limit=30.0, seen=5.0), Flow(limit=30.0, seen=90.0)
    assert estimate(mine, slow, clock.now()).ends_at == clock.now() + 20 * SECOND
    assert fast.a_second == 30.0


def test_a_provider_that_rests_begins_when_it_is_tried_again(clock: HandClock) -> None:
    flow = Flow(limit=1.0, rests_until=clock.now() + MINUTE)
    assert estimate(Load(SMS, 60, 60), flow, clock.now()).ends_at == clock.now() + 2 * MINUTE


def test_what_is_tried_again_may_take_longer_than_said(clock: HandClock) -> None:
    later = clock.now() + 5 * MINUTE
    mine = load(SMS, [Pile(SMS, "fr", 3, held_until=later, is_retried=True)], lambda _: 1)
    found = estimate(mine, Flow(limit=1.0), clock.now())
    assert (found.ends_at, found.is_earliest, mine.retried) == (later + 3 * SECOND, True, 3)


def test_what_expires_before_its_turn_stays_behind(clock: HandClock) -> None:
    expires_at = clock.now() + MINUTE
    found = estimate(Load(SMS, 90, 90), Flow(limit=1.0), clock.now(), expires_at=expires_at)
    assert (found.ends_at, found.is_cut) == (expires_at, True)


@pytest.mark.parametrize("standstill", Standstill)
def test_no_end_is_told_that_nobody_can_know(clock: HandClock, standstill: Standstill) -> None:
    unknown = Flow() if standstill is Standstill.UNMEASURED else Flow(9.0, standstill=standstill)
    found = estimate(Load(SMS, 1, 1), unknown, clock.now())
    assert (found.ends_at, found.standstill) == (None, standstill)
    known = estimate(Load(SMS, 1, 1), Flow(limit=1.0), clock.now())
    assert last_end([known, found]) is None
    assert last_end([known]) == clock.now() + SECOND


def test_a_pace_is_seen_in_what_left_and_pauses_are_not_counted(clock: HandClock) -> None:
    first = [clock.now() + n * SECOND / 10 for n in range(30)]
    again = [at + timedelta(hours=1) for at in first]
    assert seen([*first, *again]) == pytest.approx(10)
    assert seen(first[:10]) is None


def test_what_is_due_while_nothing_leaves_stands_still(clock: HandClock) -> None:
    now, before = clock.now(), clock.now() - 2 * MINUTE
    assert is_still(before, [], now)
    assert is_still(before, [before], now)
    assert not is_still(before, [now - SECOND], now)
    assert not is_still(now - SECOND, [], now)
    assert not is_still(None, [], now)
