"""`beffroi session record`: what was done on paper, and on which day."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, one_of, operator, print_json

if TYPE_CHECKING:
    from store.unit import Unit

SessionId = Annotated[int, typer.Argument(metavar="ID", help="See: beffroi session list.")]
Fact = Annotated[str, typer.Argument(help="Such as agenda_sent, register_sent, minutes_given.")]
Day = typer.Option(formats=["%Y-%m-%d"], help="The local day; today if it is left out.")


def record(
    session_id: SessionId,
    fact: Fact,
    on: Annotated[datetime | None, Day] = None,
    as_json: AsJson = False,
) -> None:
    """Note what was done on paper: beffroi due counts from it."""

    async def act(unit: "Unit", _: str) -> date:
        from actions.papers.recording import record as recorded
        from domain.session_facts import SessionFact

        day = on.date() if on else None
        return await recorded(unit, operator(), session_id, one_of(SessionFact, fact), day)

    day = changing(act)
    if as_json:
        print_json({"session": session_id, "fact": fact, "on": day})
    else:
        typer.echo(f"Noted for session {session_id}: {fact}, on {day}.")


def strike(session_id: SessionId, fact: Fact) -> None:
    """Take a fact off the record that was noted by mistake."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.papers.recording import strike as struck
        from domain.session_facts import SessionFact

        await struck(unit, operator(), session_id, one_of(SessionFact, fact))

    changing(act)
    typer.echo(f"Struck from session {session_id}: {fact}.")
