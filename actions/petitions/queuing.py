"""The queue of petitions: those that wait for somebody's work, what is overdue at its head."""

from dataclasses import dataclass

from actions.meetings import tenant, today
from domain.actors import Actor
from domain.petitions import Petition, PetitionState
from domain.petitions.states import UNANSWERED
from domain.rights import Act, may
from store.unit import Unit

OF_STAFF = UNANSWERED | {PetitionState.HELD, PetitionState.ADMISSIBLE}
OF_BUREAU = frozenset({PetitionState.AT_BUREAU})


@dataclass(frozen=True, slots=True)
class Queued:
    petition: Petition
    is_overdue: bool = False  # the bureau was to have answered before today (law 113-14, art. 125)


async def bodies_of(unit: Unit, actor: Actor) -> set[str]:
    """Return the keys of the bodies whose petitions they review, or decide of."""
    reviews = may(actor, Act.REVIEW_PETITIONS)
    return {
        body.key
        for body in await unit.bodies.all()
        if reviews or may(actor, Act.DECIDE_PETITIONS, body)
    }


async def queue(unit: Unit, actor: Actor) -> list[Queued]:
    """Return what waits for those who review petitions, or decide of them; of others, nothing."""
    states = OF_STAFF if may(actor, Act.REVIEW_PETITIONS) else OF_BUREAU
    theirs = await bodies_of(unit, actor)
    if not theirs:
        return []
    day = today(unit.clock, await tenant(unit))
    found = await unit.petitions.in_states(states, of=theirs)
    return [
        Queued(one, one.state in UNANSWERED and one.due_on is not None and one.due_on < day)
        for one in found
    ]
