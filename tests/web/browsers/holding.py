"""Holding a phone, or sitting at a desk, before the pages of a town."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser as Chromium, Page, ViewportSize

from bot.running import Pages
from tests.emulators.chromium import PHONE
from tests.town import Town
from tests.web.people import code_sent, pages_of
from web.site import Site

LOCALES = {"ar": "ar-MA", "fr": "fr-FR", "en": "en-GB"}


@asynccontextmanager
async def served(site: Site) -> AsyncIterator[str]:
    """Serve the pages on a socket; answer their address.

    Where they break off, the socket closes: a browser is refused at once, and need not wait.
    """
    with socket.create_server(("127.0.0.1", 0)) as door:
        pages = Pages(pages_of(site), door)

        async def answer() -> None:
            with door:
                await pages.run_here()

        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(site.mailrooms.run())
            tasks.create_task(answer())
            await pages.opened.wait()
            try:
                yield f"http://127.0.0.1:{door.getsockname()[1]}"
            finally:
                site.mailrooms.close()
                pages.end()


@dataclass(slots=True)
class Held:
    """What a device shows, and what its browser complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self) -> None:
        self.page.on("console", lambda said: self._note(said.text, is_error=said.type == "error"))
        self.page.on("pageerror", lambda error: self._note(str(error), is_error=True))

    def _note(self, text: str, *, is_error: bool) -> None:
        if is_error:
            self.complaints.append(f"{self.page.url}: {text}")

    async def signs_in(self, town: Town, address: str) -> None:
        await self.page.goto("/sign-in")
        await self.page.fill("#address", address)
        await self.page.click("main button[type=submit]")
        await self.page.fill("#code", await code_sent(town, address))
        await self.page.click("main button[type=submit]")
        await self.page.wait_for_url("**/inbox")

    async def speaks(self, language: str) -> None:
        """Choose a language at the head of the page that is shown."""
        await self.page.click(f".languages [value={language}]")


@asynccontextmanager
async def held(
    machine: Chromium, home: str, *, language: str = "ar", size: ViewportSize = PHONE
) -> AsyncIterator[Held]:
    context = await machine.new_context(base_url=home, locale=LOCALES[language], viewport=size)
    device = Held(await context.new_page())
    device.hear()
    try:
        yield device
    finally:
        await context.close()
