"""INSERT … ON CONFLICT, in the words of the database at hand."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

Insert = postgresql.Insert | sqlite.Insert


def insert_for(connection: AsyncConnection, table: Table) -> Insert:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_on(connection.dialect.name, table)


def insert_on(dialect: str, table: Table) -> Insert:
    """Return the same for a database by name, so that a statement can be made once and kept."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
