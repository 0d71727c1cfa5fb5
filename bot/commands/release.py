"""`beffroi release`: an address that was called dead is written to again."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, operator, print_json

if TYPE_CHECKING:
    from store.unit import Unit


def release(
    address: Annotated[str, typer.Argument(help="Whole, as it was imported or linked.")],
    as_json: AsJson = False,
) -> None:
    """Write again to an address that a provider called dead, now that it is known to live."""

    async def act(unit: "Unit", _language: str) -> int:
        from actions.notices.releasing import release as released

        return await released(unit, address, actor=operator())

    count = changing(act)
    if as_json:
        print_json({"released": count})
    else:
        typer.echo(f"Written to again ({count} holders); what failed before stays failed.")
