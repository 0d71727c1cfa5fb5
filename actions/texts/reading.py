"""Texts that are to be agreed to, as those who write or decide on them read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from actions.texts import wording
from actions.texts.history import Happened, history
from actions.texts.manuscripts import (
    Manuscript,
    approver,
    deciders,
    known,
    manuscript,
    name_of,
    place_of,
)
from domain.actors import Actor
from domain.approvals import Step
from domain.clock import wall_time
from domain.errors import Refused
from domain.phrasebook import phrasebook
from domain.publications import Texts, changes_between
from domain.rights import Act, may
from store.unit import Unit

NAMED = {"beffroi": "approval.the_program", "operator": "approval.the_operator"}


class StepState(StrEnum):
    DONE = "is_done"
    WAITS = "waits"
    WAITS_NOBODY = "waits_nobody"  # nobody in office may decide it
    COMES = "comes"


@dataclass(frozen=True, slots=True)
class StepNow:
    """Where one step stands: who has decided, or who is waited for and until which instant."""

    step: Step
    state: StepState
    names: Sequence[str] = ()
    due_at: datetime | None = None

    def told(self, language: str, place: tzinfo) -> str:
        return phrasebook().say(
            f"approval.step_{self.state}",
            language,
            step=wording.step_name(self.step, language),
            names=list(self.names),
            due=wall_time(self.due_at, place) if self.due_at else "",
        )


async def visible(unit: Unit, actor: Actor, number: int) -> Manuscript:
    """Return a text to whoever writes, or has a word in it; to others it does not exist."""
    held = await manuscript(unit, number)
    if not await is_theirs(unit, actor, held):
        raise Refused("approval.unknown", ref=held.publication.ref)
    return held


async def is_theirs(unit: Unit, actor: Actor, held: Manuscript) -> bool:
    person = known(actor)
    if person.id == held.publication.author_id or may(actor, Act.WRITE, held.body):
        return True
    rights = await approver(unit, person, held.body)
    return any(rights.rights(step) for step in held.flow.steps)


async def steps(unit: Unit, held: Manuscript) -> list[StepNow]:
    """Return where each step of a text stands, in order; nothing before it was submitted."""
    if not held.publication.round:
        return []
    return [await _step(unit, held, step) for step in held.flow.steps]


async def _step(unit: Unit, held: Manuscript, step: Step) -> StepNow:
    open_ = next((one for one in held.standing.open if one.step.key == step.key), None)
    if open_:
        names = [one.name for one in await deciders(unit, held, step)]
        state = StepState.WAITS if names else StepState.WAITS_NOBODY
        return StepNow(step, state, names, open_.due_at)
    decided = held.round.of(step.key)
    if not decided:
        return StepNow(step, StepState.COMES)
    return StepNow(step, StepState.DONE, [await name_of(unit, one.person_id) for one in decided])


async def recounted(unit: Unit, held: Manuscript, language: str) -> list[str]:
    """Return what happened to a text, the first thing first; a change with before and after."""
    place = await place_of(unit)
    number = held.publication.id
    versions = dict(await unit.publications.texts(number))
    lines = []
    for one in await history(unit, number):
        line = await _line(unit, held, one, place, language)
        lines.append("\n".join([line, *_changes(one, versions, language)]))
    return lines


async def _line(unit: Unit, held: Manuscript, one: Happened, place: tzinfo, language: str) -> str:
    if one.decision:
        names = one.name, await name_of(unit, one.decision.for_id)
        return wording.decided(held, one.decision, names, place, language)
    say = phrasebook().say
    who = one.name or say(NAMED[one.actor.partition(":")[0]], language)
    at = wall_time(one.at, place)
    line = say(f"approval.trail_{one.act}", language, at=at, name=who, round=one.round)
    if not one.channel:
        return line
    return say("approval.trail_from", language, line=line, channel=wording.way(one.channel))


def _changes(one: Happened, versions: Mapping[str, Texts], language: str) -> list[str]:
    """Return what a text said before and after it was changed, sentence by sentence."""
    if one.before not in versions or one.after not in versions:
        return []
    return changes_between(versions[one.before], versions[one.after], language)


async def read_before(unit: Unit, actor: Actor, held: Manuscript) -> Texts | None:
    """Return the version that somebody decided on last, else the one before this; or None.

    It is what they compare this one with.
    """
    number, now = held.publication.id, held.publication.content
    versions = [one for one in await unit.publications.texts(number) if one[0] != now]
    own = known(actor).id
    judged = [
        one.content for one in await unit.publications.decisions(number) if one.person_id == own
    ]
    last = next((texts for sha256, texts in versions if sha256 in judged[-1:]), None)
    return last or next((texts for _, texts in versions), None)
