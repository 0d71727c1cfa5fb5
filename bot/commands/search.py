"""`beffroi search`: items, papers, decisions, petitions and texts by what they are about."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, print_json, print_table, reading

if TYPE_CHECKING:
    from domain.searching import Called, Found
    from store.unit import Unit

COLUMNS = ("What", "Session", "Body", "On", "Number", "State", "Title")


def search(
    words: Annotated[list[str], typer.Argument(help="In any language, with or without accents.")],
    *,
    body: Annotated[str | None, typer.Option(help="Only of this body, such as council.")] = None,
    most: Annotated[int, typer.Option(min=1, help="How many of each at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Find what is on record by what it is about, kind by kind, the newest first."""

    async def ask(unit: "Unit", language: str) -> "list[Found | Called]":
        from domain.access import Scope
        from domain.searching import wanted
        from store.catalogue import Filter

        scope = Scope.whole(one.key for one in await unit.bodies.all())
        what, where = wanted(" ".join(words)), Filter(body_keys=[body] if body else None)
        if not what:
            raise typer.BadParameter("These words say nothing: name what it is about.")
        catalogue = unit.catalogue
        return [
            *await catalogue.items(what, scope, where, most=most),
            *await catalogue.documents(what, scope, where, most=most),
            *await unit.references.about(what, scope, where, language=language, most=most),
        ]

    found = reading(ask)
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        print_table(COLUMNS, map(_row, found))


def _row(found: "Found | Called") -> tuple[object, ...]:
    from domain.searching import Called

    if isinstance(found, Called):
        return found.sought, "", found.body_key, "", found.ref, found.state, found.title
    day = found.starts.date() if found.starts else ""
    state = found.state or found.document_kind
    return found.sought, found.session_id, found.body_key, day, found.number, state, found.title
