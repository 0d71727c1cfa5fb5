"""A real Firefox, driven over WebDriver BiDi, with a push service of its own to subscribe at."""

import asyncio
import json
import os
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.debian import install

NAMES = ("firefox-esr", "firefox")
INSTALL = "Install Firefox: some tests push into a real browser (Debian: apt install firefox-esr)"
LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
PATIENCE = 60  # seconds, on a machine that does much else
PREFERENCES = {
    "dom.push.connection.enabled": True,
    "dom.push.testing.allowInsecureServerURL": True,  # ws, on this machine alone
    "permissions.default.desktop-notification": 1,  # granted
    "alerts.useSystemBackend": False,  # no desktop shows anything here
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}


@cache
def binary() -> str:
    """Return Firefox: the machine's own, or, where we may, one that we have installed."""
    if found := _found():
        return found
    install(NAMES[0])
    return _found() or pytest.exit(INSTALL, returncode=3)


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One window, and what is evaluated in it."""

    def __init__(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self._line = line
        self._numbers = count(1)
        self._window = ""

    async def open(self, url: str) -> None:
        if not self._window:
            await self._asked("session.new", capabilities={})
            self._window = (await self._asked("browsingContext.create", type="tab"))["context"]
        await self._asked(
            "browsingContext.navigate", context=self._window, url=url, wait="complete"
        )

    async def evaluate(self, expression: str) -> Any:
        """Return what an expression, or its promise, comes to: a string as JSON is read."""
        said = await self._asked(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._window},
            awaitPromise=True,
        )
        assert said["type"] == "success", said
        return json.loads(said["result"].get("value", "null"))

    async def _asked(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        await self._line.send_json({"id": number, "method": method, "params": params})
        async with asyncio.timeout(PATIENCE):
            while True:
                said = await self._line.receive_json()
                if said.get("id") == number:
                    assert said["type"] == "success", said
                    return said["result"]


@asynccontextmanager
async def firefox(profile: Path, push_url: str) -> AsyncIterator[Firefox]:
    """Run Firefox beside a block, with a profile of its own and this push service."""
    preferences = {**PREFERENCES, "dom.push.serverURL": push_url}
    lines = [
        f"user_pref({json.dumps(name)}, {json.dumps(to)});" for name, to in preferences.items()
    ]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    process = await asyncio.create_subprocess_exec(
        binary(),
        *("--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"),
        stdout=DEVNULL,
        stderr=PIPE,
        env={"HOME": str(profile), "PATH": os.defpath, "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    assert process.stderr
    try:
        async with asyncio.timeout(PATIENCE):
            address = await _address(process.stderr)
        async with aiohttp.ClientSession() as http, http.ws_connect(f"{address}/session") as line:
            yield Firefox(line)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _address(said: asyncio.StreamReader) -> str:
    while line := await said.readline():
        if found := LISTENING.search(line):
            return found[1].decode()
    raise AssertionError("Firefox ended before it began")
