"""How much one person may say: so many things at once, and as many again within each minute."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.clock import Clock

MINUTE = timedelta(minutes=1)
MOST_REMEMBERED = 10_000  # people; whoever is forgotten may say as much as at first


class Hearing(StrEnum):
    HEARD = "heard"
    WARNED = "warned"  # too much: told so, once
    IGNORED = "ignored"  # too much still


@dataclass(frozen=True, slots=True)
class Bucket:
    """What somebody may still say, as it stood at an instant."""

    left: float
    at: datetime
    is_warned: bool = False


class Patience:
    """Kept in memory, by each process for itself: it protects, it does not count."""

    def __init__(self, clock: Clock, *, a_minute: int) -> None:
        self._clock = clock
        self._most = float(a_minute)
        self._buckets: dict[Hashable, Bucket] = {}

    def hearing(self, who: Hashable) -> Hearing:
        """Say whether to hear one more thing that somebody said; asking counts it."""
        now = self._clock.now()
        before = self._buckets.pop(who, Bucket(self._most, now))
        left = min(self._most, before.left + self._most * ((now - before.at) / MINUTE))
        if left >= 1:
            found, after = Hearing.HEARD, Bucket(left - 1, now)
        elif before.is_warned:
            found, after = Hearing.IGNORED, Bucket(left, now, is_warned=True)
        else:
            found, after = Hearing.WARNED, Bucket(left, now, is_warned=True)
        self._buckets[who] = after
        if len(self._buckets) > MOST_REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        return found
