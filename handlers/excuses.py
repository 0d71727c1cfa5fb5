"""Judging excuses: the council says of each absence whether it is excused (art. 67)."""

from actions.meetings import meeting
from actions.sessions import rolling
from domain.errors import Refused
from domain.messages import Choice
from domain.rights import Act, require
from domain.rolls import Presence, Seat
from handlers import session, telling
from handlers.finding import one
from handlers.turn import Outcome, Turn

JUDGED = {None: "sitting.not_judged", True: "sitting.accepted", False: "sitting.rejected"}
MOST_ASKED = 8  # on one screen: two choices each


async def shown(turn: Turn, session_id: int) -> Outcome:
    """Show who was not there, with the reason each gave, and ask of those not judged yet."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    require(turn.actor, Act.HOLD, held.body)
    known = await rolling.roll(turn.unit, await meeting(turn.unit, session_id))
    if known.counted is None:
        raise Refused("sitting.not_opened", session=str(session_id))
    away = [seat for seat in known.seats if seat.presence is not Presence.PRESENT]
    if not away:
        return turn.tell(turn.say("sitting.no_excuses"), about=session_id)
    reasons = {said.person_id: said.reason for said in await turn.unit.attendances.of(session_id)}
    lines = [
        turn.say(
            "sitting.excuse_line",
            number=number,
            name=seat.name,
            reason=reasons.get(seat.person_id) or turn.say("sitting.no_reason"),
            judged=turn.say(JUDGED[seat.is_excuse_accepted]),
        )
        for number, seat in enumerate(away, start=1)
    ]
    return turn.tell(
        "\n".join([*lines, turn.say("sitting.excuses_how")]),
        title=turn.say("sitting.excuses_title", session=telling.name(turn, held)),
        choices=_choices(turn, session_id, away),
        about=session_id,
    )


async def judged(turn: Turn, session_id: int, person_id: int, answer: str) -> Outcome:
    """Note what the council said of an excuse; saying otherwise later is as good."""
    is_accepted = answer == "yes"
    await rolling.judge(turn.unit, turn.actor, session_id, person_id, is_accepted=is_accepted)
    return await shown(turn, session_id)


def _choices(turn: Turn, session_id: int, away: list[Seat]) -> list[Choice]:
    """Offer both answers of what is not judged yet, and the other one of what is."""
    waiting = [seat for seat in away if seat.is_excuse_accepted is None] or away
    return [
        turn.choice(key, f"judge:{session_id}:{seat.person_id}:{answer}", name=seat.name)
        for seat in waiting[:MOST_ASKED]
        for key, answer, stands in (
            ("sitting.accept_of", "yes", True),
            ("sitting.reject_of", "no", False),
        )
        if seat.is_excuse_accepted is not stands
    ]
