"""`beffroi body`: add the bodies that meet, and list them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, changing, operator, print_json, print_table, reading
from bot.commands.names import NameAr, NameEn, NameFr, by_language

if TYPE_CHECKING:
    from domain.bodies import Body
    from store.unit import Unit

app = typer.Typer(name="body", no_args_is_help=True, help="Add and list the bodies that meet.")


@app.command()
def add(
    key: Annotated[str, typer.Argument(help="council, bureau, arr:ain-chock, com:budget …")],
    name: Annotated[str, typer.Argument(help="Its name, in French or in Arabic.")],
    *,
    kind: Annotated[str, typer.Option(help="Where the key does not tell it.")] = "",
    name_fr: NameFr = None,
    name_ar: NameAr = None,
    name_en: NameEn = None,
    parent: Annotated[
        str, typer.Option(metavar="KEY", help="The body it comes from; else the council.")
    ] = "",
    seats: Annotated[str, typer.Option(metavar="N", help="How many members it has.")] = "",
    alias: Annotated[
        list[str] | None, typer.Option(help="Another name people use; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add a body to the commune."""
    names = by_language(name, name_fr=name_fr, name_ar=name_ar, name_en=name_en)

    async def act(unit: "Unit", _: str) -> int:
        from actions.people.founding import add_body
        from domain.importing.body_drafts import described

        draft = described(
            key, kind_of=kind, called=names, stems_from=parent, filled=seats, aliases=alias or []
        )
        return await add_body(unit, draft, actor=operator())

    body_id = changing(act)
    if as_json:
        print_json({"id": body_id, "key": key})
    else:
        typer.echo(f"The body {key} is added.")


@app.command("list")
def list_bodies(as_json: AsJson = False) -> None:
    """List the bodies, with their keys."""

    async def ask(unit: "Unit", language: str) -> None:
        from actions.meetings import tenant

        await tenant(unit)
        found = await unit.bodies.all()
        if as_json:
            print_json([_plain(body) for body in found])
        else:
            columns = ["Key", "Kind", "Name", "From", "Seats", "Also called"]
            print_table(columns, [_row(body, language) for body in found])

    reading(ask)


def _plain(body: "Body") -> dict[str, Any]:
    return {
        "key": body.key,
        "kind": body.kind,
        "names": dict(body.names),
        "parent": body.parent_key,
        "seats": body.seats or None,
        "aliases": list(body.aliases),
    }


def _row(body: "Body", language: str) -> tuple[object, ...]:
    aliases = ", ".join(body.aliases)
    return body.key, body.kind, body.name(language), body.parent_key, body.seats or None, aliases
