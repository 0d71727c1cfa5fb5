"""`beffroi requests`: what people ask of the town hall, followed to its answer."""

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
    from datetime import datetime

    from domain.requests import Request
    from store.unit import Unit

app = typer.Typer(
    name="requests", no_args_is_help=True, help="Follow what people ask of the town hall."
)

Ref = Annotated[str, typer.Argument(help="Its reference, such as REQ-2026-12.")]


@app.command("list")
def list_requests(
    kind: Annotated[
        list[str] | None, typer.Option(help="Only of this kind; may be repeated.")
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Those answered and closed too.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what is open, what is due first at the head."""

    async def ask(unit: "Unit", _: str) -> "list[dict[str, Any]]":
        from domain.requests import OPEN, RequestKind, RequestState

        found = await unit.requests.listed(
            kinds=[one_of(RequestKind, one) for one in kind or ()],
            states=frozenset(RequestState) if everything else OPEN,
            most=most,
        )
        return [_plain(one, unit.clock.now()) for one in found]

    rows = reading(ask)
    if as_json:
        print_json(rows)
        return
    columns = ["Reference", "Kind", "State", "Received", "Due", "Overdue", "With", "About"]
    print_table(columns, [[_cell(cell) for cell in row.values()] for row in rows])


@app.command()
def show(ref: Ref, as_json: AsJson = False) -> None:
    """Show a request whole: what was asked, by whom, and how far it has come."""

    async def ask(unit: "Unit", _: str) -> "dict[str, Any]":
        from actions.requests.requesting import known

        request = await known(unit, operator(), ref)
        return {**_plain(request, unit.clock.now()), **await _whole(unit, request)}

    shown = changing(ask)
    if as_json:
        print_json(shown)
        return
    plain = {**shown, **shown["fields"]}
    del plain["fields"]
    print_table(["", ""], [(name, _cell(value)) for name, value in plain.items() if value])


@app.command()
def answer(
    ref: Ref,
    text: Annotated[str, typer.Argument(help="What the person is told, where they wrote.")],
) -> None:
    """Answer a request: whoever made it is told where they wrote."""

    async def act(unit: "Unit", _: str) -> "Request":
        from actions.requests.requesting import answer as answered

        return await answered(unit, operator(), ref, text)

    request = changing(act)
    typer.echo(f"{request.ref} is answered; the person is told by {request.channel}.")


@app.command()
def assign(
    ref: Ref,
    assignee: Annotated[str, typer.Argument(help="Who sees to it, as the town hall says it.")],
) -> None:
    """Hand a request to somebody."""

    async def act(unit: "Unit", _: str) -> "Request":
        from actions.requests.requesting import assign as assigned

        return await assigned(unit, operator(), ref, assignee)

    request = changing(act)
    typer.echo(f"{request.ref} is with {request.assignee}.")


@app.command()
def close(ref: Ref) -> None:
    """Close a request, answered or not; nobody is told."""

    async def act(unit: "Unit", _: str) -> "Request":
        from actions.requests.requesting import close as closed

        return await closed(unit, operator(), ref)

    typer.echo(f"{changing(act).ref} is closed.")


@app.command()
def file(
    ref: Ref,
    to: Annotated[typer.FileBinaryWrite, typer.Argument(help="The file to write.")],
) -> None:
    """Write the file that came with a request; exit with 1 when none did."""

    async def ask(unit: "Unit", _: str) -> bytes | None:
        from actions.requests.requesting import known

        held = await unit.requests.files((await known(unit, operator(), ref)).id)
        return await unit.documents.content(held[0]) if held else None

    content = changing(ask)
    if content is None:
        typer.echo(f"{ref} came without a file.", err=True)
        raise typer.Exit(1)
    to.write(content)


def _plain(request: "Request", now: "datetime") -> dict[str, Any]:
    return {
        "ref": request.ref,
        "kind": request.kind,
        "state": request.state,
        "at": request.at,
        "due_at": request.due_at,
        "is_overdue": request.is_overdue(now),
        "assignee": request.assignee,
        "about": request.about,
    }


async def _whole(unit: "Unit", request: "Request") -> dict[str, Any]:
    from actions.meetings import tenant, today
    from domain.addresses import masked
    from domain.files import Kept

    on = today(unit.clock, await tenant(unit))
    person = await unit.people.by_id(request.person_id, on=on) if request.person_id else None
    fields = dict(request.fields)
    if "file" in fields:
        fields["file"] = Kept.read(fields["file"]).name
    return {
        "person": person.name if person else None,
        "body": request.body_key,
        "channel": request.channel,
        "address": masked(request.channel, request.address),
        "language": request.language,
        "fields": fields,
        "answer": request.answer,
    }


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "⏰ overdue" if value else ""
    return value.isoformat(" ", "minutes") if hasattr(value, "isoformat") else value
