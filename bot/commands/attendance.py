"""`beffroi session forecast`, `excuse` and `register`: who will come, and who came."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.answers import AsJson, changing, operator, print_json, reading
from bot.commands.recording import SessionId

if TYPE_CHECKING:
    from actions.sessions.rolling import Roll
    from store.unit import Unit


def excuse(
    session_id: SessionId,
    member: Annotated[str, typer.Argument(help="An id or a name.")],
    rejected: Annotated[bool, typer.Option("--rejected", help="It was not accepted.")] = False,
) -> None:
    """Note that the council accepted a member's excuse (art. 67), or with --rejected did not."""

    async def act(unit: "Unit", _: str) -> None:
        from actions.meetings import meeting
        from actions.sessions.rolling import judge, roll

        known = await roll(unit, await meeting(unit, session_id))
        person_id = member_of(known, member)
        await judge(unit, operator(), session_id, person_id, is_accepted=not rejected)

    changing(act)
    typer.echo(f"The excuse of {member} is {'not ' if rejected else ''}accepted.")


def register(session_id: SessionId) -> None:
    """Write the attendance register as CSV (art. 67)."""

    async def ask(unit: "Unit", language: str) -> str:
        from actions.sessions.closing import register as written

        return await written(unit, session_id, language=language)

    typer.echo(reading(ask), nl=False)


def forecast(session_id: SessionId, as_json: AsJson = False) -> None:
    """Tell what the members' answers promise for the quorum."""

    async def ask(unit: "Unit", language: str) -> tuple[dict[str, Any], str]:
        from actions.meetings import meeting
        from actions.sessions.forecasting import expected
        from actions.sitting_words import forecast_lines

        found = await expected(unit, await meeting(unit, session_id))
        plain = {**asdict(found), "outlook": found.outlook, "missing": found.missing}
        return plain, forecast_lines(found, language)

    plain, said = reading(ask)
    print_json(plain) if as_json else typer.echo(said)


COMMANDS: dict[str, Callable[..., None]] = {
    "excuse": excuse,
    "register": register,
    "forecast": forecast,
}


def member_of(known: "Roll", who: str) -> int:
    """Return whose id or name this is, or raise Refused."""
    from domain.errors import Refused
    from domain.folding import folded

    found = _matching(who, ((seat.person_id, folded(seat.name)) for seat in known.seats))
    if len(found) != 1:
        raise Refused("sitting.no_member", person=who)
    return found[0]


def _matching(who: str, members: Iterable[tuple[int, str]]) -> list[int]:
    from domain.folding import folded

    name = folded(who)
    return [person for person, known in members if str(person) == who or known == name]
