"""`beffroi push`: the key by which browsers know us, and the browsers that are told."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, changing, operator, person_called, print_json

if TYPE_CHECKING:
    from store.unit import Unit

app = typer.Typer(name="push", no_args_is_help=True, help="Tell people by their browsers.")


@app.command()
def keys(as_json: AsJson = False) -> None:
    """Make a key and print it as a setting; it is kept nowhere else.

    A new key ends every subscription made under the one before.
    """
    from channels.push.vapid import new_keys

    private, public = new_keys()
    if as_json:
        print_json({"private_key": private, "public_key": public})
        return
    typer.echo(f"# Public key, for the page that subscribes: {public}")
    typer.echo(f"BEFFROI_PUSH_PRIVATE_KEY={private}")
    typer.echo("BEFFROI_PUSH_CONTACT=mailto:you@commune.example")


@app.command()
def subscribe(
    person: Annotated[str, typer.Argument(help="An id, an address or a whole name.")],
    file: Annotated[
        Path,
        typer.Argument(
            help="What the browser's PushSubscription.toJSON() gave; - is standard input.",
            exists=True,
            dir_okay=False,
            allow_dash=True,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Tell a person by a browser from now on."""
    plain = _subscription(file)

    async def act(unit: "Unit", _: str) -> str:
        from actions.people.subscribing_push import subscribe as subscribed

        return await subscribed(unit, await person_called(unit, person), plain, actor=operator())

    name = changing(act)
    if as_json:
        print_json({"subscription": name})
    else:
        typer.echo(f"{person} is told by this browser from now on.")


def _subscription(file: Path) -> object:
    try:
        text = (
            typer.get_text_stream("stdin").read() if str(file) == "-" else file.read_text("utf-8")
        )
        return json.loads(text)
    except ValueError as error:
        raise typer.BadParameter(f"{file} cannot be read as JSON: {error}.") from error
