"""STOP and START: said in one word, bound at once, and answered once."""

from actions.people import consenting
from domain.phrasebook import Named
from handlers.turn import Outcome, Turn


async def stopped(turn: Turn) -> Outcome:
    """Tell somebody nothing informational here any more, and say what the law still owes them."""
    if turn.person:
        await consenting.stop(turn.unit, turn.person.id, turn.incoming.channel)
    who = "member" if turn.person and turn.person.seats else "person"
    return _answered(turn, f"stop.done_{who}")


async def started(turn: Turn) -> Outcome:
    if turn.person:
        await consenting.start(turn.unit, turn.person.id, turn.incoming.channel)
    return _answered(turn, "stop.undone")


def _answered(turn: Turn, key: str) -> Outcome:
    if turn.incoming.is_answered:
        return Outcome((), turn.conversation.rested())
    place = Named(f"delivery.channel_{turn.incoming.channel}")
    return turn.tell(turn.say(key, channel=place))
