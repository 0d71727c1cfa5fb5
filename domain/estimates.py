"""When what waits will have left, as far as that can be known, and what the answer rests on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from domain.addresses import Channel
from domain.channel import Capabilities, Scope

FEWEST_SEEN = 20  # messages that a measured pace rests on at least
IDLE = timedelta(seconds=15)  # without a message: not a pace but a pause, and not counted as one
STILL = timedelta(minutes=1)  # without a message, though some are due: nobody is sending


class Standstill(StrEnum):
    """Why no end is known."""

    PAUSED = "paused"  # an operator holds it back
    BARRED = "barred"  # the provider refuses us
    UNCARRIED = "uncarried"  # no provider is set up for it
    STALLED = "stalled"  # messages are due, and none leaves
    UNMEASURED = "unmeasured"  # no limit is set, and none has left yet


@dataclass(frozen=True, slots=True)
class Pile:
    """Messages of one content that wait on one channel, in one language, for the same.

    `notice_id`: None where each is a message of its own. `held_until`: None for what is due now,
    the first of it since `due_since`. `is_retried`: it was tried before, and is again by then.
    """

    channel: Channel
    language: str
    count: int
    notice_id: int | None = None
    held_until: datetime | None = None
    is_retried: bool = False
    due_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """All that waits on a channel, in parts as its network counts them, and what goes before it.

    `waves`: the parts that may only leave later, by when; the rest is due now.
    """

    channel: Channel
    messages: int
    parts: int
    held: int = 0
    retried: int = 0
    waves: tuple[tuple[datetime, int], ...] = ()
    ahead: int = 0
    due_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """How fast a channel takes parts, a second. `rests_until`: its provider wants nothing before.

    `limit`: what the network allows; `seen`: what left lately; None where that is not known.
    """

    limit: float | None = None
    seen: float | None = None
    rests_until: datetime | None = None
    standstill: Standstill | None = None

    @property
    def a_second(self) -> float | None:
        known = [pace for pace in (self.limit, self.seen) if pace]
        return min(known, default=None)


@dataclass(frozen=True, slots=True)
class Estimate:
    """`ends_at`: when the last will have left; None, with the reason, where nobody can know.

    `is_earliest`: it may take longer. `is_cut`: by then it expires, and what waits stays behind.
    """

    load: Load
    flow: Flow
    ends_at: datetime | None = None
    standstill: Standstill | None = None
    is_earliest: bool = False
    is_cut: bool = False


def load(
    channel: Channel, piles: Iterable[Pile], parts: Callable[[Pile], int], *, ahead: int = 0
) -> Load:
    """Put the piles of one channel together; `parts` counts those of one message of a pile."""
    mine = [pile for pile in piles if pile.channel is channel]
    later = [(pile.held_until, pile.count * parts(pile)) for pile in mine if pile.held_until]
    return Load(
        channel=channel,
        messages=sum(pile.count for pile in mine),
        parts=sum(pile.count * parts(pile) for pile in mine),
        held=sum(pile.count for pile in mine if pile.held_until and not pile.is_retried),
        retried=sum(pile.count for pile in mine if pile.is_retried),
        waves=tuple(sorted(later)),
        ahead=ahead,
        due_since=min((pile.due_since for pile in mine if pile.due_since), default=None),
    )


def allowed(capabilities: Capabilities) -> float | None:
    """Return how many parts a second a network takes from us at most; None for no limit."""
    paces = [
        limit.count / limit.per.total_seconds()
        for limit in capabilities.limits
        if limit.scope is Scope.PROVIDER
    ]
    return min(paces, default=None)


def seen(left_at: Sequence[datetime]) -> float | None:
    """Return how many messages a second left, from the instants of the latest; pauses apart."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(left_at))]
    flowing = [gap for gap in gaps if gap <= IDLE]
    spent = sum(flowing, timedelta())
    if len(flowing) < FEWEST_SEEN or not spent:
        return None
    return len(flowing) / spent.total_seconds()


def is_still(due_since: datetime | None, left_at: Sequence[datetime], now: datetime) -> bool:
    """Say whether something is due, and nothing has left for longer than that can take."""
    last = max(left_at, default=None)
    is_waiting = due_since is not None and now - due_since > STILL
    return is_waiting and (last is None or now - last > STILL)


def estimate(
    load: Load, flow: Flow, now: datetime, *, expires_at: datetime | None = None
) -> Estimate:
    """Say when a load will have left: what is due in its turn, and each wave when its time comes.

    Whatever comes meanwhile and is more urgent makes it later.
    """
    standstill = flow.standstill or (None if flow.a_second else Standstill.UNMEASURED)
    if standstill or not flow.a_second:
        return Estimate(load, flow, standstill=standstill)
    at = max(now, flow.rests_until or now)
    due = load.parts - sum(parts for _, parts in load.waves)
    for begins_at, parts in ((at, load.ahead + due), *load.waves):
        at = max(at, begins_at) + timedelta(seconds=parts / flow.a_second)
    is_cut = expires_at is not None and at > expires_at
    return Estimate(
        load,
        flow,
        ends_at=expires_at if is_cut else at,
        is_earliest=bool(load.retried) and not is_cut,
        is_cut=is_cut,
    )


def last_end(estimates: Iterable[Estimate]) -> datetime | None:
    """Return when everything will have left; None where that is not known of some part."""
    ends = [one.ends_at for one in estimates]
    known = [end for end in ends if end is not None]
    return max(known, default=None) if len(known) == len(ends) else None
