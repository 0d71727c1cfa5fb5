"""How fast a network may be asked: everybody together, and each address."""

from collections.abc import Awaitable
from datetime import timedelta

from pyrate_limiter import AbstractClock, MonotonicClock, Rate, RateItem, StateBucket

from domain.channel import Capabilities, Limit, Scope

MOST_REMEMBERED = 5_000  # addresses; those that are free to go again are forgotten first
LONGEST_CHUNK = timedelta(seconds=60)
LARGEST_CHUNK = 500


def chunk_size(capabilities: Capabilities) -> int:
    """Return how many deliveries to put in one chunk: at most a minute of the network's pace."""
    spans = [
        limit.count * (LONGEST_CHUNK / limit.per)
        for limit in capabilities.limits
        if limit.scope is Scope.PROVIDER
    ]
    return max(1, int(min([LARGEST_CHUNK, *spans])))


class Pace:
    """Keeps the limits of one channel within this process; times are milliseconds."""

    def __init__(self, capabilities: Capabilities, clock: AbstractClock | None = None) -> None:
        self._capabilities = capabilities
        self._clock = clock or MonotonicClock()
        self._rates = {scope: rates(capabilities, scope) for scope in Scope}
        self._everybody = self._bucket(Scope.PROVIDER) if self._rates[Scope.PROVIDER] else None
        self._each: dict[str, StateBucket] = {}

    def for_everybody(self) -> int:
        """Take a permit to send at all and return 0, or return how long to wait."""
        return self._asked(self._everybody) if self._everybody else 0

    def for_one(self, address: str) -> int:
        """Take a permit to send to an address and return 0, or return how long to wait."""
        scope = Scope.GROUP if self._capabilities.is_group(address) else Scope.ADDRESS
        if not self._rates[scope]:
            return 0
        if address not in self._each:
            self._forget_some()
            self._each[address] = self._bucket(scope)
        return self._asked(self._each[address])

    @property
    def remembered(self) -> int:
        return len(self._each)

    def now(self) -> int:
        return _at_once(self._clock.now())

    def _asked(self, bucket: StateBucket) -> int:
        item = RateItem("", self.now())
        return 0 if bucket.put(item) else max(1, _at_once(bucket.waiting(item)))

    def _bucket(self, scope: Scope) -> StateBucket:
        return StateBucket(self._rates[scope], clock=self._clock)

    def _forget_some(self) -> None:
        if len(self._each) >= MOST_REMEMBERED:
            self._each = {
                address: bucket for address, bucket in self._each.items() if bucket.count()
            }


def _at_once(answer: int | Awaitable[int]) -> int:
    """Take an answer that the library could also give later, but not from memory."""
    if not isinstance(answer, int):
        raise TypeError("a pace needs a clock and buckets that answer at once")
    return answer


def rates(capabilities: Capabilities, scope: Scope) -> list[Rate]:
    """Return the limits of one scope, the shortest span first."""
    found = [_rate(limit) for limit in capabilities.limits if limit.scope is scope]
    return sorted(found, key=lambda rate: rate.interval)


def _rate(limit: Limit) -> Rate:
    """Return a rate that never lets more than the limit through, in whatever span of its length.

    GCRA lets a burst through on top of its steady flow, so both together must stay within the
    limit. Up to a second the flow is all; over a minute, an answer of several parts may go at once.
    """
    burst = 1 if limit.per <= timedelta(seconds=1) else max(1, limit.count // 4)
    steady = limit.count if burst == 1 else limit.count - burst
    return Rate(steady, limit.per // timedelta(milliseconds=1), burst=burst)
