"""`beffroi why`: why somebody was told of a notice where they were, and not elsewhere."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, person_called, print_json, print_table, reading, say

if TYPE_CHECKING:
    from store.unit import Unit


def why(
    person: Annotated[str, typer.Argument(help="An id, an address or a whole name.")],
    notice: Annotated[int | None, typer.Argument(help="Their last one, if none is named.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say why a person got a notice on these channels, and why not on others."""

    async def ask(unit: "Unit", language: str) -> None:
        from actions.notices.explaining import why as explained

        found = await explained(unit, await person_called(unit, person), notice, spoken=language)
        if as_json:
            print_json(asdict(found))
            return
        typer.echo(f"{found.notice_id}: {found.title}  ({found.notice_class}, {found.kind})")
        typer.echo(found.because)
        print_table(
            ["Channel", "Address", "State", "Why", "Code", "When", "Due"],
            [
                (
                    way.channel,
                    way.address,
                    way.state,
                    say(f"reason.{way.reason}", language),
                    way.code,
                    way.at,
                    None if way.at else way.due_at,
                )
                for way in found.ways
            ],
        )

    reading(ask)
