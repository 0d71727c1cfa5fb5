"""What petitions lie on the desk of whoever sees to them: those that wait, overdue at the head."""

from collections.abc import Sequence

from actions.petitions.queuing import Queued, queue
from domain.messages import Choice, Section
from domain.petitions.told import headline
from handlers.turn import Turn

MOST = 5


async def sections(turn: Turn) -> Sequence[Section]:
    waiting = await queue(turn.unit, turn.actor)
    if not waiting:
        return []
    text = "\n".join(_line(turn, one) for one in waiting[:MOST])
    choices = [Choice(one.petition.ref, f"petition:{one.petition.id}") for one in waiting[:MOST]]
    whole = turn.choice("petition.others", "petitions")
    title = turn.say("petition.waiting", count=len(waiting))
    return [Section(text, title, choices=(*choices, whole))]


def _line(turn: Turn, queued: Queued) -> str:
    """Say where a petition stands, and by when it is answered."""
    line, day = headline(queued.petition, turn.language), queued.petition.due_on
    if day is None:
        return line
    key = "petition.late_since" if queued.is_overdue else "petition.answer_by"
    return f"{line} {turn.say(key, day=day)}"
