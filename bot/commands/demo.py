"""`beffroi demo`: the main job, happening before one's eyes in a folder of its own."""

import shutil
import sys
import time
from datetime import timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.demonstration.story import Ended
    from bot.demonstration.telling import Teller
    from bot.settings import Settings

BEGINS = timedelta(days=24)  # ago, so that the session that moves comes to lie ahead of us
SEED = 113_14
MARK = "beffroi.toml"
PAGES = "http://127.0.0.1:8080"  # where `beffroi serve` shows them, unless told otherwise


def demo(
    folder: Annotated[Path, typer.Option(help="Where the town is kept; made anew.")] = Path("demo"),
    language: Annotated[str, typer.Option(help="fr, ar or en.")] = "en",
) -> None:
    """Show the main job with an invented town: convocation, questions, reminder, move, proof."""
    from bot.commands.answers import run
    from bot.logs import start_logs
    from domain.phrasebook import LANGUAGES

    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is none of {', '.join(LANGUAGES)}.")
    _empty(folder)

    async def acting(settings: "Settings") -> None:
        began = time.monotonic()
        teller = _teller(language)
        quiet = _in(folder, settings)
        start_logs(quiet.log)
        ended = await _played(quiet, teller)
        _farewell(teller, folder, ended, time.monotonic() - began)

    run(acting)


async def _played(settings: "Settings", teller: "Teller") -> "Ended":
    from bot.demonstration.stage import Stage, pretended_telegram, rehearsing
    from bot.demonstration.story import play
    from bot.wiring import wired
    from domain.clock import HandClock, SystemClock
    from scheduler.tempo import Tempo

    clock = HandClock(SystemClock().now() - BEGINS)
    telegram = pretended_telegram()
    hurried = Tempo(flush=timedelta(milliseconds=1), keeps_limits=False)
    providers = rehearsing(telegram)
    async with wired(settings, clock, providers=providers, tempo=hurried) as program:
        return await play(Stage(program, clock, telegram), teller, seed=SEED)


def _teller(language: str) -> "Teller":
    from rich.console import Console

    from bot.demonstration.telling import Teller

    return Teller(Console(highlight=False), language)


def _empty(folder: Path) -> None:
    """Make the folder anew; one that is not a demonstration's is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise typer.BadParameter(f"{folder} holds something else: give another --folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(
        "# Settings of the demonstration: `beffroi` finds them when it runs in this folder.\n"
        'database_url = "sqlite:///beffroi.db"\n\n[email]\nfolder = "mail"\n'
        f'\n[web]\npublic_url = "{PAGES}"\n',
        encoding="utf-8",
    )


def _in(folder: Path, settings: "Settings") -> "Settings":
    """Return settings that keep everything in this folder and ask no network."""
    from pydantic import SecretStr

    from bot.settings import Email, Log, LogLevel, Settings, Smtp, Telegram

    return Settings(
        database_url=SecretStr(f"sqlite:///{folder / 'beffroi.db'}"),
        language=settings.language,
        email=Email(folder=folder / "mail"),
        smtp=Smtp(),
        telegram=Telegram(),
        log=Log(level=LogLevel.WARNING),
    )


def _program() -> str:
    """Return how the reader calls us from another folder."""
    found = shutil.which("beffroi")
    return "beffroi" if found else str(Path(sys.argv[0]).resolve())


def _farewell(teller: "Teller", folder: Path, ended: "Ended", seconds: float) -> None:
    program, person = _program(), ended.speaker.person.id
    teller.heading("done")
    teller.command(f"cd {quote(str(folder))}")
    teller.tell("talk")
    teller.command(f"{program} console --as {person}")
    teller.tell("staff")
    teller.command(f"{program} session list")
    teller.command(f"{program} proof {ended.session_id}")
    teller.command(f"{program} why {person}")
    teller.tell("pages", url=PAGES)
    teller.command(f"{program} serve")
    teller.tell("let_in")
    teller.command(f"{program} link --page {person}")
    teller.command(f"{program} link --page {ended.clerk_id}")
    teller.tell("mail")
    teller.command(f"mutt -f {quote(str(folder / 'mail'))}")
    teller.tell("elapsed", seconds=round(seconds, 1))
