"""The town every conversation happens in, and somebody who speaks there."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock
from store.connecting import Store, opened
from tests.conftest import MORNING
from tests.databases import SqliteFolder
from tests.town import Talker, Town, town_at, town_in


class WoundClock(HandClock):
    """A clock that the next test finds where the one before it found it."""

    def wind_back(self, instant: datetime) -> None:
        self._now = instant


class Ground:
    """A store that stays open, and is put back to the morning the commune was founded.

    Opening a store and founding a commune takes longer than most conversations do.
    """

    def __init__(self, store: Store, clock: WoundClock, file: Path, founded: Path) -> None:
        self.store = store
        self.clock = clock
        self._file = file
        self._founded = founded

    def put_back(self) -> None:
        with (
            closing(sqlite3.connect(self._founded)) as source,
            closing(sqlite3.connect(self._file)) as target,
        ):
            source.backup(target)
        self.clock.wind_back(MORNING)


@pytest.fixture(scope="session")
async def ground(sqlite_folder: SqliteFolder) -> AsyncIterator[Ground]:
    clock = WoundClock(MORNING)
    with sqlite_folder.database() as founded, sqlite_folder.database() as used:
        async with town_at(founded, clock):
            pass
        store = opened(used, clock)
        yield Ground(store, clock, _file(used), _file(founded))
        await store.close()


def _file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def clock(ground: Ground) -> HandClock:
    ground.put_back()
    return ground.clock


@pytest.fixture
async def town(ground: Ground, clock: HandClock) -> AsyncIterator[Town]:
    async with town_in(ground.store, clock) as town:
        yield await town.found_before()


@pytest.fixture
def channel() -> Channel:
    """Return where most conversations are held; test_surfaces.py holds each flow everywhere."""
    return Channel.TELEGRAM


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
