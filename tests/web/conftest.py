"""A councillor of Casablanca with a browser, and a letter in her mailbox."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from domain.clock import HandClock
from domain.sessions import SessionState
from store.connecting import opened
from tests.conftest import MORNING
from tests.databases import SqliteFolder
from tests.town import Town, town_at, town_in
from tests.web.busy_town import Busy, peopled
from tests.web.people import AMINA, Browser, browser_in, with_email


@pytest.fixture(scope="session")
async def convened(sqlite_folder: SqliteFolder) -> AsyncIterator[str]:
    """Convene a council of one, once for all tests, and return the file that holds it."""
    with sqlite_folder.database() as url:
        async with town_at(url, HandClock(MORNING)) as town:
            amina = await town.resident("Amina", seats=["council"])
            await with_email(town, amina.person_id, AMINA)
            session_id = await town.session(state=SessionState.DRAFT, titles=["Voirie"])
            await town.convene(session_id)
        yield url.removeprefix("sqlite:///")


@pytest.fixture
async def town(convened: str, sqlite_url: str, clock: HandClock) -> AsyncIterator[Town]:
    with (
        closing(sqlite3.connect(convened)) as source,
        closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as target,
    ):
        source.backup(target)
    store = opened(sqlite_url, clock)
    async with town_in(store, clock) as town:
        yield await town.found_before()
    await store.close()


@pytest.fixture
async def amina(town: Town) -> int:
    """Return the id of Amina, member of the council, who has been convened to a session."""
    async with town.store.reading() as unit:
        (person_id,) = await unit.people.named("Amina")
    return person_id


@pytest.fixture
async def browser(town: Town) -> AsyncIterator[Browser]:
    async with browser_in(town) as browser:
        yield browser


@pytest.fixture
async def reader(browser: Browser) -> Browser:
    """Amina's browser, signed in."""
    await browser.signs_in(AMINA)
    return browser


@pytest.fixture(scope="session")
async def busy(sqlite_folder: SqliteFolder) -> AsyncIterator[Busy]:
    """Return a town at work, which tests look at and change nothing of."""
    with sqlite_folder.database() as url:
        async with town_at(url, HandClock(MORNING)) as town:
            yield await peopled(town)
