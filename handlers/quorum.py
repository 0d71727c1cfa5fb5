"""Will there be a quorum, and was there one: the forecast for some, the record for all."""

from actions.forecasting import expected
from actions.meetings import meeting
from actions.rolling import AWAITED
from actions.sitting_words import forecast_lines
from domain.rights import Sight, sees
from domain.rolls import RollCall
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
    lines = [_line(turn, one) for one in counted]
    if held.session.state in AWAITED and sees(turn.person, Sight.FORECAST, held.body):
        called = await meeting(turn.unit, held.session.id)
        lines.append(forecast_lines(await expected(turn.unit, called), turn.language))
    return turn.tell(
        "\n\n".join(lines) or turn.say("quorum.not_yet"),
        title=telling.name(turn, held),
        choices=[
            choice for choice in of_session(turn, held) if not choice.value.startswith("quorum:")
        ],
        about=held.session.id,
    )


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
