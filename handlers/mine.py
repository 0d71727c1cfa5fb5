"""Everything about my sessions: when, what I answered, what I am reminded of, what changed."""

from collections.abc import Iterator

from domain.messages import Choice
from domain.reminders import ReminderState
from domain.sessions import AgendaState
from handlers import telling
from handlers.agenda import seen
from handlers.document import papers
from handlers.finding import Held, ahead, by_session
from handlers.turn import Outcome, Slots, Turn

MOST = 5


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Tell a member of every session to come of the bodies where they sit."""
    seats = list(turn.known().seats)
    keys = [str(slots["body"])] if slots.get("body") in seats else seats
    found = by_session(await ahead(turn, slots, keys=keys))[:MOST] if keys else []
    if not found:
        return turn.tell(turn.say("attend.none"))
    parts = [await _told(turn, held) for held in found]
    choices = [choice for held in found for choice in _ways(turn, held)]
    about = found[0].session.id if len(found) == 1 else None
    return turn.tell("\n\n".join(parts), choices=choices, about=about)


async def _told(turn: Turn, held: Held) -> str:
    person, session_id = turn.known(), held.session.id
    items = await seen(turn, held)
    answer = await turn.unit.attendances.by(session_id, person.id)
    own = [
        one
        for one in await turn.unit.reminders.of_person(person.id)
        if one.session_id == session_id and one.state is ReminderState.PLANNED
    ]
    lines = [
        telling.line(turn, held),
        turn.say("mine.items", count=len(items))
        if held.session.agenda_state is AgendaState.PUBLISHED
        else turn.say("agenda.not_published"),
        turn.say("mine.papers", count=len(await papers(turn, held, items))),
        turn.say(f"mine.{answer.answer}" if answer else "mine.unanswered"),
        turn.say("mine.reminders", count=len(own)),
    ]
    if held.session.sequence:
        lines.append(turn.say("mine.changed", count=held.session.sequence))
    return "\n".join(lines)


def _ways(turn: Turn, held: Held) -> Iterator[Choice]:
    yield Choice(telling.label(turn, held), f"session:{held.session.id}")
    yield turn.choice("proposal.all", f"proposals:{held.session.id}")
