"""`beffroi serve`: everything in one process; `web`, `worker`, `clock`: a role in one of many."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import one_of, run

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from bot.settings import Settings


Channels = Annotated[
    str | None, typer.Option(help="Send on these only: email,telegram, …", metavar="NAMES")
]


def serve() -> None:
    """Run everything: listen, answer, send, remind, and show health, metrics and webhooks."""
    _run("web", "worker", "clock")


def web() -> None:
    """Run one of any number that hear: webhooks, and platforms that are asked what is new."""
    _run("web")


def worker(channels: Channels = None) -> None:
    """Run one of any number that send."""
    _run("worker", channels=channels)


def clock() -> None:
    """Run one of any number that do what is due: reminders, fan-out, leases that ran out."""
    _run("clock")


def _run(*roles: str, channels: str | None = None) -> None:
    async def act(settings: "Settings") -> None:
        from bot.commands.standing import trial_sentence
        from bot.roles import Role, Share
        from bot.running import serve as served
        from bot.wiring import wired
        from domain.addresses import Channel
        from domain.clock import SystemClock

        wanted = [one_of(Channel, name.strip()) for name in channels.split(",")] if channels else []
        share = Share(frozenset(Role(role) for role in roles), frozenset(wanted) or None)
        if settings.trial:
            typer.echo(trial_sentence(settings))
        async with wired(settings, SystemClock()) as program:
            await served(program, ready=_say_ready, share=share)

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
