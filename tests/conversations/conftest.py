"""The town every conversation happens in, and somebody who speaks on each channel."""

from collections.abc import AsyncIterator

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock
from tests.town import Talker, Town, town_at


@pytest.fixture
async def town(sqlite_url: str, clock: HandClock) -> AsyncIterator[Town]:
    async with town_at(sqlite_url, clock) as town:
        yield town


@pytest.fixture(params=[Channel.CONSOLE, Channel.TELEGRAM, Channel.SLACK], ids=str)
def channel(request: pytest.FixtureRequest) -> Channel:
    channel: Channel = request.param
    return channel


@pytest.fixture
async def councillor(town: Town, channel: Channel) -> Talker:
    """Amina sits in the council and in its budget committee; she is written to in French."""
    return await town.resident("Amina", seats=["council", "com:budget"], on=channel)


@pytest.fixture
async def clerk(town: Town, channel: Channel) -> Talker:
    return await town.resident("Youssef", seats=["council"], role=Role.CLERK, on=channel)


@pytest.fixture
def stranger(town: Town, channel: Channel) -> Talker:
    return town.stranger(on=channel)
