"""Bringing a database's tables up to date."""

from importlib.resources import as_file, files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from store.tables import metadata

DEADLOCK = "40P01"  # PostgreSQL's SQLSTATE
MOST_TRIES = 5


async def migrate(engine: AsyncEngine) -> str:
    """Apply what has not been applied, and return the revision reached. Safe to repeat.

    A database at work may have to refuse a step that waits for those who wait for it: it is taken
    whole again.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            return await _migrated(engine)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
    return await _migrated(engine)


async def _migrated(engine: AsyncEngine) -> str:
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)
        if connection.dialect.name == "postgresql":
            from store import jobs  # noqa: PLC0415 - SQLite does not need to load it

            await jobs.prepare(connection)
        return await connection.run_sync(_revision) or "none"


async def is_current(engine: AsyncEngine) -> bool:
    """Say whether the tables are those this program was written for, or a newer one's.

    Steps only add, so that an older version works on while a newer one is brought in.
    """
    async with engine.connect() as connection:
        revision = await connection.run_sync(_revision)
        if connection.dialect.name == "postgresql":
            from store import jobs  # noqa: PLC0415 - SQLite does not need to load it

            if not await jobs.is_prepared(connection):
                return False
    with as_file(files("store.migrations")) as folder:
        steps = ScriptDirectory(str(folder))
        is_newer = revision not in {None, *(step.revision for step in steps.walk_revisions())}
        return is_newer or revision == steps.get_current_head()


def differences(connection: Connection) -> list[Any]:
    """Return what the tables here and the tables in store.tables disagree on."""
    context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
    found: list[Any] = compare_metadata(context, metadata)
    return found


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or not str(name).startswith("procrastinate_")


def _upgrade(connection: Connection) -> None:
    with as_file(files("store.migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
