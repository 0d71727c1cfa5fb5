"""What several tests of providers ask for."""

from collections.abc import AsyncIterator

import pytest

from tests.providers.slack_town import SlackTown, slack_town


@pytest.fixture
async def casa(sqlite_url: str) -> AsyncIterator[SlackTown]:
    """Let the app into Casablanca's workspace."""
    async with slack_town(sqlite_url) as town:
        status, page = await town.install()
        assert (status, "Casablanca" in page) == (200, True)
        yield town
