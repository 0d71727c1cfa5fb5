"""What waits for whoever works here, as a page and a chat both show it: duties, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from actions.duties.due import Owed, due, of_session
from actions.meetings import tenant, today
from actions.wording import Meeting
from domain import law
from domain.actors import Actor
from domain.law.rules import DutyRule
from domain.matches import Match, MatchState
from domain.people import Person
from domain.rights import Act, may
from domain.session_facts import PAPERS, SessionFact
from store.unit import Unit

SESSION = "session:"


class Deed(StrEnum):
    """What fulfils a duty: an act of its own, or a note that it was done on paper."""

    CONVENE = "convene"
    SUBMIT = "submit"  # the agenda, to the governor
    RECONVENE = "reconvene"
    ROLL = "roll"
    CLOSE = "close"
    NOTE = "note"


# What is more than a note.
DEEDS: Mapping[str, Deed] = {
    "send_convocations": Deed.CONVENE,
    "send_agenda_to_governor": Deed.SUBMIT,
    "send_second_convocation": Deed.RECONVENE,
    "hold_third_meeting": Deed.ROLL,
    "meet_after_failed_quorum": Deed.ROLL,
    "close_ordinary": Deed.CLOSE,
    "close_extended": Deed.CLOSE,
    "close_extraordinary": Deed.CLOSE,
    "close_arrondissement_extraordinary": Deed.CLOSE,
}


# What may be theirs to do, and what only others may; a note is for who keeps the record.
ASKED: Mapping[Deed, Act] = {
    Deed.CONVENE: Act.CONVENE,
    Deed.SUBMIT: Act.FILL_AGENDA,
    Deed.RECONVENE: Act.CONVENE,
    Deed.ROLL: Act.HOLD,
    Deed.CLOSE: Act.HOLD,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A duty with what fulfils it; `fact` is what a note would say, `session_id` of which session.

    `deed` is None where nothing here fulfils it, or nothing of theirs.
    """

    owed: Owed
    deed: Deed | None = None
    session_id: int = 0
    fact: SessionFact | None = None


async def tasks(unit: Unit, actor: Actor, *, language: str) -> list[Task] | None:
    """Return what is due in the bodies where they keep the record, the earliest first.

    None where that is nowhere.
    """
    keys = {body.key for body in await unit.bodies.all() if may(actor, Act.RECORD, body)}
    if not keys:
        return None
    rules = law.pack((await tenant(unit)).rule_pack).duties
    owed = await due(unit, language=language)
    return [_task(actor, one, rules) for one in owed if one.body.key in keys]


async def tasks_of(unit: Unit, actor: Actor, called: Meeting, *, language: str) -> list[Task]:
    """Return what is open of one session; what fulfils it, to whoever keeps its record."""
    owed = await of_session(unit, called.session.id, language=language)
    rules = law.pack((await tenant(unit)).rule_pack).duties
    is_theirs = may(actor, Act.RECORD, called.body)
    return [
        _task(actor, one, rules) if is_theirs else Task(one, session_id=called.session.id)
        for one in owed
        if one.duty.is_open
    ]


async def unmatched(unit: Unit, actor: Actor) -> list[tuple[Match, Person | None]]:
    """Return the accounts that seem to be somebody's, with whom, to whoever links others."""
    if not may(actor, Act.LINK_OTHERS):
        return []
    day = today(unit.clock, await tenant(unit))
    return [
        (match, await unit.people.by_id(match.person_id, on=day))
        for match in await unit.matches.all(state=MatchState.WAITING)
    ]


def _task(actor: Actor, owed: Owed, rules: Mapping[str, DutyRule]) -> Task:
    if not owed.subject.startswith(SESSION):
        return Task(owed)
    session_id = int(owed.subject.removeprefix(SESSION))
    if owed.duty.name in DEEDS:
        deed = DEEDS[owed.duty.name]
        return Task(owed, deed if may(actor, ASKED[deed], owed.body) else None, session_id)
    done = (SessionFact(fact) for fact in rules[owed.duty.name].done if fact in set(SessionFact))
    fact = next((fact for fact in done if fact in PAPERS), None)
    return Task(owed, Deed.NOTE if fact else None, session_id, fact)
