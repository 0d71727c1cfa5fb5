"""A mail server, aiosmtpd's, on a free port: it keeps what it takes and misbehaves on request."""

import asyncio
import shutil
import ssl
import subprocess
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DONE = "250 OK"


class Misbehaviour(StrEnum):
    DROP = "drop"  # the line goes dead
    HANG = "hang"  # no answer, for ever


@dataclass(frozen=True, slots=True)
class Taken:
    """One letter the server said yes to."""

    sender: str
    recipient: str
    data: bytes
    options: tuple[str, ...]
    is_encrypted: bool
    is_logged_in: bool
    connection: int
    wishes: tuple[str, ...] = ()  # what was asked with the recipient

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.data, policy=default)
        assert isinstance(message, EmailMessage)
        return message


@dataclass
class MailServer:
    """What it heard, and how it shall answer next. Also aiosmtpd's handler."""

    port: int = 0
    tells_arrival: bool = False
    taken: list[Taken] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    _faults: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    _lines: list[SMTP] = field(default_factory=list)

    @property
    def connections(self) -> int:
        """Count the lines that were opened."""
        return len(self._lines)

    def fail_next(self, command: str, reply: str, times: int = 1) -> None:
        """Answer the next such commands with `reply`, or with a Misbehaviour."""
        self._faults[command].extend([reply] * times)

    def drop_lines(self) -> None:
        """Cut every line, as a server does with those it finds idle."""
        for line in self._lines:
            _cut(line)

    def remember(self, line: SMTP) -> SMTP:
        self._lines.append(line)
        return line

    async def handle_NOOP(self, server: SMTP, *_: Any) -> str:  # noqa: N802 - aiosmtpd's name
        return await self._answered("NOOP", server)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _: SMTP, session: Session, __: Envelope, hostname: str, offers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*offers[:-1], "250-DSN", offers[-1]] if self.tells_arrival else offers

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answered("MAIL", server)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _: Session, envelope: Envelope, address: str, wishes: list[str]
    ) -> str:
        answer = await self._answered("RCPT", server)
        if answer == DONE:
            envelope.rcpt_options = wishes
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = await self._answered("DATA", server)
        if answer == DONE:
            number = self._lines.index(server) + 1
            self.taken.append(_taken(session, envelope, number))
        return answer

    async def _answered(self, command: str, server: SMTP) -> str:
        self.heard.append(command)
        reply = self._faults[command].popleft() if self._faults[command] else DONE
        if reply == Misbehaviour.DROP:
            _cut(server)
        if reply in set(Misbehaviour):
            await asyncio.get_running_loop().create_future()
        return reply


class Line(SMTP):
    """aiosmtpd's, which also understands what RFC 3461 adds."""

    def _getparams(self, params: Sequence[str]) -> dict[str, str | bool] | None:
        known: dict[str, str | bool] | None = super()._getparams(params)
        for added in ("RET", "NOTIFY"):
            if known:
                known.pop(added, None)
        return known


def _cut(line: SMTP) -> None:
    transport = line.transport
    # Python before 3.11.4 breaks on an encrypted line that has ended already.
    if isinstance(transport, asyncio.Transport) and not transport.is_closing():
        transport.abort()


def _taken(session: Session, envelope: Envelope, connection: int) -> Taken:
    assert isinstance(envelope.content, bytes)
    return Taken(
        sender=envelope.mail_from or "",
        recipient=envelope.rcpt_tos[0],
        data=envelope.content,
        options=tuple(envelope.mail_options),
        is_encrypted=session.ssl is not None,
        is_logged_in=session.authenticated is True,
        connection=connection,
        wishes=tuple(envelope.rcpt_options),
    )


@asynccontextmanager
async def mail_server(
    *,
    tls: ssl.SSLContext | None = None,
    is_implicit: bool = False,
    login: tuple[str, str] | None = None,
    speaks_utf8: bool = True,
    size_limit: int = 33_554_432,
) -> AsyncIterator[MailServer]:
    """Run a server that offers STARTTLS when `tls` is given, and knows one `login`."""

    def authenticate(*given: Any) -> AuthResult:
        known = login and LoginPassword(login[0].encode(), login[1].encode())
        return AuthResult(success=given[-1] == known, handled=False)

    def answering() -> SMTP:
        return server.remember(
            Line(
                server,
                hostname="mail.test",
                tls_context=None if is_implicit else tls,
                auth_require_tls=not is_implicit,
                authenticator=authenticate if login else None,
                enable_SMTPUTF8=speaks_utf8,
                data_size_limit=size_limit,
                loop=asyncio.get_running_loop(),
            )
        )

    server = MailServer()
    listening = await asyncio.get_running_loop().create_server(
        answering, "127.0.0.1", 0, ssl=tls if is_implicit else None
    )
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        server.drop_lines()
        await listening.wait_closed()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for 127.0.0.1 and return a server's context and the file to trust."""
    openssl = shutil.which("openssl")
    assert openssl, "install openssl: these tests make a certificate with it"
    key, chain = folder / "key.pem", folder / "chain.pem"
    request = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=mail.test -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run(  # noqa: S603 - our own words only
        [openssl, *request.split(), "-keyout", str(key), "-out", str(chain)],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)
    return context, chain
