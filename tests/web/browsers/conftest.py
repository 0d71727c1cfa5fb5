"""A Chromium of its own for each test: one that hangs takes no other with it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.emulators.chromium import chromium


@pytest.fixture
async def machine() -> AsyncIterator[Browser]:
    async with chromium() as machine:
        yield machine
