"""`beffroi signatures`: sheets of paper entered, what is false struck out, a hand forgotten."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    deep_link,
    one_of,
    operator,
    print_json,
    print_table,
    reading,
    with_store,
)

if TYPE_CHECKING:
    from actions.petitions.signing import Struck
    from bot.settings import Settings
    from domain.petitions import SignatureState
    from store.connecting import Store
    from store.unit import Unit

app = typer.Typer(
    name="signatures", no_args_is_help=True, help="Enter, look over, strike out and forget."
)

Ref = Annotated[str, typer.Argument(help="A petition's reference, such as PET-2026-0012.")]
INSTANT = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
Instant = typer.Option(formats=INSTANT, help="In UTC, 2026-02-05T10:00.")


@app.command("list")
def list_signatures(ref: Ref, as_json: AsJson = False) -> None:
    """List who signed, for the staff alone; those who were forgotten are not there."""

    async def ask(unit: "Unit", _: str) -> list[tuple[object, ...]]:
        from actions.moving_petitions import called
        from actions.petitions.signing import check_over

        petition = await called(unit, ref)
        found = await check_over(unit, operator(), petition.id)
        return [
            (one.id, one.state, one.origin, one.name, one.place, one.sheet, one.line, one.at, near)
            for one, near in found
        ]

    rows = reading(ask)
    columns = ["id", "state", "origin", "name", "tie", "sheet", "line", "at", "alike"]
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(columns, rows)


@app.command()
def enter(
    ref: Ref,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV.")],
    sheet: Annotated[str, typer.Option(help="What the sheet of paper is called, such as A1.")],
    as_json: AsJson = False,
) -> None:
    """Enter a sheet of paper: a CSV with the columns line, name, place, contact, id."""

    async def act(unit: "Unit", _: str) -> "dict[SignatureState, int]":
        from actions.moving_petitions import called
        from actions.petitions.signing import enter as entered
        from domain.petitions.sheets import lines_of

        petition = await called(unit, ref)
        lines = lines_of(file.read_bytes())
        return await entered(unit, operator(), petition.id, sheet, lines)

    came = {str(state): count for state, count in changing(act).items() if count}
    if as_json:
        print_json(came)
    else:
        typer.echo(", ".join(f"{count} {state}" for state, count in came.items()))


@app.command()
def strike(
    ref: Ref,
    *,
    reason: Annotated[str, typer.Option(help="Why; it is kept with them.")],
    since: Annotated[datetime | None, Instant] = None,
    until: Annotated[datetime | None, Instant] = None,
    name: Annotated[str, typer.Option(help="A part of the name.")] = "",
    sheet: Annotated[str, typer.Option(help="Of this sheet of paper.")] = "",
    origin: Annotated[str | None, typer.Option(help="online or paper.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count them.")] = False,
) -> None:
    """Strike out, together, the valid signatures that fit all that is given."""

    async def act(unit: "Unit", _: str) -> int:
        from actions.moving_petitions import called
        from actions.petitions.signing import found, strike as struck
        from domain.petitions import Origin

        wanted = _wanted(since, until, name, sheet, one_of(Origin, origin) if origin else None)
        petition = await called(unit, ref)
        if dry_run:
            return len(await found(unit, operator(), petition.id, wanted))
        return await struck(unit, operator(), petition.id, wanted, reason=reason)

    count = changing(act)
    typer.echo(f"{count} would be struck out." if dry_run else f"{count} struck out of {ref}.")


@app.command()
def forget(
    contact: Annotated[
        str, typer.Argument(help="The e-mail address, number or id they signed with.")
    ],
) -> None:
    """Forget who signed with a contact or an id; that they did still counts."""

    async def act(unit: "Unit", _: str) -> int:
        from actions.petitions.signing import forget as forgotten

        return await forgotten(unit, operator(), contact)

    typer.echo(f"{changing(act)} forgotten.")


@app.command()
def link(
    ref: Ref,
    square: Annotated[
        Path | None, typer.Option(help="Draw the square (QR code) into this PNG file.")
    ] = None,
) -> None:
    """Print the link by which a petition is signed, and draw the square that opens it."""

    async def act(store: "Store", settings: "Settings") -> str:
        from actions.moving_petitions import called
        from domain.errors import Misconfigured

        async with store.reading() as unit:
            petition = await called(unit, ref)
        found = deep_link(settings, f"sign_{petition.id}")
        if found is None:
            raise Misconfigured("Nobody knows the bot's name: set BEFFROI_TELEGRAM_BOT.")
        return found

    found = with_store(act)
    typer.echo(found)
    if square:
        from domain.squares import square as drawn

        square.write_bytes(drawn(found))


def _wanted(
    since: datetime | None, until: datetime | None, name: str, sheet: str, origin: object
) -> "Struck":
    from datetime import UTC

    from actions.petitions.signing import Struck
    from domain.petitions import Origin

    return Struck(
        since=since.replace(tzinfo=UTC) if since else None,
        until=until.replace(tzinfo=UTC) if until else None,
        name=name,
        sheet=sheet,
        origin=origin if isinstance(origin, Origin) else None,
    )
