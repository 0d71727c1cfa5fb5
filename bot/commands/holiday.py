"""`beffroi holiday`: correct the public holidays that working days are counted around."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, changing, operator, print_json, print_table, reading

if TYPE_CHECKING:
    from actions.duties.shifting_deadlines import Announced
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
    """Count a day as a public holiday; whoever is in charge hears which deadlines move."""

    async def act(unit: "Unit", language: str) -> "dict[str, Any]":
        from actions.duties.shifting_deadlines import announce

        return _plain(
            await announce(unit, day.date(), name, actor=operator(), language=language), language
        )

    told = changing(act)
    said = "is a public holiday." if told["is_changed"] else "was this public holiday already."
    _done(day, said, told, is_holiday=True, as_json=as_json)


@app.command()
def remove(day: Day, as_json: AsJson = False) -> None:
    """Count a day as any other: one the library names, or one that was added."""

    async def act(unit: "Unit", language: str) -> "dict[str, Any]":
        from actions.duties.shifting_deadlines import take_back

        done = await take_back(unit, day.date(), actor=operator(), language=language)
        return _plain(done, language)

    told = changing(act)
    _done(day, "is no public holiday any more.", told, is_holiday=False, as_json=as_json)


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


def _plain(done: "Announced", language: str) -> dict[str, Any]:
    """Return what moved, as it is printed."""
    from actions.duties.shifting_deadlines import line, sitting_line

    moved = [
        {
            "about": one.owed.subject,
            "duty": one.owed.duty.name,
            "before": one.before,
            "date": one.owed.duty.deadline.date,
            "sentence": line(one, language),
        }
        for one in done.shifts
    ]
    sittings = [
        {"session": one.session.id, "sentence": sitting_line(one, language)}
        for one in done.sittings
    ]
    return {"is_changed": done.is_changed, "moved": moved, "sittings": sittings}


def _done(
    day: datetime, said: str, told: dict[str, Any], *, is_holiday: bool, as_json: bool
) -> None:
    if as_json:
        print_json({"day": day.date(), "is_holiday": is_holiday, **told})
        return
    typer.echo(f"{day:%Y-%m-%d} {said}")
    for one in (*told["moved"], *told["sittings"]):
        typer.echo(one["sentence"])
