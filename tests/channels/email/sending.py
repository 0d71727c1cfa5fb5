"""A provider of e-mail that speaks to a server of the tests."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.email.connections import Server, Tls
from channels.email.smtp import SmtpProvider
from domain.channel import Parcel
from domain.errors import Failed
from domain.messages import Message
from tests.channels.email.samples import PLAIN, letters
from tests.emulators.smtp import MailServer

SHORT = timedelta(milliseconds=250)


@asynccontextmanager
async def sending(
    server: MailServer | int,
    *,
    spares: Sequence[Server] = (),
    connections: int = 1,
    hears_back: bool = False,
    **settings: object,
) -> AsyncIterator[SmtpProvider]:
    port = server if isinstance(server, int) else server.port
    kept = {"timeout": timedelta(seconds=10), "tls": Tls.NEVER, **settings}
    provider = SmtpProvider(
        replace(Server("127.0.0.1", port), **kept),  # type: ignore[arg-type]  # each test names its own few
        letters(),
        spares=spares,
        connections=connections,
        hears_back=hears_back,
    )
    try:
        yield provider
    finally:
        await provider.close()


def parcel(message: Message = PLAIN, *, number: int = 7, to: str = "a@casablanca.test") -> Parcel:
    return Parcel(number, to, message, content_key=message.sha256)


async def failure(provider: SmtpProvider, sent: Parcel | None = None) -> Failed:
    with pytest.raises(Failed) as failed:
        await provider.deliver(sent or parcel())
    return failed.value
