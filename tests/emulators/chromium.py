"""A real Chromium, as a phone or a desk holds it, driven by Playwright; and axe, which inspects."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.debian import install
from tests.emulators.node import modules

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "Install Chromium: some tests look at pages in it (Debian: apt install chromium)"
# Whoever clicks waits until the page is drawn anew: a graphics process that hangs, as it does where
# there is no such hardware, or shared memory that is full, lets every click wait in vain.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
# What WCAG 2.2 asks at the levels A and AA, and what axe holds to be good practice besides.
RUN = "axe.run(document, {resultTypes: ['violations'], preload: false})"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def binary() -> str:
    """Return Chromium: the machine's own, or, where we may, one that we have installed."""
    if found := _found():
        return found
    install(NAMES[0])
    return _found() or pytest.exit(INSTALL, returncode=3)


def _found() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=binary(), args=ARGUMENTS, chromium_sandbox=False
        )
        yield browser
        await browser.close()


async def faults(page: Page) -> list[str]:
    """Return what axe finds wrong with a page, and where."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_axe())
    found: dict[str, Any] = await page.evaluate(RUN)
    return [
        f"{one['id']} at {page.url}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in found["violations"]
    ]


async def sideways(page: Page) -> int:
    """Return by how many pixels a page is wider than what shows it."""
    return int(await page.evaluate(SIDEWAYS))


@cache
def _axe() -> str:
    return (modules() / "axe-core" / "axe.min.js").read_text("utf-8")
