"""`beffroi suppressions`: addresses that are not written to."""

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    print_json,
    print_table,
    reading,
    say,
)
from bot.commands.release import release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.suppressions import Suppression
    from store.unit import Unit

app = typer.Typer(
    name="suppressions", no_args_is_help=True, help="See and change which addresses are not used."
)


@app.command("list")
def list_suppressions(
    channel: Annotated[str | None, typer.Option(help="Only this channel's, such as email.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the addresses that were called dead or set aside by hand, and channels left."""

    async def ask(unit: "Unit", language: str) -> "tuple[Sequence[Suppression], str]":
        from domain.addresses import Channel

        only = one_of(Channel, channel) if channel else None
        return await unit.suppressions.all(only), language

    found, language = reading(ask)
    if as_json:
        print_json([asdict(one) for one in found])
        return
    rows = [
        (
            one.person_id,
            say(f"delivery.channel_{one.channel.value}", language),
            one.address,
            say(f"reason.{one.reason.value}", language),
            one.code,
            f"{one.since:%Y-%m-%d}" if one.since else None,
        )
        for one in found
    ]
    print_table(["Person", "Channel", "Address", "Why", "Code", "Since"], rows)
    for (name, why), count in sorted(Counter((row[1], row[3]) for row in rows).items()):
        typer.echo(f"{name}, {why}: {count}")


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="Whole, as it was imported or linked.")],
    as_json: AsJson = False,
) -> None:
    """Write to an address no more, not even what the law requires: somebody else reads it."""

    async def act(unit: "Unit", _language: str) -> int:
        from actions.notices.suppressing import suppress

        return await suppress(unit, address, actor=operator())

    count = changing(act)
    if as_json:
        print_json({"suppressed": count})
    else:
        typer.echo(f"Written to no more ({count} holders), until it is removed from this list.")


app.command("remove")(release)
