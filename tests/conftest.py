"""What every test may ask for: a clock, and a store on each database."""

import gc
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from domain.clock import HandClock, require_true_zones
from store.connecting import Store, opened
from tests.databases import PostgresServer, SqliteFolder

require_true_zones()
settings.load_profile("ci")  # the same examples in every run, however slow: what fails, fails again

CASABLANCA = ZoneInfo("Africa/Casablanca")
MORNING = datetime(2026, 1, 28, 10, 0, tzinfo=CASABLANCA)


def pytest_collection_finish() -> None:
    """Keep the collector from walking through all tests, again and again, while they run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands at 28 January 2026, 10:00 in Casablanca."""
    return HandClock(MORNING)


@pytest.fixture(scope="session")
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> SqliteFolder:
    return SqliteFolder(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server(testrun_uid: str) -> PostgresServer:
    return PostgresServer(testrun_uid)


@pytest.fixture
def sqlite_url(sqlite_folder: SqliteFolder) -> Iterator[str]:
    with sqlite_folder.database() as url:
        yield url


@pytest.fixture
def postgresql_url(postgres_server: PostgresServer) -> Iterator[str]:
    with postgres_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a fresh migrated database: the test runs on SQLite and PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def store(database_url: str, clock: HandClock) -> AsyncIterator[Store]:
    """Open a fresh store on the hand clock: the test runs on SQLite and PostgreSQL."""
    store = opened(database_url, clock)
    yield store
    await store.close()
