"""Push services, each with a breaker of its own: one that is away holds up no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from domain import breakers
from domain.breakers import FIRST_REST, Breaker, Position
from domain.clock import Clock
from domain.errors import Failed, Unreachable, Untried
from domain.outgoing import origin

MOST_KNOWN = 256  # there are a handful, and anybody can name more
ABOUT_SERVICES = frozenset({"unconnected", "unknown_host", "tls_refused", "rate_limited"})


@dataclass(slots=True)
class Service:
    breaker: Breaker = field(default_factory=Breaker)
    under_way: int = 0


class Services:
    """What is known of each push service, in this process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str, Service] = {}

    @contextmanager
    def asked(self, endpoint: str) -> Iterator[None]:
        """Ask a service within the block, and note how it goes; raise Untried while it rests."""
        service = self._service(origin(endpoint))
        self._require_open(service)
        service.under_way += 1
        try:
            yield
        except Failed as failure:
            said = _of_the_service(failure)
            service.breaker = breakers.failed(service.breaker, said, self._clock.now())
            raise
        else:
            service.breaker = breakers.answered(service.breaker, self._clock.now())
        finally:
            service.under_way -= 1

    def _service(self, name: str) -> Service:
        if len(self._known) >= MOST_KNOWN:
            self._known = {one: of for one, of in self._known.items() if of.under_way}
        return self._known.setdefault(name, Service())

    def _require_open(self, service: Service) -> None:
        now, breaker = self._clock.now(), service.breaker
        position = breaker.position(now)
        is_tried = position is Position.HALF_OPEN and service.under_way > 0
        if position is Position.OPEN and breaker.until:
            raise Untried("push_service_rests", retry_after=breaker.until - now)
        if is_tried:
            raise Untried("push_service_rests", retry_after=FIRST_REST)


def _of_the_service(failure: Failed) -> Failed:
    """Return what a failure says of the whole service, whose own are 5xx, silence and floods."""
    if not isinstance(failure, Unreachable):
        return failure
    is_its_own = failure.code in ABOUT_SERVICES or failure.code.startswith("http_5")
    return Unreachable(failure.code, retry_after=failure.retry_after, is_only_here=not is_its_own)
