"""A server that keeps what it is posted, and answers byte for byte as it was told."""

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto


class Misbehaviour(Enum):
    HANG = auto()  # no answer, for ever
    DROP = auto()  # the line goes dead before an answer


@dataclass(frozen=True)
class Posted:
    path: str
    headers: Mapping[str, str]  # in small letters
    body: bytes


@dataclass
class Receiver:
    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    connections: int = 0
    _answers: deque[bytes | Misbehaviour] = field(default_factory=deque)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def answer_next(self, answer: bytes | Misbehaviour, times: int = 1) -> None:
        """Answer so the next times; afterwards with 201 again."""
        self._answers.extend([answer] * times)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                self.posted.append(await _posted(reader))
                answer = self._answers.popleft() if self._answers else answered(201)
                if answer is Misbehaviour.HANG:
                    await reader.read()
                if not isinstance(answer, bytes):
                    break
                writer.write(answer)
                await writer.drain()
                if b"Connection: close" in answer:
                    break
        writer.close()


def answered(status: int, *headers: str, body: bytes = b"", length: int | None = None) -> bytes:
    """Return an answer; `length` is what it claims its body has."""
    claimed = f"Content-Length: {len(body) if length is None else length}"
    lines = [f"HTTP/1.1 {status} So", claimed, *headers, "", ""]
    return "\r\n".join(lines).encode() + body


async def _posted(reader: asyncio.StreamReader) -> Posted:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Posted(first.split(" ")[1], headers, body)


@asynccontextmanager
async def receiver(*, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """Run a receiver on a free port of this machine, by https when `tls` is given."""
    heard = Receiver()
    server = await asyncio.start_server(heard.serve, "127.0.0.1", 0, ssl=tls)
    heard.port = server.sockets[0].getsockname()[1]
    try:
        yield heard
    finally:
        server.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await server.wait_closed()
