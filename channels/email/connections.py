"""Lines to a mail server, kept open between letters."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from aiosmtplib import SMTP, SMTPException

from channels.email.failures import Step, during
from domain.errors import Failed, Misconfigured, Unreachable

LETTERS_A_LINE = 100  # servers count letters and close lines that carry too many
IDLE_LIMIT = timedelta(
    seconds=60
)  # servers close idle lines from 5 minutes on (RFC 5321, 4.5.3.2.7)
TRUSTED_WHILE = timedelta(seconds=5)  # a line idle for longer is asked whether it still stands
COURTESY = timedelta(
    seconds=5
)  # how long we wait for answers that change nothing: NOOP, RSET, QUIT
CONNECTING = timedelta(seconds=15)  # long for a greeting, short enough to try another server


class Tls(StrEnum):
    NEVER = "never"
    # STARTTLS when the server has it, whoever it is; with a password, always, and its name checked.
    WHEN_OFFERED = "when_offered"
    REQUIRED = "required"  # STARTTLS or nothing
    IMPLICIT = "implicit"  # TLS from the first byte: port 465


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how we speak to it. `timeout` holds for each of its answers."""

    host: str
    port: int = 25
    tls: Tls = Tls.WHEN_OFFERED
    ca_file: Path | None = None
    username: str | None = None
    password: str = ""
    timeout: timedelta = timedelta(seconds=30)


class Line:
    """One open connection, and how much it has carried. `reopen` opens another to the same."""

    def __init__(self, client: SMTP, reopen: Callable[[], Awaitable[SMTP]]) -> None:
        self.client = client
        self.carried = 0
        self._reopen = reopen
        self.used_at = _seconds()

    @property
    def idle(self) -> timedelta:
        return timedelta(seconds=_seconds() - self.used_at)

    @property
    def is_encrypted(self) -> bool:
        return self.client.get_transport_info("sslcontext") is not None

    async def stands(self) -> bool:
        """Ask the server whether it still listens."""
        with suppress(SMTPException, OSError):
            await self.client.noop(timeout=COURTESY.total_seconds())
            return True
        self.client.close()
        return False

    async def forget(self) -> None:
        """Drop the letter under way, and the line with it if the server does not follow."""
        try:
            await self.client.rset(timeout=COURTESY.total_seconds())
        except (SMTPException, OSError):
            self.client.close()

    async def renew(self) -> None:
        """Put a new connection under a line whose own was found dead."""
        self.client.close()
        self.client, self.carried = await self._reopen(), 0

    async def end(self) -> None:
        with suppress(SMTPException, OSError):
            await self.client.quit(timeout=COURTESY.total_seconds())
        self.client.close()


class Connections:
    """At most `count` lines to one server, each lent to one letter at a time.

    `name` is what we call ourselves to the server.
    """

    def __init__(
        self,
        server: Server,
        *,
        name: str,
        count: int,
        letters_a_line: int = LETTERS_A_LINE,
        idle_limit: timedelta = IDLE_LIMIT,
        trusted_while: timedelta = TRUSTED_WHILE,
    ) -> None:
        self.server = server
        self._name = name
        self._places = asyncio.Semaphore(count)
        self._letters_a_line = letters_a_line
        self._idle_limit = idle_limit
        self._trusted_while = trusted_while
        self._kept: list[Line] = []
        self._tls = _tls_context(server)
        self._is_closed = False

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[Line]:
        """Lend a line that stands, opening one when none is kept."""
        async with self._places:
            line = await self._kept_line() or await self.opened()
            try:
                yield line
            except Failed:
                await line.forget()
                await self._keep(line)
                raise
            except BaseException:
                line.client.close()
                raise
            line.carried += 1
            await self._keep(line)

    async def opened(self) -> Line:
        """Open a new line, encrypted and logged in as the server's settings say."""
        return Line(await self._opened(), self._opened)

    async def close(self) -> None:
        self._is_closed = True
        while self._kept:
            await self._kept.pop().end()

    async def _opened(self) -> SMTP:
        server = self.server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            local_hostname=self._name,
            timeout=server.timeout.total_seconds(),
            use_tls=server.tls is Tls.IMPLICIT,
            start_tls=False,
            tls_context=self._tls,
        )
        try:
            with during(Step.CONNECT):
                await client.connect(timeout=min(CONNECTING, server.timeout).total_seconds())
                await client.ehlo()
            await self._encrypt(client)
            if server.username:
                with during(Step.LOGIN):
                    await client.login(server.username, server.password)
                    await client.ehlo()
        except BaseException:
            client.close()
            raise
        return client

    async def _encrypt(self, client: SMTP) -> None:
        server = self.server
        if server.tls in {Tls.NEVER, Tls.IMPLICIT}:
            return
        if client.supports_extension("starttls"):
            with during(Step.STARTTLS):
                await client.starttls()
                await client.ehlo()
        elif server.tls is Tls.REQUIRED or server.username:
            # Whoever stands between us could have removed the offer to see the password.
            raise Unreachable("tls_not_offered")

    async def _kept_line(self) -> Line | None:
        while self._kept:
            line = self._kept.pop()
            if not line.client.is_connected:
                continue
            if line.idle > self._idle_limit:
                await line.end()
            elif line.idle <= self._trusted_while or await line.stands():
                return line
        return None

    async def _keep(self, line: Line) -> None:
        if not line.client.is_connected:
            return
        if self._is_closed or line.carried >= self._letters_a_line:
            await line.end()
            return
        line.used_at = _seconds()
        self._kept.append(line)


def _tls_context(server: Server) -> ssl.SSLContext | None:
    if server.tls is Tls.NEVER:
        return None
    try:
        context = ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise Misconfigured(
            f"The certificates to trust for e-mail cannot be read from {server.ca_file}."
        ) from error
    if server.tls is Tls.WHEN_OFFERED and not server.username and not server.ca_file:
        # Opportunistic (RFC 7435): whoever would send in clear gains by a certificate of whatever
        # name, and relays of a town hall's own often have one they signed themselves.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _seconds() -> float:
    return asyncio.get_running_loop().time()
