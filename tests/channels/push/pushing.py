"""A provider of pushes to some browsers, for tests."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

from channels.outgoing import Outgoing
from channels.push.provider import PushProvider
from channels.push.vapid import Signer, new_keys
from domain.clock import Clock, SystemClock
from domain.outgoing import Network, networks
from domain.subscriptions import Subscription

EMULATORS = networks("127.0.0.1")


class Browsers(dict[str, Subscription]):
    """Those that are told, by their names in the records."""

    def subscribe(self, plain: Mapping[str, object]) -> str:
        subscription = Subscription.from_json(plain)
        self[subscription.name] = subscription
        return subscription.name

    async def lookup(self, name: str) -> Subscription | None:
        return self.get(name)

    async def forget(self, name: str) -> None:
        self.pop(name, None)


@asynccontextmanager
async def pushing(
    browsers: Browsers,
    *,
    signer: Signer | None = None,
    clock: Clock | None = None,
    allowed: tuple[Network, ...] = EMULATORS,
    reading: timedelta = timedelta(seconds=5),
) -> AsyncIterator[PushProvider]:
    clock = clock or SystemClock()
    provider = PushProvider(
        signer or Signer(new_keys()[0], "mailto:council@commune.ma", clock),
        Outgoing(allowed=allowed, reading=reading),
        lookup=browsers.lookup,
        forget=browsers.forget,
        clock=clock,
    )
    try:
        yield provider
    finally:
        await provider.close()
