"""A provider of webhooks to one system, for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from channels.outgoing import Outgoing
from channels.webhook.provider import WebhookProvider
from domain.channel import Parcel
from domain.clock import Clock, SystemClock
from domain.errors import Failed
from domain.outgoing import Network, networks
from domain.webhooks import Bulletin, Webhook

EMULATORS = networks("127.0.0.1")


@dataclass
class Systems:
    """Those that are registered, and what was noted of them."""

    by_name: dict[str, Webhook] = field(default_factory=dict)
    noted: list[str | None] = field(default_factory=list)

    def register(self, webhook: Webhook) -> None:
        self.by_name[webhook.name] = webhook

    async def lookup(self, name: str) -> Webhook | None:
        return self.by_name.get(name)

    async def read(self, parcel: Parcel) -> Bulletin:
        said = parcel.message
        return Bulletin(kind="announcement", content={said.language: said})

    async def note(self, _: Webhook, failure: Failed | None) -> None:
        self.noted.append(failure.code if failure else None)


@asynccontextmanager
async def posting(
    systems: Systems,
    *,
    clock: Clock | None = None,
    allowed: tuple[Network, ...] = EMULATORS,
    reading: timedelta = timedelta(seconds=5),
) -> AsyncIterator[WebhookProvider]:
    provider = WebhookProvider(
        Outgoing(allowed=allowed, reading=reading),
        lookup=systems.lookup,
        read=systems.read,
        note=systems.note,
        clock=clock or SystemClock(),
    )
    try:
        yield provider
    finally:
        await provider.close()
