"""A command line in an empty folder, and a small council to command."""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr

from actions.sessions.planning import plan
from bot.cli import main
from bot.configuring import fields
from bot.settings import Settings
from bot.wiring import opened_store
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import SystemClock
from domain.register import Newcomer, Place
from domain.sessions import SessionKind
from store.connecting import Store
from tests.communes import founded
from tests.databases import SqliteFolder

CLERK = "Amina Berrada"
DEAF = "Karim Tazi"  # declared no address


@dataclass(frozen=True)
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with no setting in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in fields():
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def beffroi(
    folder: Path, sqlite_folder: SqliteFolder, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Return the command line, in a folder with an empty database, as a function of its arguments.

    To make the database's tables takes longer than most commands.
    """
    database = folder / "var" / "beffroi.db"
    if not database.exists():
        database.parent.mkdir(exist_ok=True)
        sqlite_folder.make(database)

    def command(*arguments: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, *capsys.readouterr())

    yield command
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


def in_store(act: Callable[[Store], Awaitable[object]], settings: Settings | None = None) -> None:
    """Act on the store that the command line finds in this folder, or on the settings' own."""

    async def acting() -> None:
        async with opened_store(settings or Settings(), SystemClock()) as store:
            await act(store)

    asyncio.run(acting())


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Found a council of two, with a session in forty days, once for all tests."""
    file = tmp_path_factory.mktemp("founded") / "beffroi.db"

    async def found(store: Store) -> None:
        await founded(store)
        starts = datetime.fromisoformat(in_days(40))
        async with store.unit() as unit:
            email = Place(Channel.EMAIL, "amina@council.ma", is_declared=True)
            seat = ("council", Role.MEMBER)
            here = Newcomer(CLERK, "fr", places=(email,), seats=(seat,))
            await unit.register.add(1, [here, Newcomer(DEAF, "en", seats=(seat,))])
            await plan(unit, "council", kind=SessionKind.ORDINARY, starts=starts, actor=OPERATOR)

    in_store(found, Settings(database_url=SecretStr(f"sqlite:///{file}")))
    return file


@pytest.fixture
def council(founded_file: Path, folder: Path) -> int:
    """Put the council where the command line finds it, and return its session's id."""
    (folder / "var").mkdir(exist_ok=True)
    shutil.copy(founded_file, folder / "var" / "beffroi.db")
    return 1


def in_days(days: int) -> str:
    """Return ten o'clock on a day to come, as the command line reads it."""
    return f"{SystemClock().now() + timedelta(days=days):%Y-%m-%d}T10:00"
