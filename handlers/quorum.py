"""Will there be a quorum, and was there one: the forecast for some, the record for all."""

from collections.abc import Sequence

from actions.meetings import meeting
from actions.sessions.forecasting import expected
from actions.sessions.rolling import AWAITED, roll
from actions.sitting_words import forecast_lines
from domain.attendance import Answer
from domain.rights import Sight, sees
from domain.rolls import Presence, RollCall
from handlers import session, telling
from handlers.finding import Held, meant, one
from handlers.proceedings import of_session
from handlers.turn import Outcome, Slots, Turn


async def asked(turn: Turn, slots: Slots) -> Outcome:
    held = await meant(turn, slots)
    return await _told(turn, held) if held else turn.tell(turn.say("quorum.none"))


async def shown(turn: Turn, session_id: int) -> Outcome:
    held = await one(turn, session_id)
    return await _told(turn, held) if held else session.unknown(turn)


async def _told(turn: Turn, held: Held) -> Outcome:
    counted = await turn.unit.rolls.of(held.session.id)
    parts = [_line(turn, one) for one in counted]
    if counted and (turn.viewer.is_member(held.session.body_key) or _is_staff(turn)):
        parts.append(await _presences(turn, held))
    if held.session.state in AWAITED and sees(turn.person, Sight.FORECAST, held.body):
        parts.append(await _forecast(turn, held))
    if not parts:
        earlier = await turn.unit.rolls.earlier(held.body.key, but=held.session.id, most=1)
        parts = [turn.say("quorum.not_yet"), *(_line(turn, one) for one in earlier)]
    return turn.tell(
        "\n\n".join(parts),
        title=telling.name(turn, held),
        choices=[
            turn.choice("session.see_agenda", f"agenda:{held.session.id}"),
            *(one for one in of_session(turn, held) if not one.value.startswith("quorum:")),
        ],
        about=held.session.id,
    )


async def _forecast(turn: Turn, held: Held) -> str:
    """Say what the answers promise, and whose they are."""
    called = await meeting(turn.unit, held.session.id)
    given = {one.person_id: one.answer for one in await turn.unit.attendances.of(held.session.id)}
    seats = (await roll(turn.unit, called)).seats
    lines = [forecast_lines(await expected(turn.unit, called), turn.language)]
    for answer in (*Answer, None):
        names = [seat.name for seat in seats if given.get(seat.person_id) is answer]
        lines += _names(turn, answer or "unanswered", names)
    return "\n".join(lines)


async def _presences(turn: Turn, held: Held) -> str:
    """Name who was there, for those who sit there themselves."""
    seats = (await roll(turn.unit, await meeting(turn.unit, held.session.id))).seats
    lines: list[str] = []
    for presence in Presence:
        lines += _names(turn, presence, [one.name for one in seats if one.presence is presence])
    return "\n".join(lines)


def _names(turn: Turn, of: str, names: Sequence[str]) -> list[str]:
    """Name the first of them, after how many they are."""
    if not names:
        return []
    return [turn.say(f"quorum.names_{of}", count=len(names), names=telling.some(names))]


def _is_staff(turn: Turn) -> bool:
    return turn.person is not None and turn.person.is_staff


def _line(turn: Turn, counted: RollCall) -> str:
    return turn.say(
        "quorum.counted",
        meeting=counted.meeting,
        on=counted.on,
        present=counted.present,
        in_office=counted.in_office,
        needed=counted.needed,
        result=turn.say("quorum.reached" if counted.has_quorum else "quorum.not_reached"),
    )
