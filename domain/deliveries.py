"""A message on its way: what may become of it, and when to try again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.notices import NoticeClass


class State(StrEnum):
    QUEUED = "queued"  # waits for its turn, or for its next attempt
    SENDING = "sending"  # handed to a provider, no answer yet
    UNCERTAIN = "uncertain"  # the provider may have it; nobody knows
    ACCEPTED = "accepted"  # the provider has it
    DELIVERED = "delivered"  # the person's device or mailbox has it
    OPENED = "opened"  # the person has seen it
    CONFIRMED = "confirmed"  # the person has answered it
    FAILED = "failed"  # it will not arrive
    EXPIRED = "expired"  # too late to be of use
    CANCELLED = "cancelled"  # withdrawn before it left
    SUPPRESSED = "suppressed"  # never meant to leave; the reason says why
    GATHERED = "gathered"  # waits for its digest
    DIGESTED = "digested"  # was told within a digest


FORWARD: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset(
        {
            State.QUEUED,
            State.SENDING,
            State.UNCERTAIN,
            State.ACCEPTED,
            State.DELIVERED,
            State.OPENED,
            State.CONFIRMED,
            State.FAILED,
            State.EXPIRED,
            State.CANCELLED,
            State.SUPPRESSED,
        }
    ),
    State.SENDING: frozenset(
        {
            State.QUEUED,
            State.UNCERTAIN,
            State.ACCEPTED,
            State.DELIVERED,
            State.OPENED,
            State.CONFIRMED,
            State.FAILED,
        }
    ),
    State.UNCERTAIN: frozenset(
        {
            State.QUEUED,
            State.ACCEPTED,
            State.DELIVERED,
            State.OPENED,
            State.CONFIRMED,
            State.FAILED,
        }
    ),
    State.ACCEPTED: frozenset({State.DELIVERED, State.OPENED, State.CONFIRMED, State.FAILED}),
    State.DELIVERED: frozenset({State.OPENED, State.CONFIRMED}),
    State.OPENED: frozenset({State.CONFIRMED}),
    State.CONFIRMED: frozenset(),
    # Word that it arrived after all outweighs word that it did not, whichever came first.
    State.FAILED: frozenset({State.DELIVERED, State.OPENED, State.CONFIRMED}),
    State.EXPIRED: frozenset(),
    State.CANCELLED: frozenset(),
    State.SUPPRESSED: frozenset(),
    State.GATHERED: frozenset({State.DIGESTED, State.EXPIRED, State.CANCELLED}),
    State.DIGESTED: frozenset({State.OPENED, State.CONFIRMED}),
}

UNFINISHED = frozenset({State.QUEUED, State.SENDING})
REACHED = frozenset({State.ACCEPTED, State.DELIVERED, State.OPENED, State.CONFIRMED})


class Fate(StrEnum):
    """What a state comes to, for whoever looks at many deliveries at once; the best first."""

    TOLD = "told"
    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    LOST = "lost"
    LEFT_OUT = "left_out"


FATES: Mapping[State, Fate] = {
    **dict.fromkeys((*REACHED, State.DIGESTED), Fate.TOLD),
    **dict.fromkeys((*UNFINISHED, State.GATHERED), Fate.WAITING),
    State.UNCERTAIN: Fate.UNCERTAIN,
    **dict.fromkeys((State.FAILED, State.EXPIRED), Fate.LOST),
    **dict.fromkeys((State.CANCELLED, State.SUPPRESSED), Fate.LEFT_OUT),
}

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12


def origins(to: State) -> frozenset[State]:
    """Return the states from which a delivery may come to `to`."""
    return frozenset(state for state, onward in FORWARD.items() if to in onward)


def next_attempt(
    attempts: int,
    now: datetime,
    chance: Random,
    *,
    retry_after: timedelta | None = None,
    expires_at: datetime | None = None,
) -> datetime | None:
    """Return when to try again after `attempts` failures, or None to give up.

    Exponential with full jitter; a provider's `retry_after` is obeyed exactly, and never shortened.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    longest = min(FIRST_WAIT * 2 ** max(attempts - 1, 0), LONGEST_WAIT)
    at = now + (retry_after if retry_after is not None else longest * chance.random())
    return None if expires_at and at >= expires_at else at


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attempt came to, ready to be recorded. `pause`: what the provider asked for."""

    state: State
    code: str | None = None
    provider_ref: str | None = None
    due_at: datetime | None = None
    is_address_dead: bool = False
    pause: timedelta | None = None


def is_repeatable(notice_class: NoticeClass | None, *, is_repeat_harmless: bool) -> bool:
    """Say whether a delivery that may have arrived is sent again.

    Never at the cost of a nuisance, unless the law or an emergency wants certainty.
    """
    return is_repeat_harmless or notice_class in {NoticeClass.STATUTORY, NoticeClass.EMERGENCY}


def outcome_of(
    failure: Failed,
    *,
    attempts: int,
    now: datetime,
    chance: Random,
    expires_at: datetime | None,
    is_repeatable: bool,
) -> Outcome:
    """Decide what a failure means for a delivery that has now failed `attempts` times."""
    if isinstance(failure, Undeliverable):
        return Outcome(State.FAILED, failure.code, is_address_dead=failure.is_address_dead)
    if isinstance(failure, Uncertain) and not is_repeatable:
        return Outcome(State.UNCERTAIN, failure.code)
    wait = failure.retry_after if isinstance(failure, Unreachable) else None
    due_at = next_attempt(attempts, now, chance, retry_after=wait, expires_at=expires_at)
    if due_at is None:
        return Outcome(State.FAILED, failure.code, pause=wait)
    return Outcome(State.QUEUED, failure.code, due_at=due_at, pause=wait)
