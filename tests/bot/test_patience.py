from datetime import timedelta

from bot.patience import MOST_REMEMBERED, Hearing, Patience
from domain.clock import HandClock

SECOND = timedelta(seconds=1)


def test_who_says_too_much_at_once_is_told_once_and_then_ignored(clock: HandClock) -> None:
    patience = Patience(clock, a_minute=3)
    assert [patience.hearing("hostile") for _ in range(5)] == [
        *[Hearing.HEARD] * 3,
        Hearing.WARNED,
        Hearing.IGNORED,
    ]
    assert patience.hearing("another") is Hearing.HEARD


def test_patience_comes_back_with_time(clock: HandClock) -> None:
    patience = Patience(clock, a_minute=60)
    for _ in range(62):
        patience.hearing("hostile")
    clock.move_by(SECOND)
    assert [patience.hearing("hostile") for _ in range(2)] == [Hearing.HEARD, Hearing.WARNED]
    clock.move_by(timedelta(hours=1))
    assert [patience.hearing("hostile") for _ in range(61)].count(Hearing.HEARD) == 60


def test_a_crowd_is_not_remembered_for_ever(clock: HandClock) -> None:
    patience = Patience(clock, a_minute=1)
    patience.hearing("first")
    for number in range(MOST_REMEMBERED):
        patience.hearing(number)
    assert patience.hearing("first") is Hearing.HEARD
