"""A mailbox, pymap's with letters kept in memory, on a free port of this machine."""

import asyncio
import ssl
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from imaplib import IMAP4
from typing import Any

from proxyprotocol.noop import ProxyProtocolNoop
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer

from channels.email.connections import Tls
from channels.email.mailbox import Folder

USER = "conseil@casablanca.test"
PASSWORD = 'a "quoted\\ password'


@dataclass
class MailboxServer:
    port: int
    _lines: list[asyncio.StreamWriter]

    def folder(self, **settings: Any) -> Folder:
        given = {
            "username": USER,
            "password": PASSWORD,
            "tls": Tls.NEVER,
            "timeout": timedelta(seconds=10),
            **settings,
        }
        return Folder("127.0.0.1", port=self.port, **given)

    async def receive(self, *letters: bytes) -> None:
        """Let letters arrive, as a mail server would lay them down."""
        await asyncio.to_thread(self._append, letters)

    async def unseen(self) -> int:
        return await asyncio.to_thread(self._count)

    def cut(self) -> None:
        """Cut every line."""
        for line in self._lines:
            line.transport.abort()

    def _append(self, letters: Sequence[bytes]) -> None:
        with self._reader() as reader:
            for letter in letters:
                said, _ = reader.append("INBOX", "", "", letter)
                assert said == "OK"

    def _count(self) -> int:
        with self._reader() as reader:
            reader.select("INBOX", readonly=True)
            return len(reader.search(None, "UNSEEN")[1][0].split())

    def _reader(self) -> IMAP4:
        reader = IMAP4("127.0.0.1", self.port)
        reader.login(USER, PASSWORD)
        return reader


@asynccontextmanager
async def mailbox_server(*, tls: ssl.SSLContext | None = None) -> AsyncIterator[MailboxServer]:
    """Run a server with one empty mailbox; with `tls`, encrypted from the first byte."""
    backend, config = await DictBackend.init(_settings())
    answering = IMAPServer(backend.login, config)
    proxied = ProxyProtocolReader(ProxyProtocolNoop()).get_callback(answering)
    lines: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(writer)
        await proxied(reader, writer)

    listening = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    server = MailboxServer(listening.sockets[0].getsockname()[1], lines)
    try:
        yield server
    finally:
        listening.close()
        server.cut()
        await listening.wait_closed()


def _settings() -> Namespace:
    return Namespace(
        demo_data=False,
        demo_user=USER,
        demo_password=PASSWORD,
        host="127.0.0.1",
        port=0,
        debug=False,
        cert=None,
        key=None,
        tls=False,
        passlib_cfg=None,
        proxy_protocol=None,
        inherited_sockets=None,
    )
