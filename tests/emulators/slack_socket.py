"""Slack's end of Socket Mode: it opens lines, sends envelopes, and remembers what came back.

Nobody publishes one; what it says is what docs.slack.dev writes of it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

APP_TOKEN = "xapp-1-A0COUNCIL1-1-abc"


class SlackSocket:
    """Sends down the line that was opened last."""

    def __init__(self) -> None:
        self.base_url = ""
        self.opened = 0
        self.failures = 0
        self.acknowledged: list[str] = []
        self.answers: dict[str, Any] = {}
        self._lines: list[web.WebSocketResponse] = []
        self._news = asyncio.Condition()

    async def send(self, kind: str, payload: Any, *, envelope: str | None = None) -> str:
        """Send an envelope, and return its id."""
        await self._until(lambda: bool(self._lines))
        envelope = envelope or str(uuid4())
        await self._lines[-1].send_json({"type": kind, "envelope_id": envelope, "payload": payload})
        return envelope

    async def say(self, text: str) -> None:
        await self._until(lambda: bool(self._lines))
        await self._lines[-1].send_str(text)

    async def drop(self) -> None:
        await self._lines[-1].close()

    async def acknowledges(self, envelope: str) -> None:
        await self._until(lambda: envelope in self.acknowledged)

    async def opens(self, count: int) -> None:
        await self._until(lambda: self.opened >= count)

    async def open(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {APP_TOKEN}":
            return web.json_response({"ok": False, "error": "not_allowed_token_type"})
        if self.failures:
            self.failures -= 1
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        url = f"ws://{request.host}/link?ticket={uuid4().hex}"
        return web.json_response({"ok": True, "url": url})

    async def line(self, request: web.Request) -> web.WebSocketResponse:
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"type": "hello", "num_connections": 1})
        self._lines.append(line)
        self.opened += 1
        await self._tell()
        async for message in line:
            if message.type is WSMsgType.TEXT:
                answer = message.json()
                self.acknowledged.append(answer["envelope_id"])
                self.answers[answer["envelope_id"]] = answer.get("payload")
                await self._tell()
        self._lines.remove(line)
        return line

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(60), self._news:
            await self._news.wait_for(is_so)


@asynccontextmanager
async def slack_socket() -> AsyncIterator[SlackSocket]:
    """Run one on a free port of this machine."""
    slack = SlackSocket()
    app = web.Application()
    app.router.add_post("/api/apps.connections.open", slack.open)
    app.router.add_get("/link", slack.line)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield slack
    finally:
        await runner.cleanup()
