"""`beffroi link`: a one-time code by which a person proves who they are in a chat."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, deep_link, operator, person_called, print_json, with_store

if TYPE_CHECKING:
    from bot.settings import Settings
    from store.connecting import Store


def link(
    person: Annotated[str, typer.Argument(help="An id, an address or a whole name.")],
    *,
    page: Annotated[
        bool, typer.Option("--page", help="A link that signs them in on the pages, once.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a code for a person, to be handed to them alone; it links one chat, for two days."""
    if page:
        _page(person, as_json=as_json)
        return

    async def act(store: "Store", settings: "Settings") -> tuple[str, str | None]:
        from actions.people.linking import normalised, offer

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


def _page(person: str, *, as_json: bool) -> None:
    """Make a link that signs a person in on the pages within ten minutes, once."""

    async def act(store: "Store", settings: "Settings") -> str:
        from actions.people.signing_in import offer_link
        from domain.errors import Misconfigured

        if not settings.web.public_url:
            raise Misconfigured("Nobody knows where the pages are: set BEFFROI_WEB_PUBLIC_URL.")
        async with store.unit() as unit:
            token = await offer_link(unit, await person_called(unit, person), actor=operator())
        return f"{settings.web.public_url.rstrip('/')}/sign-in/link/{token}"

    address = with_store(act)
    if as_json:
        print_json({"url": address})
    else:
        typer.echo(f"They open, within ten minutes: {address}")
