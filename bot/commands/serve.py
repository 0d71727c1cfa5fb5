"""`beffroi serve`: everything in one process."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from bot.commands.answers import run

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from bot.settings import Settings


def serve() -> None:
    """Run everything: listen, answer, send, remind, and show health, metrics and webhooks."""

    async def act(settings: "Settings") -> None:
        from bot.running import serve as served
        from bot.wiring import wired
        from domain.clock import SystemClock

        async with wired(settings, SystemClock()) as program:
            await served(program, ready=_say_ready)

    try:
        run(act, loop_factory=_fast_loop())
    except ExceptionGroup:
        raise typer.Exit(1) from None  # each is in the log, with its trace


def _say_ready(address: str) -> None:
    typer.echo(f"Beffroi is up: {address}/health")


def _fast_loop() -> "Callable[[], AbstractEventLoop] | None":
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return None
    return uvloop.new_event_loop
