"""`beffroi audit`: read the audit log, and find out whether anybody has changed it."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, operator, print_json, print_table, reading

if TYPE_CHECKING:
    from domain.audit import Entry
    from store.unit import Unit

app = typer.Typer(name="audit", no_args_is_help=True, help="Read the audit log, and verify it.")


@app.command("list")
def list_entries(
    after: Annotated[int, typer.Option(help="From the entry after this number.")] = 0,
    said: Annotated[
        str, typer.Option(help="Of an act, a reference, or a whole name; the newest first.")
    ] = "",
    most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what was done, by whom, in order."""

    async def ask(unit: "Unit", _: str) -> "list[Entry]":
        from actions.notices import overseeing

        if said:
            return await overseeing.entries(unit, operator(), said=said, most=most)
        return await overseeing.chain(unit, operator(), after=after, most=most)

    entries = reading(ask)
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        print_table(["Number", "At", "Who", "Did", "To what", "With"], map(_row, entries))


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Follow the chain of hashes from the first entry; exit with 1 where it is broken."""

    async def ask(unit: "Unit", _: str) -> "list[Entry]":
        from actions.notices import overseeing

        entries: list[Entry] = []
        while page := await overseeing.chain(unit, operator(), after=len(entries)):
            entries += page
        return entries

    from domain.audit import GENESIS, first_broken

    entries = reading(ask)
    broken = first_broken(entries)
    head = entries[-1].hash if entries else GENESIS
    if as_json:
        print_json({"entries": len(entries), "first_broken": broken, "head": head})
    elif broken is None:
        typer.echo(f"All {len(entries)} entries are as they were written; the last is {head}.")
    else:
        typer.echo(f"Entry {broken} was changed, or is missing.", err=True)
    if broken is not None:
        raise typer.Exit(1)


def _row(entry: "Entry") -> tuple[object, ...]:
    facts = ", ".join(f"{name}={value}" for name, value in entry.facts.items())
    at = entry.at.isoformat(" ", "seconds")
    return entry.number, at, entry.actor, entry.act, entry.subject, facts
