"""What is due: what the law asks next of the bodies one works for, and noting that it is done."""

from collections.abc import Mapping, Sequence

from actions.duties import waiting
from actions.duties.reminding import line
from actions.duties.waiting import Deed, Task
from actions.papers import recording
from domain.errors import Refused
from domain.messages import Choice, Section
from domain.phrasebook import Named
from domain.session_facts import SessionFact
from handlers.turn import Outcome, Slots, Turn

MOST = 10
MOST_ON_DESK = 3
# What is more than a note is said back by the conversation it belongs to, which is called so.
ELSEWHERE: Mapping[Deed | None, str] = {
    Deed.CONVENE: "convene",
    Deed.SUBMIT: "togovernor",
    Deed.RECONVENE: "reconvene",
    Deed.ROLL: "roll",
    Deed.CLOSE: "close",
}


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Tell what is due in the bodies where they keep the record, or in the one named."""
    tasks = await waiting.tasks(turn.unit, turn.actor, language=turn.language)
    if tasks is None:
        raise Refused("duty.not_yours")
    if slots.get("body"):
        tasks = [one for one in tasks if one.owed.body.key == slots["body"]]
    if not tasks:
        return turn.tell(turn.say("duty.none"))
    lines = [turn.say("duty.listed"), *_lines(turn, tasks[:MOST])]
    if len(tasks) > MOST:
        lines.append(turn.say("duty.more", count=len(tasks) - MOST))
    return turn.tell("\n".join(lines), choices=_choices(turn, tasks[:MOST]))


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
    tasks = await waiting.tasks(turn.unit, turn.actor, language=turn.language)
    if not tasks:
        return []
    text = "\n".join(_lines(turn, tasks[:MOST_ON_DESK]))
    whole = turn.choice("duty.see", "duties")
    return [Section(text, turn.say("duty.told", count=len(tasks)), choices=(whole,))]


def _lines(turn: Turn, tasks: Sequence[Task]) -> list[str]:
    return [line(one.owed, turn.language, turn.today) for one in tasks]


def _choices(turn: Turn, tasks: Sequence[Task]) -> list[Choice]:
    choices: dict[str, Choice] = {}
    for one in tasks:
        if way := ELSEWHERE.get(one.deed):
            value = f"{way}:{one.session_id}"
            choices[value] = turn.choice(f"duty.{way}", value)
        elif one.fact:
            value = f"did:{one.session_id}:{one.fact}"
            named = Named(f"record.fact_{one.fact}")
            choices[value] = turn.choice("duty.done", value, fact=named)
    return list(choices.values())
