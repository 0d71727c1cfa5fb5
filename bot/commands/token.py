"""`beffroi token`: the keys by which other systems use the API."""

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import (
    AsJson,
    changing,
    one_of,
    operator,
    person_called,
    print_json,
    print_table,
    reading,
)

if TYPE_CHECKING:
    from domain.tokens import Token
    from store.unit import Unit

app = typer.Typer(name="token", no_args_is_help=True, help="Let other systems use the API.")


@app.command()
def make(
    name: Annotated[str, typer.Argument(help="A name for it: small letters, digits, . _ -")],
    *,
    owner: Annotated[
        str, typer.Option(help="Whose rights it has, as far as its scopes go: id or whole name.")
    ],
    scope: Annotated[list[str], typer.Option(help="What it is for; may be repeated.")],
    kind: Annotated[
        str, typer.Option(help="live; team: only staff are reached; test: nobody is.")
    ] = "live",
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it lasts.")] = 365,
    as_json: AsJson = False,
) -> None:
    """Make a token, and print its secret; it is not shown again."""

    async def act(unit: "Unit", _: str) -> "tuple[Token, str]":
        from actions.systems.entrusting import entrust
        from domain.tokens import Scope, TokenKind

        return await entrust(
            unit,
            name,
            await person_called(unit, owner),
            [one_of(Scope, one) for one in scope],
            kind=one_of(TokenKind, kind),
            lasts=timedelta(days=days),
            actor=operator(),
        )

    token, secret = changing(act)
    if as_json:
        print_json({"name": name, "secret": secret, "expires_at": token.expires_at})
        return
    typer.echo(f"{name} opens the API until {token.expires_at:%Y-%m-%d}.")
    typer.echo(f"Its secret: {secret}")


@app.command("list")
def list_tokens(as_json: AsJson = False) -> None:
    """List the tokens: whose, what for, until when, and when each was last used."""

    async def ask(unit: "Unit", _: str) -> "list[Token]":
        return await unit.tokens.all()

    rows = [{**asdict(one), "scopes": sorted(one.scopes)} for one in reading(ask)]
    if as_json:
        print_json(rows)
        return
    columns = ["Name", "Kind", "Scopes", "Owner", "Made", "Expires", "Used", "Revoked"]
    print_table(
        columns,
        [
            (
                row["name"],
                row["kind"],
                ", ".join(row["scopes"]),
                row["owner_id"],
                *(
                    f"{at:%Y-%m-%d}" if (at := row[when]) else None
                    for when in ("made_at", "expires_at", "used_at", "revoked_at")
                ),
            )
            for row in rows
        ],
    )


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="The token's name.")]) -> None:
    """Let a token open nothing any more, from now on."""

    async def act(unit: "Unit", _: str) -> bool:
        from actions.systems.entrusting import revoke as revoked

        return await revoked(unit, name, actor=operator())

    said = "opens nothing any more." if changing(act) else "did not open anything before."
    typer.echo(f"{name} {said}")
