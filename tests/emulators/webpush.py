"""A push service that others wrote, which decrypts what it is sent and checks our signature."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.emulators.node import running

PROGRAM = Path(__file__).with_name("webpush.cjs")


@dataclass(frozen=True)
class PushService:
    """The service, and the browsers at it."""

    base_url: str
    session: aiohttp.ClientSession

    async def subscribe(self, public_key: str) -> dict[str, Any]:
        """Return what a browser that knows our public key would hand over."""
        said = await self._said(
            "subscribe", userVisibleOnly="true", applicationServerKey=public_key
        )
        browser: dict[str, Any] = said["data"]
        return browser

    async def shown(self, browser: dict[str, Any]) -> list[dict[str, Any]]:
        """Return what a browser was sent, decrypted with its key."""
        said = await self._said("get-notifications", clientHash=browser["clientHash"])
        return [json.loads(text) for text in said["data"]["messages"]]

    async def expire(self, browser: dict[str, Any]) -> None:
        url = f"{self.base_url}/expire-subscription/{browser['clientHash']}"
        async with self.session.post(url) as response:
            assert response.status == 200

    async def _said(self, what: str, **fields: str) -> Any:
        async with self.session.post(f"{self.base_url}/{what}", json=fields) as response:
            assert response.status == 200, await response.text()
            return await response.json()


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    async with running(PROGRAM) as output, aiohttp.ClientSession() as session:
        port = int(await output.readline())
        yield PushService(f"http://127.0.0.1:{port}", session)
