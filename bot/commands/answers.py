"""How a command answers: tables for people, JSON for scripts, with the store of the settings."""

import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from bot.settings import Settings
    from bot.wiring import Program
    from domain.actors import Actor
    from store.connecting import Store
    from store.unit import Unit

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for scripts.")]
WIDE = 1000  # columns of a table that no terminal shows: nothing is folded


def run(
    act: "Callable[[Settings], Awaitable[T]]",
    *,
    loop_factory: "Callable[[], AbstractEventLoop] | None" = None,
) -> T:
    """Act with the settings found here, on true time zones."""
    import asyncio

    from bot.configuring import found_settings
    from bot.logs import start_logs
    from domain.clock import require_true_zones

    settings = found_settings()
    start_logs(settings.log)
    require_true_zones()

    async def acting() -> T:
        return await act(settings)

    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(acting())


def with_store(act: "Callable[[Store, Settings], Awaitable[T]]") -> T:
    """Act with the store of the settings, brought up to date and closed afterwards."""
    from bot.wiring import opened_store
    from domain.clock import SystemClock

    async def acting(settings: "Settings") -> T:
        async with opened_store(settings, SystemClock()) as store:
            return await act(store, settings)

    return run(acting)


def with_program(act: "Callable[[Program], Awaitable[T]]") -> T:
    """Act with the whole program of the settings, wired and at rest."""
    from bot.wiring import wired
    from domain.clock import SystemClock

    async def acting(settings: "Settings") -> T:
        async with wired(settings, SystemClock()) as program:
            return await act(program)

    return run(acting)


def reading(ask: "Callable[[Unit, str], Awaitable[T]]") -> T:
    """Ask a unit that only reads; the second argument is the operator's language."""

    async def acting(store: "Store", settings: "Settings") -> T:
        async with store.reading() as unit:
            return await ask(unit, settings.language)

    return with_store(acting)


def changing(act: "Callable[[Unit, str], Awaitable[T]]") -> T:
    """Act in one transaction; the second argument is the operator's language."""

    async def acting(store: "Store", settings: "Settings") -> T:
        async with store.unit() as unit:
            return await act(unit, settings.language)

    return with_store(acting)


def print_json(value: object) -> None:
    """Write JSON; instants and dates as ISO 8601."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    # A lone surrogate cannot be printed; as an escape it is still JSON.
    typer.echo(text.encode("utf-8", "backslashreplace").decode())


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """Write a table: as wide as its content, or folded to the terminal that shows it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, title=title or None, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    is_seen = sys.stdout.isatty()
    Console(highlight=False, width=None if is_seen else WIDE).print(table)


def say(key: str, language: str, /, **facts: object) -> str:
    from domain.phrasebook import phrasebook

    return phrasebook().say(key, language, **facts)


def operator() -> "Actor":
    """Return who gives this command, by their name on this machine where it has one."""
    from getpass import getuser

    from domain.actors import OPERATOR

    try:
        return replace(OPERATOR, name=f"{OPERATOR.name}:{getuser()}")
    except (KeyError, OSError):  # a container's user may have no name
        return OPERATOR


async def acting_for(unit: "Unit", who: str) -> "Actor":
    """Return the operator, acting for somebody who asked."""
    from actions.texts.manuscripts import someone

    return replace(operator(), person=await someone(unit, await person_called(unit, who)))


async def person_called(unit: "Unit", who: str) -> int:
    """Return whose id, address or whole name this is, or raise typer.BadParameter."""
    from actions.meetings import tenant, today

    if who.isdecimal():
        day = today(unit.clock, await tenant(unit))
        found = [int(who)] if await unit.people.by_id(int(who), on=day) else []
    else:
        found = await unit.people.with_address(who.lower()) or await unit.people.named(who)
    if not found:
        raise typer.BadParameter(f"Nobody here is {who!r}: give an id, an address or a whole name.")
    if len(found) > 1:
        ids = ", ".join(str(one) for one in found)
        raise typer.BadParameter(f"Several people are {who!r}: give one of the ids {ids}.")
    return found[0]


def one_of(words: type[Word], text: str) -> Word:
    """Return the word that was written, or raise typer.BadParameter naming those there are."""
    try:
        return words(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(words)}.") from None


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def deep_link(settings: "Settings", payload: str) -> str | None:
    """Return the link that opens a private talk with the bot, if its name is known."""
    from channels.telegram import starting

    bot = settings.telegram.bot
    return starting.deep_link(bot, payload) if bot else None
