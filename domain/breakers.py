"""Whether a provider is asked at all: closed while it answers, open while it does not, then half.

The provider's own failures are kept apart from those of one address, and both from ours.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import Barred, Failed, Undeliverable, Unreachable

MOST_UNPROVEN = 3  # sends under way at once to a provider that has not answered lately
MOST_FAILURES = 3  # in a row, after which it is left alone
PROOF_LASTS = timedelta(seconds=1)
FIRST_REST = timedelta(seconds=10)
LONGEST_REST = timedelta(minutes=1)
BARRED_REST = timedelta(minutes=15)  # a login that is refused is not tried more often than this


class Position(StrEnum):
    CLOSED = "closed"  # deliveries pass
    HALF_OPEN = "half_open"  # one passes, to see whether the provider is back
    OPEN = "open"  # none passes


@dataclass(frozen=True, slots=True)
class Breaker:
    """What is known of a provider.

    `failures` and `rests` are counted in a row; `until`: when it is tried again, None while closed;
    `code`: what it said last; `is_barred`: the fault is ours, and somebody has to mend it.
    """

    failures: int = 0
    rests: int = 0
    until: datetime | None = None
    code: str | None = None
    is_barred: bool = False
    answered_at: datetime | None = None

    def position(self, now: datetime) -> Position:
        if self.until is None:
            return Position.CLOSED
        return Position.OPEN if now < self.until else Position.HALF_OPEN

    def admits(self, under_way: int, now: datetime) -> bool:
        """Say whether one more may leave while so many are under way."""
        match self.position(now):
            case Position.OPEN:
                return False
            case Position.HALF_OPEN:
                return under_way == 0
            case Position.CLOSED:
                return under_way < MOST_UNPROVEN or self.is_proven(now)

    def is_proven(self, now: datetime) -> bool:
        """Say whether the provider has just taken a message, and refused none since."""
        is_fresh = self.answered_at is not None and now - self.answered_at <= PROOF_LASTS
        return is_fresh and self.failures == 0


def answered(breaker: Breaker, now: datetime) -> Breaker:
    """Return what is known after an answer about a message: the provider lives.

    Late answers to what left before do not end a rest.
    """
    if breaker.position(now) is Position.OPEN:
        return breaker
    return Breaker(answered_at=now)


def failed(breaker: Breaker, failure: Failed, now: datetime) -> Breaker:
    """Return what is known after a failure, whoever's it is."""
    match failure:
        case Undeliverable():
            return answered(breaker, now)
        case Unreachable(is_only_here=True, retry_after=None):
            return answered(breaker, now)
        case Barred() if not breaker.is_proven(now):
            return _barred(breaker, failure.code, now)
        case Unreachable(is_only_here=False, retry_after=timedelta() as wait):
            return _resting(breaker, failure.code, now, wait)
        case _:
            return _doubted(breaker, failure, now)


def told_to_rest(breaker: Breaker, until: datetime, code: str, *, is_barred: bool) -> Breaker:
    """Return what is known after another process has said that the provider rests."""
    later = _later(breaker, until)
    return replace(breaker, until=later, code=code, is_barred=is_barred, rests=breaker.rests or 1)


def _barred(breaker: Breaker, code: str, now: datetime) -> Breaker:
    until = _later(breaker, now + BARRED_REST)
    return replace(breaker, failures=breaker.failures + 1, code=code, is_barred=True, until=until)


def _doubted(breaker: Breaker, failure: Failed, now: datetime) -> Breaker:
    """Count a silence; or a flood, or a refusal, that may be one address's alone."""
    position = breaker.position(now)
    if position is Position.OPEN:
        return breaker
    failures = breaker.failures + 1
    if position is Position.CLOSED and failures < MOST_FAILURES:
        return replace(breaker, failures=failures, code=failure.code)
    asked = failure.retry_after if isinstance(failure, Unreachable) else None
    wait = min(FIRST_REST * 2 ** min(breaker.rests, 10), LONGEST_REST)
    return _resting(replace(breaker, failures=failures), failure.code, now, asked or wait)


def _resting(breaker: Breaker, code: str, now: datetime, wait: timedelta) -> Breaker:
    is_new = breaker.position(now) is not Position.OPEN
    return replace(
        breaker,
        rests=breaker.rests + is_new,
        until=_later(breaker, now + wait),
        code=code,
        is_barred=False,
    )


def _later(breaker: Breaker, until: datetime) -> datetime:
    return max(breaker.until or until, until)


def is_its_own(failure: Failed) -> bool:
    """Say whether a failure is the provider's or ours, and says nothing of the delivery.

    What may have arrived is never forgotten: it has to be looked for before it is repeated.
    """
    return isinstance(failure, Unreachable) and not failure.is_only_here
