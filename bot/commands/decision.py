"""`beffroi decision`: the council's decisions, and what the law does with them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    print_json,
    print_table,
    reading,
)

if TYPE_CHECKING:
    from domain.decisions import Decision
    from store.unit import Unit

app = typer.Typer(name="decision", no_args_is_help=True, help="Find decisions, note their track.")

Ref = Annotated[str, typer.Argument(metavar="REF", help="Such as DEL-2026-12.")]
Day = typer.Option(formats=["%Y-%m-%d"], help="The local day; today if it is left out.")
COLUMNS = ("ref", "adopted_on", "body", "title", "state")


@app.command("list")
def list_decisions(
    body: Annotated[str, typer.Option(help="A body's key, such as council.")] = "",
    as_json: AsJson = False,
) -> None:
    """List decisions, the newest first."""

    async def ask(unit: "Unit", _: str) -> list[dict[str, Any]]:
        return [_told(one) for one in await unit.decisions.all(body_key=body or None)]

    found = reading(ask)
    if as_json:
        print_json(found)
    else:
        print_table(COLUMNS, [[one[column] for column in COLUMNS] for one in found])


@app.command()
def show(ref: Ref, as_json: AsJson = False) -> None:
    """Show a decision with its text, its votes, and the days of its track."""

    async def ask(unit: "Unit", language: str) -> tuple[dict[str, Any], list[str]]:
        from actions.sessions.deciding import known
        from actions.sitting_words import vote_line

        decision = await known(unit, ref)
        votes = await unit.votes.of(decision.item_id)
        return _told(decision), [vote_line(vote, language) for vote in votes]

    told, votes = reading(ask)
    if as_json:
        print_json({**told, "votes": votes})
        return
    typer.echo(f"{told['ref']}  {told['title']}  ({told['state']})")
    typer.echo(told["text"])
    for line in votes:
        typer.echo(line)
    print_table(["What", "On"], list(told["days"].items()))


@app.command()
def advance(
    ref: Ref,
    fact: Annotated[str, typer.Argument(help="signed, sent, received, opposed, posted, …")],
    on: Annotated[datetime | None, Day] = None,
    as_json: AsJson = False,
) -> None:
    """Note what happened to a decision, and on which day."""

    async def act(unit: "Unit", _: str) -> "Decision":
        from actions.sessions.deciding import advance as advanced
        from domain.decisions import DecisionFact

        day: date | None = on.date() if on else None
        return await advanced(unit, operator(), ref, one_of(DecisionFact, fact), day)

    told = _told(changing(act))
    if as_json:
        print_json(told)
    else:
        typer.echo(f"{told['ref']}: {fact}. It is {told['state']}.")


def _told(decision: "Decision") -> dict[str, Any]:
    return {
        "ref": decision.ref,
        "adopted_on": decision.adopted_on,
        "body": decision.body_key,
        "title": decision.title,
        "text": decision.text,
        "state": decision.state,
        "majority": decision.majority,
        "needs_visa": decision.needs_visa,
        "session": decision.session_id,
        "item": decision.item_id,
        "days": dict(decision.days),
    }
