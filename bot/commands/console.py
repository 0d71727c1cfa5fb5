"""`beffroi console`: talk with the bot here, as somebody or as a stranger."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import operator, person_called, run

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Program
    from store.unit import Unit

QUIT = "/quit"
UNREAD_SHOWN = 5  # letters


def console(
    who: Annotated[
        str | None,
        typer.Option("--as", help="An id, an address or a whole name; without it, a stranger."),
    ] = None,
) -> None:
    """Talk with the bot in this terminal; /quit or the end of input ends it."""

    async def act(settings: "Settings") -> None:
        import sys

        from bot.wiring import wired
        from channels.console.provider import ConsoleProvider
        from domain.addresses import Channel
        from domain.clock import SystemClock

        terminal = ConsoleProvider(sys.stdout)
        async with wired(
            settings, SystemClock(), providers=lambda *_: {Channel.CONSOLE: terminal}
        ) as program:
            await _talk(program, await _seat(program, who))

    run(act)


async def _seat(program: "Program", who: str | None) -> str:
    """Return the console address to speak from: somebody's own, or one that nobody has."""
    from secrets import token_hex

    from actions.people.linking import link, offer
    from domain.addresses import Channel

    if who is None:
        return f"stranger-{token_hex(4)}"
    async with program.store.unit() as unit:
        person_id = await person_called(unit, who)
        address = f"person-{person_id}"
        known = await unit.people.addresses(person_id)
        if not any((one.channel, one.value) == (Channel.CONSOLE, address) for one in known):
            await link(
                unit, Channel.CONSOLE, address, await offer(unit, person_id, actor=operator())
            )
        await _show_unread(unit, person_id)
    return address


async def _show_unread(unit: "Unit", person_id: int) -> None:
    letters = await unit.letters.of_person(person_id, most=UNREAD_SHOWN)
    for letter in reversed(letters):
        if not letter.is_read:
            typer.echo(f"  * {letter.at:%Y-%m-%d}  {letter.message.title}")


async def _talk(program: "Program", address: str) -> None:
    """Hear a line, answer it, and wait for the next."""
    import asyncio
    from uuid import uuid4

    from channels.console.inbound import Keyboard

    keyboard = Keyboard(address, run=uuid4().hex, clock=program.clock)
    while (line := await asyncio.to_thread(_line)) is not None and line.strip() != QUIT:
        if line.strip():
            await program.engine.hear(keyboard.heard(line))
            await program.dispatcher.drain()


def _line() -> str | None:
    import sys

    try:
        return input("> " if sys.stdin.isatty() else "")
    except EOFError:
        return None
