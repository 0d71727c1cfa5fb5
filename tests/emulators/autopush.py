"""A push service as Firefox speaks to its own.

Of Mozilla's protocol, what a subscription needs: hello, register, unregister and notification.
"""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from aiohttp import web


@dataclass(frozen=True)
class Registered:
    line: web.WebSocketResponse
    channel: str


@dataclass
class Autopush:
    """The service, and the browsers that have registered; `port` is of this machine alone."""

    port: int = 0
    registered: dict[str, Registered] = field(default_factory=dict)

    @property
    def line(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"

    async def listen(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with one browser until it goes."""
        line = web.WebSocketResponse(protocols=("push-notification",))
        await line.prepare(request)
        async for message in line:
            said = message.json()
            if answer := self._answer(line, said):
                await line.send_json({"messageType": said["messageType"], "status": 200, **answer})
        return line

    def _answer(self, line: web.WebSocketResponse, said: dict[str, str]) -> dict[str, object]:
        channel = said.get("channelID", "")
        match said.get("messageType"):
            case "hello":
                return {"uaid": uuid4().hex, "use_webpush": True, "broadcasts": {}}
            case "register":
                token = uuid4().hex
                self.registered[token] = Registered(line, channel)
                endpoint = f"http://127.0.0.1:{self.port}/send/{token}"
                return {"channelID": channel, "pushEndpoint": endpoint}
            case "unregister":
                for token in [t for t, one in self.registered.items() if one.channel == channel]:
                    del self.registered[token]
                return {"channelID": channel}
            case _:
                return {}

    async def send(self, request: web.Request) -> web.Response:
        """Take a message for a browser, and bring it there."""
        token = request.match_info["token"]
        if token not in self.registered:
            return web.Response(status=410)
        to, body = self.registered[token], await request.read()
        await to.line.send_json(
            {
                "messageType": "notification",
                "channelID": to.channel,
                "version": uuid4().hex,
                "data": base64.urlsafe_b64encode(body).decode().rstrip("="),
                "headers": {"encoding": request.headers["Content-Encoding"]},
            }
        )
        return web.Response(status=201, headers={"Location": f"/kept/{token}"})


@asynccontextmanager
async def autopush() -> AsyncIterator[Autopush]:
    service, application = Autopush(), web.Application()
    application.router.add_get("/", service.listen)
    application.router.add_post("/send/{token}", service.send)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    service.port = runner.addresses[0][1]
    try:
        yield service
    finally:
        await runner.cleanup()
