"""Posting to addresses that others gave us: never into our own network, never further than told."""

import socket
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.outgoing import Network, may_be_called

CONNECTING = timedelta(seconds=10)
READING = timedelta(seconds=15)
MOST_READ = 4096  # bytes of an answer: only its status says something to us
LONGEST_PAUSE = timedelta(days=30)  # whoever asks for more has made a mistake

# Failures of aiohttp in which no whole request can have left this machine.
NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientConnectionResetError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class Private(OSError):
    """A name led to an address that is not public."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]

    def retry_after(self, now: datetime) -> timedelta | None:
        """Return the pause asked for (RFC 9110, 10.2.3), in seconds or until a date."""
        asked = self.headers.get("Retry-After", "").strip()
        try:
            pause = (
                timedelta(seconds=int(asked))
                if asked.isdecimal()
                else parsedate_to_datetime(asked) - now
            )
        except (ValueError, TypeError, OverflowError):
            return None
        return min(max(pause, timedelta(0)), LONGEST_PAUSE)


class Outgoing:
    """Posts over kept-open lines. Opened by its first post; `close` it in the same loop.

    Where a name leads is looked at when the line is made, so that what the name says later, or
    only to us, makes no difference. `allowed`: networks that need not be public.
    """

    def __init__(
        self,
        *,
        allowed: Iterable[Network] = (),
        reading: timedelta = READING,
        connections: int = 64,
    ) -> None:
        self._allowed = tuple(allowed)
        self._connections = connections
        self._patience = aiohttp.ClientTimeout(
            total=2 * (CONNECTING + reading).total_seconds(),
            connect=CONNECTING.total_seconds(),
            sock_read=reading.total_seconds(),
        )
        self._session: aiohttp.ClientSession | None = None

    async def post(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post and return the answer, whatever it says; raise Failed when none comes.

        No redirect is followed. The errors of the library quote the address: none is chained.
        """
        try:
            async with self._opened().post(
                url, headers=headers, data=body, allow_redirects=False
            ) as response:
                with suppress(aiohttp.ClientError, TimeoutError, OSError):
                    await response.content.read(MOST_READ)  # so that the line can be used again
                return Answer(response.status, response.headers)
        except NEVER_LEFT as error:
            failure = _unsent(error)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = Uncertain("no_answer" if isinstance(error, TimeoutError) else "disconnected")
        raise failure

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, socket_factory=self._public_socket
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=self._patience,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    def _public_socket(self, to: Any) -> socket.socket:
        """Open a socket to where a name led, or raise Private. `to` is as of getaddrinfo."""
        family, kind, protocol, _, where = to
        if not may_be_called(str(where[0]), self._allowed):
            raise Private("not a public address")
        return socket.socket(family, kind, protocol)


def _unsent(error: Exception) -> Failed:
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, Private):
        return Undeliverable("private_address", is_address_dead=True)
    if isinstance(error, aiohttp.ClientSSLError):
        return Unreachable("tls_refused", is_only_here=True)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unreachable("unknown_host", is_only_here=True)
    return Unreachable("unconnected", is_only_here=True)
