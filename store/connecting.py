"""One database behind two doors: units that write, one at a time on SQLite, and readings."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.clock import Clock
from domain.errors import Misconfigured, Unavailable, Unreadable
from store.migrating import is_current, migrate
from store.news import Listener, News
from store.sqlite import BEGIN_TO_WRITE, DRIVER
from store.unit import Unit

if TYPE_CHECKING:
    from store.sharing import Shared

DRIVERS = {"sqlite": f"sqlite+{DRIVER}", "postgresql": "postgresql+psycopg"}
# An error that quoted a statement's values would bring people's words into a log.
made_discreetly = partial(create_async_engine, hide_parameters=True)
WRITER_WAIT = 30  # seconds a unit may wait for its turn to write
LOCK_WAIT = 10_000  # milliseconds SQLite waits for another process

# A line that broke without a word must not hold rows for the two hours that TCP waits: either side
# notices within half a minute (libpq, "Parameter Key Words"; idle_in_transaction_session_timeout).
SOON_NOTICED = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "options": "-c idle_in_transaction_session_timeout=30s",
}


class Store:
    """The records, on SQLite or PostgreSQL; the same code on both.

    `listeners` are told what was committed, here or in another process, that they may wait for.
    """

    def __init__(
        self,
        writer: AsyncEngine,
        reader: AsyncEngine,
        clock: Clock,
        shared: "Shared | None" = None,
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self.shared = shared
        self._writers = asyncio.Lock() if writer.dialect.name == "sqlite" else None
        self.listeners: list[Listener] = []

    @property
    def dialect(self) -> str:
        return self._writer.dialect.name

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Open one transaction: kept when the block ends well, forgotten when it raises.

        Raises Unavailable when the database is away, full or broken.
        """
        async with self._turn_to_write(), _told_apart(), self._writer.begin() as connection:
            unit = Unit(connection, self._clock)
            yield unit
            news = _news(unit)
            if self.shared:
                await self.shared.tell(connection, unit.ready, news)
        self._hear(news)

    async def listen(self) -> None:
        """Hear what other processes put or publish, until cancelled; on SQLite there are none."""
        if self.shared:
            await self.shared.listen(self._hear)
        else:
            await asyncio.Event().wait()

    async def alone(self, name: str, run: Callable[[], Awaitable[object]]) -> None:
        """Run something that only one process may do at a time, as soon as it is our turn."""
        if self.shared:
            await self.shared.alone(name, run)
        else:
            await run()

    def _hear(self, news: News) -> None:
        for listener in self.listeners if news else ():
            listener(news)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """Open a unit that only reads; it holds up nobody who writes."""
        async with _told_apart(), self._reader.connect() as connection:
            yield Unit(connection, self._clock)

    async def migrate(self) -> str:
        """Bring the tables up to date, and return the revision reached."""
        async with self._turn_to_write(), _told_apart():
            return await migrate(self._writer)

    async def is_migrated(self) -> bool:
        """Say whether the tables are those this program was written for."""
        async with _told_apart():
            return await is_current(self._reader)

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()
        if self.shared:
            await self.shared.jobs.close()

    @asynccontextmanager
    async def _turn_to_write(self) -> AsyncIterator[None]:
        if self._writers is None:
            yield
            return
        async with self._writers:
            yield


@asynccontextmanager
async def _told_apart() -> AsyncIterator[None]:
    """Tell a database that is away, or damaged, from a mistake of ours."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            raise  # a statement that SQLite cannot read is a mistake of ours
        raise Unavailable(_cause(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable(_cause(error)) from error
        if type(error.orig) is sqlite3.DatabaseError:  # the file itself is no database, or torn
            raise Unreadable(_cause(error)) from error
        raise


def _news(unit: Unit) -> News:
    """Return what there is to send, or to heed, now."""
    now = unit.clock.now()
    ready = (one.channel for one in unit.ready if one.due_at is None or one.due_at <= now)
    return News(
        channels=frozenset(ready) | unit.permits.rested,
        has_published=unit.notices.has_published,
        has_steered=unit.steering.has_steered,
        readers=unit.readers,
    )


def _cause(error: DBAPIError) -> str:
    return str(error.orig).split("\n", maxsplit=1)[0]


def opened(url: str, clock: Clock) -> Store:
    """Return the store at a URL such as `sqlite:///var/beffroi.db` or `postgresql://host/name`."""
    address = _with_driver(url)
    if address.get_backend_name() == "postgresql":
        from store.sharing import Shared  # noqa: PLC0415 - SQLite does not need to load it

        engine = made_discreetly(
            address, pool_size=10, max_overflow=10, pool_pre_ping=True, connect_args=SOON_NOTICED
        )
        conninfo = address.set(drivername="postgresql").render_as_string(hide_password=False)
        return Store(engine, engine, clock, Shared(conninfo))
    writer = made_discreetly(address, pool_size=1, max_overflow=0, pool_timeout=WRITER_WAIT)
    reader = made_discreetly(address, pool_size=4, max_overflow=4)
    _prepare(writer, begin=BEGIN_TO_WRITE, pragmas=("PRAGMA busy_timeout = 0",))
    _prepare(reader, begin="BEGIN", pragmas=("PRAGMA query_only = ON",))
    return Store(writer, reader, clock)


def _with_driver(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Misconfigured("The database URL cannot be read: write sqlite:///FILE.") from error
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise Misconfigured(
            f"No database called {address.get_backend_name()!r}: use sqlite or postgresql."
        )
    return address.set(drivername=driver)


def _prepare(engine: AsyncEngine, *, begin: str, pragmas: tuple[str, ...] = ()) -> None:
    """Make SQLite write ahead, check its keys, and begin as we say instead of when it likes."""

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = NORMAL",
            "PRAGMA foreign_keys = ON",
            f"PRAGMA busy_timeout = {LOCK_WAIT}",
            *pragmas,
        ):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)
