"""`beffroi deliveries`: the newest deliveries, by whatever is known of them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import (
    AsJson,
    one_of,
    operator,
    person_called,
    print_json,
    print_table,
    with_program,
)

if TYPE_CHECKING:
    from bot.wiring import Program
    from store.unit import Unit

COLUMNS = ["id", "notice_id", "person_id", "channel", "address", "state", "code"]
COLUMNS += ["reason", "attempts", "queued_at"]
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
    """List deliveries, newest first, where to, in what state, and why; and when all is out."""

    async def ask(program: "Program") -> None:
        async with program.store.reading() as unit:
            rows = await _found(
                unit, notice, person, state, channel, most=most, is_masked=not unmasked
            )
            if as_json:
                print_json(rows)
                return
            print_table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])
            if not (notice or person or state or channel):
                for sentence in await _waiting(unit, program):
                    typer.echo(sentence)

    with_program(ask)


async def _found(
    unit: "Unit",
    notice: int | None,
    person: str | None,
    state: str | None,
    channel: str | None,
    *,
    most: int,
    is_masked: bool,
) -> list[dict[str, Any]]:
    from actions.notices import overseeing
    from domain.addresses import Channel
    from domain.deliveries import State

    found = await overseeing.deliveries(
        unit,
        operator(),
        notice_id=notice,
        person_id=await person_called(unit, person) if person else None,
        state=one_of(State, state) if state else None,
        channel=one_of(Channel, channel) if channel else None,
        most=most,
        is_masked=is_masked,
    )
    return [asdict(one) for one in found]


async def _waiting(unit: "Unit", program: "Program") -> list[str]:
    """Say when everything that waits will have left."""
    from actions.notices.estimating import estimate_everything
    from bot.commands import forecast
    from domain.clock import zone

    commune = await unit.bodies.tenant()
    if commune is None:
        return []
    estimates = await estimate_everything(unit, program.providers)
    return list(forecast.sentences(estimates, unit.clock.now(), zone(commune.zone)))
