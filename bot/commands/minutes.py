"""`beffroi minutes`: the minutes of sessions, from their first draft to the archives."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import (
    AsJson,
    acting_for,
    changing,
    operator,
    print_json,
    print_table,
    reading,
)
from bot.commands.recording import SessionId

if TYPE_CHECKING:
    from domain.minutes import Minutes
    from store.unit import Unit

app = typer.Typer(name="minutes", no_args_is_help=True, help="Draw up and hand out minutes.")

Ref = Annotated[str, typer.Argument(metavar="REF", help="Such as PV-2026-3.")]
By = Annotated[str, typer.Option(help="Who draws them up: an id, an address or a whole name.")]
COLUMNS = ("ref", "session", "text", "state")


@app.command("list")
def list_minutes(as_json: AsJson = False) -> None:
    """List the minutes, the newest first, with how far they have come."""

    async def ask(unit: "Unit", _: str) -> list[dict[str, Any]]:
        return [await _plain(unit, one) for one in await unit.minutes.all()]

    rows = reading(ask)
    if as_json:
        print_json(rows)
        return
    print_table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])


@app.command()
def show(
    ref: Ref,
    language: Annotated[str, typer.Option(help="fr, ar or en.")] = "fr",
    as_json: AsJson = False,
) -> None:
    """Show what minutes say, how far they have come, and what the law still asks of them."""

    async def ask(unit: "Unit", _: str) -> dict[str, Any]:
        from actions.duties.due import of_session
        from actions.texts.manuscripts import manuscript
        from domain.errors import Refused
        from domain.minutes import numbered
        from domain.publications import in_order, written_text

        number = numbered(ref)
        minutes = await unit.minutes.called(*number) if number else None
        if minutes is None:
            raise Refused("minutes.unknown", ref=ref)
        held = await manuscript(unit, minutes.publication_id)
        owed = await of_session(unit, minutes.session_id, language="en")
        return {
            **await _plain(unit, minutes),
            "due": [
                one.duty.deadline.sentence
                for one in owed
                if one.duty.is_open and "minutes" in one.duty.name
            ],
            "says": written_text(in_order(held.texts, language)[0][1]),
        }

    shown = reading(ask)
    if as_json:
        print_json(shown)
        return
    print_table(COLUMNS, [[shown[column] for column in COLUMNS]])
    for sentence in shown["due"]:
        typer.echo(f"Due: {sentence}.")
    typer.echo(f"\n{shown['says']}")


@app.command()
def draft(session_id: SessionId, by: By) -> None:
    """Draw up the minutes of a closed session from what is on record; its author completes them."""

    async def act(unit: "Unit", _: str) -> "Minutes":
        from actions.meetings import tenant
        from actions.papers.keeping_minutes import draft as drafted
        from bot.configuring import found_settings
        from domain.publications import PublicationKind

        pack = (await tenant(unit)).rule_pack
        flow = found_settings().approval.known().for_kind(PublicationKind.MINUTES, pack)
        return await drafted(unit, await acting_for(unit, by), session_id, flow)

    made = changing(act)
    text = f"APP-{made.publication_id}"
    typer.echo(f"{made.ref} is drawn up as {text}: put it right with beffroi approvals revise.")


@app.command()
def give(session_id: SessionId) -> None:
    """Send every member in office their copy of the signed minutes."""

    async def act(unit: "Unit", _: str) -> int:
        from actions.papers.keeping_minutes import give as given

        return await given(unit, operator(), session_id)

    typer.echo(f"Notice {changing(act)} carries the minutes to every member.")


async def _plain(unit: "Unit", minutes: "Minutes") -> dict[str, Any]:
    from actions.texts.manuscripts import manuscript
    from domain.minutes import state

    text = (await manuscript(unit, minutes.publication_id)).publication
    known = await unit.session_facts.of(minutes.session_id)
    reached = state(text.state, known)
    return {
        "ref": minutes.ref,
        "session": minutes.session_id,
        "text": text.ref,
        "state": reached,
    }
