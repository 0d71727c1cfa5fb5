"""Letters handed to a mail server, or to the next one while the first cannot be reached."""

from collections.abc import Sequence
from dataclasses import replace

from channels.email.addressing import routable
from channels.email.capabilities import CAPABILITIES
from channels.email.connections import Connections, Line, Server, Tls
from channels.email.failures import GOODBYE, Step, during
from channels.email.letters import Letters
from channels.email.relays import Relays
from domain.addresses import Channel
from domain.channel import Parcel
from domain.errors import Failed, Undeliverable, Unreachable
from domain.notices import NoticeClass

# What a kept line says when the server had closed it while it was idle.
LINE_WAS_DEAD = frozenset({"disconnected", "timeout"})
# RFC 3461, 4.1: what the law wants sent is worth a word that it arrived.
ARRIVAL_TOLD = "NOTIFY=SUCCESS,FAILURE"


class SmtpProvider:
    """One letter, one recipient, one answer, over `connections` kept-open lines to a server.

    `spares`: the servers to turn to, in this order, while those before cannot be reached.
    `hears_back`: whether somebody reads what servers report of our letters.
    """

    channel = Channel.EMAIL

    def __init__(
        self,
        server: Server,
        letters: Letters,
        *,
        spares: Sequence[Server] = (),
        connections: int = CAPABILITIES.in_flight,
        hears_back: bool = False,
    ) -> None:
        self.capabilities = replace(CAPABILITIES, in_flight=connections, receipts=hears_back)
        self._letters = letters
        self._servers = tuple(
            Connections(one, name=letters.sender.host, count=connections)
            for one in (server, *spares)
        )
        self._relays = Relays(self._servers)

    async def deliver(self, parcel: Parcel) -> str:
        """Hand a letter to the server and return its Message-ID."""
        to = routable(parcel.address)
        letter = await self._letters.posted(parcel, to)
        async with self._relays.lent() as line:
            await self._announce(line, to, parcel, len(letter.data))
            with during(Step.DATA):
                await line.client.data(letter.data)
        return letter.reference

    async def answer_for_itself(self) -> str:
        """Say what each server answers; raise Failed when none does."""
        said, failures = [], []
        for one in self._servers:
            try:
                said.append(await _answer(one))
            except Failed as failure:
                failures.append(failure)
                said.append(f"{one.server.host}:{one.server.port} fails ({failure.code})")
        if len(failures) == len(self._servers):
            raise failures[0]
        return "; ".join(said)

    async def close(self) -> None:
        await self._relays.close()

    async def _announce(self, line: Line, to: str, parcel: Parcel, size: int) -> None:
        """Name the sender and the recipient; a kept line found dead is replaced, once.

        Nothing of the letter has left before the server agreed to both.
        """
        try:
            await self._name_both(line, to, parcel, size)
        except Unreachable as failure:
            if not line.carried or not _was_dead(failure):
                raise
            await line.renew()
            await self._name_both(line, to, parcel, size)

    async def _name_both(self, line: Line, to: str, parcel: Parcel, size: int) -> None:
        client = line.client
        options, wishes = [], []
        if client.supports_extension("size"):
            _check_size(size, client.esmtp_extensions["size"])
            options.append(f"SIZE={size}")
        if not to.isascii():
            if not client.supports_extension("smtputf8"):
                raise Undeliverable("smtputf8_not_offered")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        if self.capabilities.receipts and client.supports_extension("dsn"):
            options.append("RET=HDRS")  # a bounce need not bring the whole letter back
            if parcel.notice_class is NoticeClass.STATUTORY:
                wishes.append(ARRIVAL_TOLD)
        encoding = "ascii" if to.isascii() else "utf-8"
        with during(Step.SENDER):
            await client.mail(self._letters.sender.address, options=options, encoding=encoding)
        with during(Step.RECIPIENT):
            await client.rcpt(to, options=wishes, encoding=encoding)


async def _answer(connections: Connections) -> str:
    server = connections.server
    line = await connections.opened()
    with during(Step.CONNECT):
        await line.client.noop()
    is_encrypted = line.is_encrypted
    await line.end()
    said = [f"{server.host}:{server.port} answers"]
    if server.tls is Tls.IMPLICIT:
        said.append("TLS")
    elif is_encrypted:
        said.append("STARTTLS")
    if server.username:
        said.append("logged in")
    return ", ".join(said)


def _was_dead(failure: Unreachable) -> bool:
    return failure.code in LINE_WAS_DEAD or failure.code.startswith(f"smtp_{GOODBYE}")


def _check_size(size: int, limit: str) -> None:
    """Raise Undeliverable when the server said that it takes less (RFC 1870; 0 is no limit)."""
    if limit.isdecimal() and 0 < int(limit) < size:
        raise Undeliverable("too_large")
