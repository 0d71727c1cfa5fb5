"""Standing in: whoever was lent a right is asked for what waited before they had it."""

from actions.texts.manuscripts import Manuscript, approver, manuscript, someone
from actions.texts.telling_approvers import ask
from domain.approvals import ApprovalState, Open
from domain.people import Person
from store.unit import Unit


async def tell_stand_ins(unit: Unit) -> int:
    """Ask those whose time to stand in has come; once each, whoever asks. Return how many."""
    told = 0
    for delegation_id, holder_id, deputy_id in await unit.delegations.untold():
        deputy = await someone(unit, deputy_id)
        if await unit.delegations.tell(delegation_id) and deputy:
            await _ask_for_all(unit, deputy, holder_id)
            told += 1
    return told


async def _ask_for_all(unit: Unit, deputy: Person, holder_id: int) -> None:
    for publication in await unit.publications.in_states({ApprovalState.WAITING}):
        held = await manuscript(unit, publication.id)
        for one in held.standing.open:
            if await _stands_in(unit, held, one, deputy, holder_id):
                await ask(unit, held, one, deputy.id)


async def _stands_in(
    unit: Unit, held: Manuscript, one: Open, deputy: Person, holder_id: int
) -> bool:
    """Say whether a step is theirs to decide by the right of this holder, who has not done so."""
    if {deputy.id, holder_id} & held.round.authors:
        return False
    rights = (await approver(unit, deputy, held.body)).rights(one.step)
    has_decided = any(decision.for_id == holder_id for decision in held.round.of(one.step.key))
    return not has_decided and any(right.person_id == holder_id for right in rights)
