"""`beffroi holiday`: correct the public holidays that working days are counted around."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, operator, print_json, print_table, reading

if TYPE_CHECKING:
    from actions.keeping_holidays import Holiday
    from store.unit import Unit

app = typer.Typer(name="holiday", no_args_is_help=True, help="Correct the public holidays.")

Day = Annotated[
    datetime, typer.Argument(metavar="DATE", formats=["%Y-%m-%d"], help="Such as 2026-03-20.")
]


@app.command()
def add(
    day: Day,
    name: Annotated[str, typer.Argument(help="What the holiday is called.")],
    as_json: AsJson = False,
) -> None:
    """Count a day as a public holiday, in every deadline reckoned from now on."""

    async def act(unit: "Unit", _: str) -> bool:
        from actions.keeping_holidays import add as added

        return await added(unit, day.date(), name, actor=operator())

    is_changed = changing(act)
    said = "is a public holiday." if is_changed else "was this public holiday already."
    _done(day, said, is_holiday=True, is_changed=is_changed, as_json=as_json)


@app.command()
def remove(day: Day, as_json: AsJson = False) -> None:
    """Count a day as any other: one the library names, or one that was added."""

    async def act(unit: "Unit", language: str) -> None:
        from actions.keeping_holidays import remove as removed

        await removed(unit, day.date(), actor=operator(), language=language)

    changing(act)
    said = "is no public holiday any more."
    _done(day, said, is_holiday=False, is_changed=True, as_json=as_json)


@app.command("list")
def list_holidays(
    year: Annotated[
        int | None, typer.Option(min=1901, max=2099, help="Else this year, at the commune's.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List a year's public holidays: the library's, and what the town has changed in them."""

    async def ask(unit: "Unit", language: str) -> "list[Holiday]":
        from actions.keeping_holidays import calendar
        from actions.meetings import tenant, today

        of = year if year is not None else today(unit.clock, await tenant(unit)).year
        return await calendar(unit, of, language=language)

    found = reading(ask)
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        rows = [(one.day, f"{one.day:%a}", one.name, _mark(one)) for one in found]
        print_table(["Date", "Day", "Name", "From"], rows)


def _mark(one: "Holiday") -> str:
    if not one.is_own:
        return "library"
    return "town" if one.is_counted else "taken away by the town"


def _done(day: datetime, said: str, *, is_holiday: bool, is_changed: bool, as_json: bool) -> None:
    if as_json:
        plain = {"day": day.date(), "is_holiday": is_holiday, "is_changed": is_changed}
        print_json(plain)
    else:
        typer.echo(f"{day:%Y-%m-%d} {said}")
