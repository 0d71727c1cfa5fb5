"""What is due: what the law asks next of the bodies one works for, and noting that it is done."""

from collections.abc import Sequence

from actions import recording
from actions.due import Owed, due
from actions.meetings import tenant
from actions.reminding_duties import line
from domain import law
from domain.errors import Refused
from domain.messages import Choice, Section
from domain.phrasebook import Named
from domain.rights import Act, may
from domain.session_facts import PAPERS, SessionFact
from handlers.turn import Outcome, Slots, Turn

MOST = 10
MOST_ON_DESK = 3
# What is more than a note, and is said back by the conversation it belongs to.
ELSEWHERE = {"send_convocations": "convene", "send_agenda_to_governor": "togovernor"}


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Tell what is due in the bodies where they keep the record, or in the one named."""
    owed = await _mine(turn)
    if owed is None:
        raise Refused("duty.not_yours")
    if slots.get("body"):
        owed = [one for one in owed if one.body.key == slots["body"]]
    if not owed:
        return turn.tell(turn.say("duty.none"))
    lines = [
        turn.say("duty.listed"),
        *(line(one, turn.language, turn.today) for one in owed[:MOST]),
    ]
    if len(owed) > MOST:
        lines.append(turn.say("duty.more", count=len(owed) - MOST))
    return turn.tell("\n".join(lines), choices=await _choices(turn, owed[:MOST]))


async def shown(turn: Turn) -> Outcome:
    return await asked(turn, {})


async def done(turn: Turn, session_id: int, fact: SessionFact) -> Outcome:
    """Note that something was done today; a mistake is taken back with one press."""
    day = await recording.record(turn.unit, turn.actor, session_id, fact)
    named = Named(f"record.fact_{fact}")
    choices = [
        turn.choice("duty.undo", f"undid:{session_id}:{fact}"),
        turn.choice("duty.see", "duties"),
    ]
    text = turn.say("duty.noted", day=day, fact=named)
    return turn.settle(text, choices=choices, about=session_id)


async def undone(turn: Turn, session_id: int, fact: SessionFact) -> Outcome:
    await recording.strike(turn.unit, turn.actor, session_id, fact)
    text = turn.say("duty.struck", fact=Named(f"record.fact_{fact}"))
    return turn.settle(text, choices=[turn.choice("duty.see", "duties")], about=session_id)


async def sections(turn: Turn) -> Sequence[Section]:
    """Return what comes first, for the desk of whoever is in charge."""
    owed = await _mine(turn)
    if not owed:
        return []
    text = "\n".join(line(one, turn.language, turn.today) for one in owed[:MOST_ON_DESK])
    whole = turn.choice("duty.see", "duties")
    return [Section(text, turn.say("duty.told", count=len(owed)), choices=(whole,))]


async def _mine(turn: Turn) -> list[Owed] | None:
    """Return what is due where they keep the record; None where that is nowhere."""
    bodies = turn.commune.bodies.values()
    keys = {body.key for body in bodies if may(turn.actor, Act.RECORD, body)}
    if not keys:
        return None
    owed = await due(turn.unit, language=turn.language)
    return [one for one in owed if one.body.key in keys]


async def _choices(turn: Turn, owed: Sequence[Owed]) -> list[Choice]:
    rules = law.pack((await tenant(turn.unit)).rule_pack).duties
    choices: dict[str, Choice] = {}
    for one in owed:
        session_id = one.subject.removeprefix("session:")
        name = one.duty.name
        if name in ELSEWHERE:
            act = ELSEWHERE[name]
            value = f"{act}:{session_id}"
            choices[value] = turn.choice(f"duty.{name}", value)
            continue
        facts = [SessionFact(fact) for fact in rules[name].done if fact in set(SessionFact)]
        fact = next((fact for fact in facts if fact in PAPERS), None)
        if fact:
            value = f"did:{session_id}:{fact}"
            choices[value] = turn.choice("duty.done", value, fact=Named(f"record.fact_{fact}"))
    return list(choices.values())
