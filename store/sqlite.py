"""SQLite for an event loop: a short statement runs where it stands.

It takes some microseconds, and handing it to a thread and back many times that, more so on a busy
machine. Waiting for another process's lock is done by asking again; what writes many rows goes to
a thread.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Self, TypeVar

from sqlalchemy import AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import await_only

DRIVER = "inline"
BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
LOCK_WAIT = 10  # seconds a transaction waits for another process to end its own
LOCK_ASKED = 0.005  # seconds between two askings
FEW = 20  # rows that are written as quickly as they would be handed over

Result = TypeVar("Result")


class Cursor(sqlite3.Cursor):
    """A cursor that has read its rows when `execute` returns: no statement stays half run."""

    connection: "Connection"

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self._rows: deque[Any] = deque()

    def execute(self, statement: str, parameters: Any = (), /) -> Self:
        if statement.startswith(BEGIN_TO_WRITE):
            self._begin_to_write(statement)
        elif _writes_a_set(statement):
            self.connection.apart(super().execute, statement, parameters)
        else:
            await_only(_nothing())
            super().execute(statement, parameters)
        self._rows = deque(super().fetchall()) if self.description else deque()
        return self

    def executemany(self, statement: str, rows: Sequence[Any], /) -> Self:  # type: ignore[override]  # SQLAlchemy hands over a list
        if len(rows) > FEW:
            self.connection.apart(super().executemany, statement, rows)
        else:
            await_only(_nothing())
            super().executemany(statement, rows)
        return self

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = list(self._rows), deque()
        return rows

    async def _async_soft_close(self) -> None:
        """Let go of what is not needed to read rows on (asked for by SQLAlchemy's async side)."""

    def _begin_to_write(self, statement: str) -> None:
        """Take the lock, or ask again until it is free, while the event loop goes on."""
        clock = asyncio.get_running_loop().time
        latest = clock() + LOCK_WAIT
        await_only(_nothing())
        while True:
            try:
                super().execute(statement)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or clock() > latest:
                    raise
                await_only(asyncio.sleep(LOCK_ASKED))
            else:
                return self.connection.note_begin()


class Connection(sqlite3.Connection):
    """A connection with a thread of its own for what may last; used by one task at a time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "check_same_thread": False})
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._under_way: Future[Any] | None = None
        self._changes_before = 0

    def cursor(self, factory: Any = None) -> Any:
        return super().cursor(factory or Cursor)

    def note_begin(self) -> None:
        self._changes_before = self.total_changes

    def commit(self) -> None:
        if self.total_changes - self._changes_before > FEW:
            self.apart(super().commit)
        else:
            super().commit()

    def rollback(self) -> None:
        self._stop()
        super().rollback()

    def close(self) -> None:
        self.rollback()  # a closed connection keeps its lock while a cursor of it is left
        self._thread.shutdown()
        super().close()

    def apart(self, work: Callable[..., Result], *args: Any) -> Result:
        """Do this in the thread, while the event loop goes on."""
        self._under_way = self._thread.submit(work, *args)
        result: Result = await_only(asyncio.wrap_future(self._under_way))
        return result

    def _stop(self) -> None:
        """End what the thread still does for somebody who was cancelled, before going on here."""
        if self._under_way and not self._under_way.done():
            self.interrupt()
            wait([self._under_way])


class InlineDialect(SQLiteDialect_pysqlite):
    """The dialect of SQLAlchemy's own driver, told that it may be awaited."""

    driver = DRIVER
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, _url: Any) -> type[Pool]:
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: Any) -> Any:
        args, options = super().create_connect_args(url)
        return args, {**options, "factory": Connection}


def _writes_a_set(statement: str) -> bool:
    return statement.startswith("INSERT") and "SELECT" in statement


async def _nothing() -> None:
    """Be awaited: SQLAlchemy takes a statement that awaits nothing for a mistake."""


registry.register(f"sqlite.{DRIVER}", __name__, InlineDialect.__name__)
