"""`beffroi deliveries`: the newest deliveries, by whatever is known of them."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.answers import AsJson, one_of, person_called, print_json, print_table, reading

if TYPE_CHECKING:
    from store.unit import Unit

Unmasked = Annotated[bool, typer.Option("--unmasked", help="Show addresses whole.")]


def deliveries(
    *,
    notice: Annotated[int | None, typer.Option(help="Of this notice.")] = None,
    person: Annotated[str | None, typer.Option(help="An id, an address or a whole name.")] = None,
    state: Annotated[str | None, typer.Option(help="Such as queued or failed.")] = None,
    channel: Annotated[str | None, typer.Option(help="Such as email or telegram.")] = None,
    most: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    unmasked: Unmasked = False,
    as_json: AsJson = False,
) -> None:
    """List deliveries, newest first: where to, in what state, and why."""

    async def ask(unit: "Unit", _: str) -> None:
        from domain.addresses import Channel, masked
        from domain.deliveries import State

        found = await unit.overview.deliveries(
            notice_id=notice,
            person_id=await person_called(unit, person) if person else None,
            state=one_of(State, state) if state else None,
            channel=one_of(Channel, channel) if channel else None,
            most=most,
        )
        if not unmasked:
            found = [replace(one, address=masked(one.channel, one.address)) for one in found]
        rows = [asdict(one) for one in found]
        columns = ["id", "notice_id", "person_id", "channel", "address", "state", "code"]
        columns += ["reason", "attempts", "queued_at"]
        if as_json:
            print_json(rows)
        else:
            print_table(columns, [[row[column] for column in columns] for row in rows])

    reading(ask)
