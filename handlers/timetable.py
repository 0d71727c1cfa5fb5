"""The sittings of a session: one more, which items come before it, and the one that is held now."""

from actions.agenda import listing
from actions.meetings import meeting
from actions.sessions import timetabling
from handlers import filling, preparing, session
from handlers.turn import Outcome, Turn


async def more(turn: Turn, session_id: int) -> Outcome:
    """Ask when and where one more sitting is held."""
    return await filling.begin(turn, filling.FILLINGS["sitting_more"], {"session": str(session_id)})


async def of_item(turn: Turn, session_id: int, item_id: int, number: int = 0) -> Outcome:
    """Ask before which sitting an item comes, or say that it does."""
    called = await meeting(turn.unit, session_id)
    item = next((each for each in called.items if each.id == item_id), None)
    if item is None:
        return session.unknown(turn)
    if number:
        await listing.assign(turn.unit, session_id, item.number, number, actor=turn.actor)
        return await preparing.shown(turn, session_id)
    choices = [
        turn.choice(
            "timetable.sitting",
            f"insitting:{session_id}:{item_id}:{sitting.number}",
            number=sitting.number,
            starts=sitting.starts,
        )
        for sitting in called.sittings
    ]
    text = turn.say("timetable.which", number=item.number, title=item.title)
    return turn.tell(text, choices=choices, about=session_id)


async def held(turn: Turn, session_id: int, number: int) -> Outcome:
    """Note that a later sitting is held now."""
    sitting = await timetabling.hold(turn.unit, turn.actor, session_id, number)
    text = turn.say("timetable.held", number=sitting.number, starts=sitting.starts)
    choices = [turn.choice("session.see_agenda", f"agenda:{session_id}")]
    return turn.settle(text, choices=choices, about=session_id)
