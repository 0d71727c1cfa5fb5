"""Proposing an item for the agenda, joining what others propose, and seeing what became of it."""

from actions.agenda import proposing
from actions.agenda.listing import PREPARED
from actions.meetings import meeting
from domain.agenda import ItemState
from domain.messages import Choice
from domain.rights import Act, require
from handlers import filling, planning, session
from handlers.finding import Held, by_session
from handlers.turn import Outcome, Slots, Turn

SHOWN = 200  # characters of the reasons


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Find the session to propose something for, and ask what."""
    keys = [body.key for body in planning.bodies_for(turn, Act.PROPOSE)]
    if slots.get("body") in keys:
        keys = [str(slots["body"])]
    found = await _prepared(turn, keys)
    if not found:
        return turn.tell(turn.say("proposal.no_session"))
    if len(found) > 1:
        return session.choose(turn, found, "proposal.which", "newitem:{id}")
    return await begun(turn, found[0].session.id)


async def begun(turn: Turn, session_id: int) -> Outcome:
    return await filling.begin(turn, filling.FILLINGS["proposal"], {"session": str(session_id)})


async def listed(turn: Turn, session_id: int) -> Outcome:
    """Tell members what was proposed for a session, and offer to join."""
    called = await meeting(turn.unit, session_id)
    require(turn.actor, Act.PROPOSE, called.body)
    items = {one.id: one for one in called.items}
    proposals = await turn.unit.proposals.of(session_id)
    own = await turn.unit.proposals.supported(turn.known().id, list(items))
    lines, choices = [turn.say("proposal.listed", session=called.name(turn.language))], []
    for one in proposals:
        item = items[one.item_id]
        lines.append(
            turn.say(
                "proposal.line",
                number=item.number,
                title=item.title,
                name=one.name,
                count=one.supporters,
                state=turn.say(f"council.item_{item.state}"),
            )
        )
        if one.refused_reason:
            lines.append(turn.say("session.reason", reason=one.refused_reason))
        if item.state is ItemState.PROPOSED and item.id not in own:
            choices.append(
                turn.choice("proposal.join", f"join:{session_id}:{item.id}", number=item.number)
            )
    choices.append(turn.choice("proposal.new", f"newitem:{session_id}"))
    text = "\n".join(lines) if proposals else turn.say("proposal.none")
    return turn.tell(text, choices=choices, about=session_id)


async def joined(turn: Turn, session_id: int, item_id: int) -> Outcome:
    count, item = await proposing.join(turn.unit, turn.actor, session_id, item_id)
    key = "proposal.joined" if item.state is ItemState.PROPOSED else "proposal.joined_listed"
    choices: list[Choice] = [turn.choice("proposal.all", f"proposals:{session_id}")]
    text = turn.say(key, number=item.number, title=item.title, count=count)
    return turn.settle(text, choices=choices, about=session_id)


async def _prepared(turn: Turn, keys: list[str]) -> list[Held]:
    """Return the sessions to come whose agenda is open; their members may know of drafts here."""
    found = await turn.unit.sessions.upcoming(turn.now, body_keys=keys, most=20)
    held = [
        Held(one, sitting, turn.commune.bodies[one.body_key])
        for one, sitting in found
        if one.state in PREPARED
    ]
    return by_session(held)
