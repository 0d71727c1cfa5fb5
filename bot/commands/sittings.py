"""`beffroi session add-sitting` and `hold`: the further sittings of a session."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import changing, operator
from bot.commands.recording import SessionId

if TYPE_CHECKING:
    from actions.sessions.timetabling import Added
    from store.unit import Unit

WallTime = typer.Option(
    formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], help="The commune's wall time."
)


def add_sitting(
    session_id: SessionId,
    starts: Annotated[datetime, WallTime],
    place: Annotated[str, typer.Option(help="If not where the last one is held.")] = "",
) -> None:
    """Plan one more sitting of a session; whoever was convened is told."""

    async def act(unit: "Unit", language: str) -> "Added":
        from actions.sessions.timetabling import add

        return await add(
            unit, operator(), session_id, starts=starts, place=place, language=language
        )

    added = changing(act)
    for warning in added.warnings:
        typer.secho(f"Warning: {warning}", fg=typer.colors.YELLOW)
    typer.echo(f"Sitting {added.sitting.number} of session {session_id} is planned.")


def hold(
    session_id: SessionId, number: Annotated[int, typer.Argument(help="The sitting's number.")]
) -> None:
    """Note that a later sitting of an open session is held now."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.sessions.timetabling import hold as held

        await held(unit, operator(), session_id, number)

    changing(act)
    typer.echo(f"Sitting {number} of session {session_id} is held.")


COMMANDS: dict[str, Callable[..., None]] = {"add-sitting": add_sitting, "hold": hold}
