"""A request that does not come to an end is given up, and one that keeps coming is not."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from litestar import Litestar, Request, post
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from bot.running import Pages
from bot.slow_callers import LARGEST_HEAD, Caller
from web.metrics import Figures
from web.watching import Watched, note_failure

HEAD = b"POST /echo HTTP/1.1\r\nHost: council\r\nContent-Length: 4\r\n"
PATIENCE = 10  # seconds, on a machine that does much else


class Hurried(Caller):
    head_lasts = 0.2
    body_lasts = 0.2


class Calm(Caller):
    head_lasts = float(PATIENCE)
    body_lasts = float(PATIENCE)


@post("/echo", status_code=200)
async def echo(request: Request[Any, Any, Any]) -> bytes:
    return await request.body()


@asynccontextmanager
async def calling(
    caller: type[Caller],
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Serve a page that echoes; answer a line to it."""
    page = Litestar(
        [echo], after_exception=[note_failure], openapi_config=None, logging_config=None
    )
    with socket.create_server(("127.0.0.1", 0)) as door:
        pages = Pages(Watched(page, Figures(CollectorRegistry())), door, caller)
        async with asyncio.TaskGroup() as tasks, asyncio.timeout(PATIENCE):
            tasks.create_task(pages.run_here())
            await pages.opened.wait()
            reader, writer = await asyncio.open_connection(*door.getsockname())
            try:
                yield reader, writer
            finally:
                writer.close()
                pages.end()


@pytest.mark.parametrize(
    "said",
    [b"", b"\r\n", b"POST /ec", HEAD, HEAD + b"\r\n", HEAD + b"\r\nab"],
    ids=["nothing", "an empty line", "half a line", "half a head", "no body", "half a body"],
)
async def test_who_does_not_come_to_an_end_is_hung_up_on(said: bytes) -> None:
    with capture_logs() as logged:
        async with calling(Hurried) as (reader, writer):
            writer.write(said)
            assert b"200 OK" not in await reader.read()
    assert [one for one in logged if one["log_level"] == "error"] == []


async def test_half_a_second_request_is_hung_up_on_as_well() -> None:
    async with calling(Hurried) as (reader, writer):
        writer.write(HEAD + b"\r\nabcd")
        assert b"200 OK" in await reader.readuntil(b"abcd")
        writer.write(b"POST /ec")
        assert await reader.read() == b""


async def test_a_head_without_end_is_not_read_on() -> None:
    async with calling(Calm) as (reader, writer):
        writer.write(HEAD + b"X-Long: " + b"x" * 2 * LARGEST_HEAD)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)


async def test_what_comes_slowly_and_keeps_coming_is_read() -> None:
    async with calling(Calm) as (reader, writer):
        for one in [HEAD, b"\r\n", b"a", b"b", b"c", b"d", HEAD + b"\r\nefgh"]:
            writer.write(one)
            await writer.drain()
        assert (await reader.readuntil(b"abcd")).startswith(b"HTTP/1.1 200 OK")
        assert (await reader.readuntil(b"efgh")).count(b"200 OK") == 1
