"""The town every conversation happens in, and somebody who speaks on each channel."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock
from store.connecting import opened
from tests.town import Talker, Town

Person = Callable[..., Awaitable[Talker]]


@pytest.fixture
async def town(sqlite_url: str, clock: HandClock) -> AsyncIterator[Town]:
    store = opened(sqlite_url, clock)
    yield await Town(store, clock).founded()
    await store.close()


@pytest.fixture(params=[Channel.CONSOLE, Channel.TELEGRAM], ids=str)
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
