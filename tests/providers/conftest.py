"""What several tests of providers ask for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.clock import HandClock
from tests.providers.slack_town import SlackTown, slack_town
from tests.providers.telegram_town import TelegramTown, telegram_town


@pytest.fixture
async def casa(sqlite_url: str) -> AsyncIterator[SlackTown]:
    """Let the app into Casablanca's workspace."""
    async with slack_town(sqlite_url) as town:
        status, page = await town.install()
        assert (status, "Casablanca" in page) == (200, True)
        yield town


@pytest.fixture
async def chats(sqlite_url: str, clock: HandClock, tmp_path: Path) -> AsyncIterator[TelegramTown]:
    """Let Casablanca's program listen to Telegram."""
    async with telegram_town(sqlite_url, clock, tmp_path) as town:
        yield town
