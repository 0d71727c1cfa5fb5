"""`beffroi link`: a one-time code by which a person proves who they are in a chat."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, deep_link, operator, person_called, print_json, with_store

if TYPE_CHECKING:
    from bot.settings import Settings
    from store.connecting import Store


def link(
    person: Annotated[str, typer.Argument(help="An id, an address or a whole name.")],
    as_json: AsJson = False,
) -> None:
    """Make a code for a person, to be handed to them alone; it links one chat, for two days."""

    async def act(store: "Store", settings: "Settings") -> tuple[str, str | None]:
        from actions.linking import normalised, offer

        async with store.unit() as unit:
            code = await offer(unit, await person_called(unit, person), actor=operator())
        return code, deep_link(settings, normalised(code))

    code, address = with_store(act)
    if as_json:
        print_json({"code": code, "url": address})
        return
    typer.echo(f"Code: {code}")
    typer.echo(f"They write to the bot: /link {code}")
    if address:
        typer.echo(f"Or they open: {address}")
