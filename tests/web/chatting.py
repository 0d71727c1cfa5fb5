"""A page of the town's site that holds a chat, as its script would."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any, cast

from httpx import ASGITransport, AsyncClient, Response

from bot.settings import Settings
from bot.wiring import assembled
from channels.web.provider import WebProvider
from domain.addresses import Channel
from domain.clock import HandClock
from store.connecting import Store
from tests.town import HURRIED, Town
from tests.web.people import pages_of, site_of
from web.chatrooms import Chatrooms


@dataclass(slots=True)
class Chat:
    """One visitor's browser. `last`: the last message that its page has shown."""

    client: AsyncClient
    chatrooms: Chatrooms
    language: str = "fr"
    last: int = 0

    async def begins(self, **headers: str) -> Response:
        return await self.client.post("/chat/sessions", headers=self.headers(**headers))

    async def says(self, text: str, **more: Any) -> str:
        """Say something, and return what is answered."""
        assert (await self.sends(text=text, **more)).status_code == 202
        return "\n".join(one["text"] for one in await self.sees())

    async def sends(self, **said: Any) -> Response:
        return await self.client.post("/chat/messages", json=said, headers=self.headers())

    async def sees(self) -> list[dict[str, Any]]:
        """Return the messages since the last look, waiting for one."""
        found = (await self.asks(self.last)).json()
        self.last = found["after"]
        messages: list[dict[str, Any]] = found["messages"]
        return messages

    async def asks(
        self, after: int | None = None, *, headers: Mapping[str, str] | None = None
    ) -> Response:
        asked = {} if after is None else {"after": after}
        return await self.client.get(
            "/chat/messages", params=asked, headers=self.headers(**(headers or {}))
        )

    def headers(self, **more: str) -> dict[str, str]:
        return {"Accept-Language": self.language, "Sec-Fetch-Site": "same-origin", **more}


@asynccontextmanager
async def chatting(store: Store, clock: HandClock) -> AsyncIterator[tuple[Town, Chat]]:
    """Answer a town whose bot talks with a page, and somebody who is there."""
    async with assembled(
        Settings(),
        clock,
        store,
        providers=lambda *_: {Channel.WEB: WebProvider()},
        chance=Random(7),
        tempo=HURRIED,
    ) as program:
        town = await Town(program, {}, clock).founded()
        site = site_of(town)
        base_url = "http://testserver.local"
        pages = ASGITransport(cast("Any", pages_of(site)))
        async with AsyncClient(transport=pages, base_url=base_url) as client:
            yield town, Chat(client, site.chatrooms)
