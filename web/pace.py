"""How often something may be tried from one place."""

from collections import deque
from collections.abc import Hashable
from datetime import datetime, timedelta

from domain.clock import Clock

MOST_REMEMBERED = 10_000  # places; whoever is forgotten may try as often as at first


class Pace:
    """Kept in memory, by each process for itself: it slows guessing down, it does not count."""

    def __init__(self, clock: Clock, *, most: int, within: timedelta) -> None:
        self._clock = clock
        self.most = most
        self.within = within
        self._tries: dict[Hashable, deque[datetime]] = {}

    def allows(self, who: Hashable) -> bool:
        """Say whether somebody may try once more; asking counts it."""
        now = self._clock.now()
        tries = self._tries.pop(who, deque(maxlen=self.most))
        self._tries[who] = tries
        if len(self._tries) > MOST_REMEMBERED:
            del self._tries[next(iter(self._tries))]
        if len(tries) == self.most and now - tries[0] < self.within:
            return False
        tries.append(now)
        return True

    def left(self, who: Hashable) -> tuple[int, timedelta]:
        """Return how many more tries somebody has, and after how long there is one more."""
        now = self._clock.now()
        tries = [one for one in self._tries.get(who, ()) if now - one < self.within]
        wait = self.within - (now - tries[0]) if tries else timedelta(0)
        return self.most - len(tries), wait
