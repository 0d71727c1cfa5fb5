"""A Chromium for all tests of one process, and a town's pages on a socket."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.emulators.chromium import chromium


@pytest.fixture(scope="session")
async def machine() -> AsyncIterator[Browser]:
    async with chromium() as machine:
        yield machine
