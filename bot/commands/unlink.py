"""`beffroi unlink`: an address proves nothing any more, because its telephone is lost or stolen."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, operator, print_json

if TYPE_CHECKING:
    from store.unit import Unit


def unlink(
    address: Annotated[str, typer.Argument(help="Whole, as it was imported or linked.")],
    as_json: AsJson = False,
) -> None:
    """Believe nothing that comes from an address: a lost telephone, or somebody else's by now.

    What is open there is forgotten, and its owner is told at their other addresses.
    """

    async def act(unit: "Unit", _language: str) -> int:
        from actions.people.linking import untie_all

        return await untie_all(unit, address.strip(), actor=operator())

    count = changing(act)
    if as_json:
        print_json({"unlinked": count})
    else:
        typer.echo(f"Believed no more ({count} holders), until its owner proves it again.")
