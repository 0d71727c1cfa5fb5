"""`beffroi commune`: set up the commune, and see what stands."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, changing, operator, print_json, reading
from bot.commands.names import NameAr, NameEn, NameFr, by_language

if TYPE_CHECKING:
    from store.bodies import Tenant
    from store.unit import Unit

app = typer.Typer(name="commune", no_args_is_help=True, help="Set up the commune.")


@app.command()
def found(
    name: Annotated[str, typer.Argument(help="The commune's name, in French or in Arabic.")],
    *,
    name_fr: NameFr = None,
    name_ar: NameAr = None,
    name_en: NameEn = None,
    pack: Annotated[str, typer.Option(help="Whose law: ma or fr.")] = "ma",
    zone: Annotated[
        str | None, typer.Option(help="The time zone's IANA name; else the usual one of the law.")
    ] = None,
    population: Annotated[int | None, typer.Option(help="How many people live there.")] = None,
    as_json: AsJson = False,
) -> None:
    """Set up the commune and its council, once, in an empty database."""
    names = by_language(name, name_fr=name_fr, name_ar=name_ar, name_en=name_en)

    async def act(unit: "Unit", _: str) -> "Tenant":
        from actions.people.founding import found as founded

        return await founded(
            unit, names, pack=pack, zone=zone, population=population, actor=operator()
        )

    commune = changing(act)
    if as_json:
        print_json(asdict(commune))
        return
    typer.echo(f"{name} is set up under the law of {commune.rule_pack}, on {commune.zone} time.")
    typer.echo("Next: beffroi import bodies FILE.csv or body add, then import people FILE.csv.")


@app.command()
def petitions(
    *,
    collecting_days: Annotated[
        int | None, typer.Option(help="How many days a petition collects signatures.")
    ] = None,
    id_authorisation: Annotated[
        str | None,
        typer.Option(
            help="The number of the decision (in Morocco the CNDP's) by which national ids may be "
            "asked for; empty, none is."
        ),
    ] = None,
) -> None:
    """Settle how petitions are taken here, and show it; what collects already is not touched."""

    async def act(unit: "Unit", _: str) -> "Tenant":
        from actions.petitions.settling import settle

        return await settle(
            unit, operator(), collecting_days=collecting_days, id_authorisation=id_authorisation
        )

    commune = changing(act)
    typer.echo(f"Petitions collect for {commune.collecting_days} days.")
    asked = (
        f"asked for, under {commune.id_authorisation}"
        if commune.id_authorisation
        else "not asked for"
    )
    typer.echo(f"National ids are {asked}.")


@app.command()
def show(as_json: AsJson = False) -> None:
    """Show the commune: its names, law, time zone, population and bodies."""

    async def ask(unit: "Unit", language: str) -> None:
        from actions.meetings import tenant

        told: dict[str, Any] = asdict(await tenant(unit))
        told["bodies"] = [body.key for body in await unit.bodies.all()]
        if as_json:
            print_json(told)
        else:
            _print(told, language)

    reading(ask)


def _print(told: dict[str, Any], language: str) -> None:
    names = told["names"]
    typer.echo(names.get(language) or " · ".join(names.values()))
    for title, value in (
        ("Names", ", ".join(f"{one} {name}" for one, name in names.items())),
        ("Law", told["rule_pack"]),
        ("Time zone", told["zone"]),
        ("Population", told["population"] or "not given"),
        ("Petitions", f"collect for {told['collecting_days']} days"),
        ("Ids", told["id_authorisation"] or "not asked for"),
        ("Bodies", ", ".join(told["bodies"])),
    ):
        typer.echo(f"{title:11} {value}")
