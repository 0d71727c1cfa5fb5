"""`beffroi webhook`: the other municipal systems that are told what the council publishes."""

from dataclasses import asdict
from datetime import timedelta
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
    with_store,
)

if TYPE_CHECKING:
    from bot.settings import Settings
    from domain.webhooks import Bulletin, Webhook
    from store.connecting import Store
    from store.unit import Unit

app = typer.Typer(name="webhook", no_args_is_help=True, help="Tell other municipal systems.")

Name = Annotated[str, typer.Argument(help="The system's name here.")]


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="A name for it: small letters, digits, . _ -")],
    url: Annotated[str, typer.Argument(help="Where it listens, by https.")],
    *,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only such notices; may be repeated.")
    ] = None,
    body: Annotated[
        list[str] | None, typer.Option(help="Only of the body with this key; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Register a system, and print the secret by which it knows us; it is not shown again."""

    async def act(unit: "Unit", _: str) -> "Webhook":
        from actions.systems.registering_webhooks import add as added
        from domain.notices import NoticeKind

        kinds = [one_of(NoticeKind, one) for one in kind or ()]
        return await added(unit, name, url, kinds=kinds, bodies=body or (), actor=operator())

    webhook = changing(act)
    if as_json:
        print_json({"name": name, "secret": webhook.secret})
        return
    typer.echo(f"{name} is told from the next notice on; beffroi webhook test {name} tries it.")
    typer.echo(f"Its secret: {webhook.secret}")


@app.command("list")
def list_webhooks(as_json: AsJson = False) -> None:
    """List the systems, with their state and their last failure."""

    async def ask(unit: "Unit", _: str) -> "list[Webhook]":
        return await unit.webhooks.all()

    rows = [_shown(one) for one in reading(ask)]
    if as_json:
        print_json(rows)
    else:
        columns = ["Name", "Address", "Kinds", "Bodies", "State", "Failures", "Since", "Code"]
        print_table(columns, [[_cell(cell) for cell in row.values()] for row in rows])


@app.command()
def remove(name: Name) -> None:
    """Tell a system nothing any more, not even what waits for it."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.systems.registering_webhooks import remove as removed

        await removed(unit, name, actor=operator())

    changing(act)
    typer.echo(f"{name} is told nothing any more.")


@app.command()
def resume(name: Name) -> None:
    """Tell a suspended system again, from the next notice on."""

    async def act(unit: "Unit", _: str) -> bool:
        from actions.systems.registering_webhooks import resume as resumed

        return await resumed(unit, name, actor=operator())

    said = "is told again from the next notice on." if changing(act) else "was not suspended."
    typer.echo(f"{name} {said}")


@app.command()
def rotate(
    name: Name,
    *,
    hours: Annotated[
        int, typer.Option(min=0, max=720, help="How long the old secret signs as well.")
    ] = 24,
    as_json: AsJson = False,
) -> None:
    """Give a system a new secret, and print it; for a while the old one signs as well."""

    async def act(unit: "Unit", _: str) -> "Webhook":
        from actions.systems.registering_webhooks import rotate as rotated

        return await rotated(unit, name, overlap=timedelta(hours=hours), actor=operator())

    webhook = changing(act)
    if as_json:
        until = webhook.secret_before_until
        print_json({"name": name, "secret": webhook.secret, "both_until": until})
        return
    typer.echo(f"{name} gets both signatures for {hours} hours.")
    typer.echo(f"Its new secret: {webhook.secret}")


@app.command()
def test(name: Name) -> None:
    """Post a trial to a system now, and say what it answered; exit with 1 when it failed."""

    async def act(store: "Store", settings: "Settings") -> str | None:
        from actions.systems.registering_webhooks import known
        from bot.wiring_webhook import provider
        from domain.clock import SystemClock
        from domain.errors import Failed

        async with store.unit() as unit:
            webhook = await known(unit, name)
        carrier = provider(settings.webhook, store, SystemClock())
        try:
            await carrier.post(webhook, _trial(), 0)
        except Failed as failure:
            return failure.code
        finally:
            await carrier.close()
        return None

    code = with_store(act)
    typer.echo(f"{name} failed: {code}." if code else f"{name} has it.")
    if code:
        raise typer.Exit(1)


def _trial() -> "Bulletin":
    from bot.commands.answers import say
    from domain.messages import Message
    from domain.phrasebook import LANGUAGES
    from domain.webhooks import Bulletin

    return Bulletin(
        kind="test",
        content={
            language: Message(
                language=language,
                title=say("webhook.test_title", language),
                text=say("webhook.test_text", language),
            )
            for language in LANGUAGES
        },
    )


def _shown(webhook: "Webhook") -> dict[str, object]:
    plain = asdict(webhook)
    for name in ("secret", "secret_before", "secret_before_until"):
        del plain[name]
    return {**plain, "kinds": sorted(webhook.kinds), "bodies": sorted(webhook.bodies)}


def _cell(value: object) -> object:
    return ", ".join(value) if isinstance(value, list) else value
