"""Nudging: texts that wait are spoken of again, to those above too, and end without a word."""

from dataclasses import replace
from datetime import datetime

from actions.records.noting import note
from actions.texts import wording
from actions.texts.manuscripts import Manuscript, manuscript
from actions.texts.standing_in import tell_stand_ins
from actions.texts.submitting import is_as_recorded
from actions.texts.telling_approvers import settle_steps, tell_above, tell_author, tell_open
from domain.actors import PROGRAM
from domain.approvals import ApprovalState, Due, Nudge, due, moved
from store.unit import Unit


async def nudge_due(unit: Unit, now: datetime) -> int:
    """Do what has fallen due for texts that wait, and return how much; once each, whoever asks."""
    done = await tell_stand_ins(unit)
    for publication in await unit.publications.in_states({ApprovalState.WAITING}):
        held = await manuscript(unit, publication.id)
        done += await _tell_of_change(unit, held, now)
        for one in due(held.flow, held.round):
            if one.at <= now and await unit.publications.nudge(publication, one):
                await _nudge(unit, publication.id, one)
                done += 1
    return done


async def _tell_of_change(unit: Unit, held: Manuscript, now: datetime) -> int:
    """Tell the author, once a round, that the records say something else than what was submitted.

    Nobody can agree to it any more: it has to come anew.
    """
    if await is_as_recorded(unit, held.publication):
        return 0
    if not await unit.publications.nudge(held.publication, Due(Nudge.CHANGED, now)):
        return 0
    await tell_author(unit, held, wording.undone("changed"), then=("submit",))
    return 1


async def _nudge(unit: Unit, number: int, one: Due) -> None:
    held = await manuscript(unit, number, to_change=True)
    late = [open_ for open_ in held.standing.open if open_.step.key == one.step]
    if one.nudge is Nudge.EXPIRE and held.publication.state is ApprovalState.WAITING:
        await _expire(unit, held)
    elif one.nudge is Nudge.REMIND:
        await tell_open(unit, held, late, Nudge.REMIND)
    else:
        for open_ in late:
            await tell_above(unit, held, open_)


async def _expire(unit: Unit, held: Manuscript) -> None:
    """End a round that nobody ended: silence approves nothing."""
    publication = held.publication
    expired = replace(publication, state=moved(publication.state, ApprovalState.EXPIRED))
    told = wording.undone("expired")
    await settle_steps(unit, held, held.begun, told)
    await unit.publications.change(expired)
    await note(unit, PROGRAM, "expire", f"publication:{publication.id}")
    await tell_author(unit, held.after(expired), told)
