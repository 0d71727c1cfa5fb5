"""`beffroi agenda`: build a session's agenda, send it to the governor, tell of its changes."""

from datetime import datetime
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, changing, one_of, operator, print_json

if TYPE_CHECKING:
    from domain.agenda import AgendaItem
    from store.unit import Unit

app = typer.Typer(name="agenda", no_args_is_help=True, help="Build a session's agenda.")

SessionId = Annotated[int, typer.Argument(metavar="ID", help="See: beffroi session list.")]
Number = Annotated[str, typer.Argument(help="The item's number, as people say it.")]
Reason = Annotated[str, typer.Option(help="What is kept on record.")]


@app.command()
def add(
    session_id: SessionId,
    title: str,
    *,
    language: Annotated[str, typer.Option(help="Of the title.")] = "fr",
    by_governor: Annotated[bool, typer.Option("--by-governor", help="By right, art. 39.")] = False,
    closed: Annotated[bool, typer.Option("--closed", help="Behind closed doors.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put an item at the end of the agenda."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda import listing
        from domain.agenda import ItemSource

        source = ItemSource.GOVERNOR if by_governor else ItemSource.PRESIDENT
        return await listing.add(
            unit,
            session_id,
            title,
            language=language,
            source=source,
            is_public=not closed,
            actor=operator(),
        )

    _say(changing(act), as_json=as_json)


@app.command()
def reword(session_id: SessionId, number: Number, title: str, as_json: AsJson = False) -> None:
    """Give an item another title."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda import listing

        return await listing.reword(unit, session_id, number, title, actor=operator())

    _say(changing(act), as_json=as_json)


@app.command()
def shift(
    session_id: SessionId,
    number: Number,
    *,
    up: Annotated[bool, typer.Option("--up/--down")] = True,
    as_json: AsJson = False,
) -> None:
    """Exchange an item with the one before or after it."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda import listing

        return await listing.shift(unit, session_id, number, up=up, actor=operator())

    _say(changing(act), as_json=as_json)


@app.command()
def assign(
    session_id: SessionId,
    number: Number,
    sitting: Annotated[int, typer.Argument(help="The sitting's number.")],
    as_json: AsJson = False,
) -> None:
    """Say in which sitting of the session an item is debated."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda import listing

        return await listing.assign(unit, session_id, number, sitting, actor=operator())

    _say(changing(act), as_json=as_json)


@app.command()
def withdraw(
    session_id: SessionId, number: Number, reason: Reason, as_json: AsJson = False
) -> None:
    """Take an item off the agenda; it stays on record with its reason."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda import listing

        return await listing.withdraw(unit, session_id, number, reason, actor=operator())

    _say(changing(act), as_json=as_json)


@app.command("object")
def object_to(
    session_id: SessionId, number: Number, reason: Reason, as_json: AsJson = False
) -> None:
    """Note the governor's objection to an item: nothing is decided while it stands (art. 41)."""

    async def act(unit: "Unit", language: str) -> "AgendaItem":
        from actions.papers.hearing_governor import governor_objects

        item, _ = await governor_objects(
            unit, session_id, number, reason, actor=operator(), language=language
        )
        return item

    _say(changing(act), as_json=as_json)


@app.command()
def lift(session_id: SessionId, number: Number, as_json: AsJson = False) -> None:
    """Note that the governor's objection has fallen."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda import listing

        return await listing.lift(unit, session_id, number, actor=operator())

    _say(changing(act), as_json=as_json)


@app.command()
def refer(
    session_id: SessionId,
    number: Number,
    commission: Annotated[str, typer.Argument(help="Its key, such as com:budget.")],
    as_json: AsJson = False,
) -> None:
    """Refer an item to a commission, and tell its chair (art. 28)."""

    async def act(unit: "Unit", _: str) -> "AgendaItem":
        from actions.agenda.referring import refer as referred

        return await referred(unit, session_id, number, commission, actor=operator())

    _say(changing(act), as_json=as_json)


@app.command()
def attach(
    session_id: SessionId,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    *,
    item: Annotated[str | None, typer.Option(help="The number of the item it is about.")] = None,
    kind: Annotated[str, typer.Option(help="report, draft_decision, annex …")] = "report",
    readers: Annotated[str, typer.Option(help="public, members or staff.")] = "members",
    language: Annotated[str, typer.Option()] = "fr",
) -> None:
    """Attach a paper; one of the same name gets another version."""

    async def act(unit: "Unit", _: str) -> str:
        from actions.agenda import attaching
        from actions.agenda.listing import named
        from actions.meetings import meeting
        from domain.documents import DocumentKind, Visibility

        about = named(await meeting(unit, session_id), item).id if item else None
        return await attaching.attach(
            unit,
            session_id,
            file.read_bytes(),
            name=file.name,
            media_type=guess_type(file.name)[0] or "application/octet-stream",
            kind=one_of(DocumentKind, kind),
            visibility=one_of(Visibility, readers),
            language=language,
            item_id=about,
            actor=operator(),
        )

    typer.echo(f"{file.name} is attached: sha256 {changing(act)}.")


@app.command("to-governor")
def to_governor(
    session_id: SessionId,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it went; today.")
    ] = None,
) -> None:
    """Freeze the agenda as it goes to the governor, and note the day (art. 38)."""

    async def act(unit: "Unit", language: str) -> "Any":
        from actions.papers.hearing_governor import send_agenda

        return await send_agenda(
            unit, session_id, actor=operator(), on=on.date() if on else None, language=language
        )

    sent = changing(act)
    if sent.missed:
        typer.secho(f"Warning: {sent.missed.sentence}", fg=typer.colors.YELLOW)
    typer.echo(f"The agenda of session {session_id} went on {sent.on}:")
    for language, sha256 in sent.sha256.items():
        typer.echo(f"  {language}  sha256 {sha256}")


@app.command()
def tell(session_id: SessionId) -> None:
    """Tell everybody who was convened what has changed, without waiting for the clock."""

    async def act(unit: "Unit", language: str) -> "Any":
        from actions.sessions.telling_changes import tell_now

        return await tell_now(unit, session_id, actor=operator(), language=language)

    for warning in changing(act):
        typer.secho(f"Warning: {warning.sentence}", fg=typer.colors.YELLOW)
    typer.echo(f"Whoever was convened to session {session_id} is told.")


def _say(item: "AgendaItem", *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        print_json(asdict(item))
        return
    typer.echo(f"{item.number}. {item.title}  ({item.state})")
