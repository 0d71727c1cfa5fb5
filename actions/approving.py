"""Approving: those who must agree to a text say yes, ask for changes, or say no."""

from dataclasses import dataclass, replace

from actions import publishing
from actions.notices.settling import Shown
from actions.records.noting import note
from actions.texts import wording
from actions.texts.manuscripts import Manuscript, approver, known, manuscript, name_of, place_of
from actions.texts.submitting import check_record
from actions.texts.telling_approvers import settle_steps, tell_author, tell_done, tell_open
from domain.actors import Actor
from domain.approvals import ApprovalState, Decision, Verdict, decided, moved
from domain.errors import Refused
from domain.publications import Publication, is_shown_whole
from domain.rights import Act, require
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to: the text as it stands now, and the settlement that tells it."""

    publication: Publication
    decision: Decision
    subject: str
    number: int


async def decide(
    unit: Unit,
    actor: Actor,
    number: int,
    verdict: Verdict,
    *,
    shown: str,
    reason: str = "",
    pressed: Shown | None = None,
) -> Decided:
    """Decide on the text that was shown, whose sha256 is `shown`. Raises Refused with why not.

    When the last has agreed, it goes out by itself, or at its hour. Every message that asks is
    told; `pressed` is the one that is answered anyway.
    """
    held = await manuscript(unit, number, to_change=True)
    require(actor, Act.DECIDE, held.body)
    held, decision = await _judged(unit, actor, held, verdict, shown=shown, reason=reason)
    if not await unit.publications.decide(held.publication, decision):
        raise Refused("approval.already_yours")
    await note(
        unit,
        actor,
        f"decide_{verdict}",
        f"publication:{number}",
        round=held.publication.round,
        step=decision.step,
        content=shown,
        for_person=decision.for_id,
    )
    return await _carried_on(unit, actor, held, decision, pressed)


async def foreseen(
    unit: Unit, actor: Actor, number: int, verdict: Verdict, *, shown: str
) -> tuple[Manuscript, bool]:
    """Return the text somebody is about to decide on, and whether theirs is the last word.

    Raises Refused as `decide` would.
    """
    held = await manuscript(unit, number, to_change=True)
    require(actor, Act.DECIDE, held.body)
    after, decision = await _judged(unit, actor, held, verdict, shown=shown, reason="-")
    return held, not after.standing.open and decision.verdict is Verdict.APPROVE


async def waiting_for(unit: Unit, actor: Actor) -> list[Manuscript]:
    """Return the texts that wait for somebody's word, the longest waiting first."""
    if actor.person is None:
        return []
    found = []
    for publication in await unit.publications.in_states({ApprovalState.WAITING}):
        held = await manuscript(unit, publication.id)
        if await can_decide(unit, actor, held):
            found.append(held)
    return found


async def can_decide(unit: Unit, actor: Actor, held: Manuscript) -> bool:
    """Say whether it is somebody's turn to decide, however sure it is that it is they."""
    if actor.person is None or held.publication.state is not ApprovalState.WAITING:
        return False
    try:
        decided(
            held.flow,
            held.round,
            await approver(unit, actor.person, held.body),
            Verdict.APPROVE,
            shown=held.publication.content,
            at=unit.clock.now(),
        )
    except Refused:
        return False
    return True


async def _judged(
    unit: Unit, actor: Actor, held: Manuscript, verdict: Verdict, *, shown: str, reason: str
) -> tuple[Manuscript, Decision]:
    """Return the text as it is once somebody has decided, and the decision; raises Refused."""
    publication = held.publication
    if publication.state is not ApprovalState.WAITING:
        raise Refused("approval.already_decided", state=wording.state(publication))
    round_ = decided(
        held.flow,
        held.round,
        await approver(unit, known(actor), held.body),
        verdict,
        shown=shown,
        at=unit.clock.now(),
        reason=reason,
        channel=actor.channel,
    )
    await check_record(unit, held)
    if verdict is Verdict.APPROVE and not is_shown_whole(held.told, actor.channel):
        raise Refused("approval.read_elsewhere", ref=publication.ref)
    return replace(held, round=round_), round_.decisions[-1]


async def _carried_on(
    unit: Unit, actor: Actor, held: Manuscript, decision: Decision, pressed: Shown | None
) -> Decided:
    """Tell whoever is next, or end the round."""
    before = replace(held.round, decisions=held.round.decisions[:-1])
    asked = {one.step.key for one in replace(held, round=before).standing.open}
    now, step = held.standing, held.flow.step(decision.step)
    told = wording.done(held, decision, await _names(unit, decision), await place_of(unit))
    settled = await settle_steps(unit, held, [step], told, by=decision.person_id, pressed=pressed)
    publication = held.publication
    if now.state is ApprovalState.WAITING:
        await tell_open(unit, held, [one for one in now.open if one.step.key not in asked])
    else:
        publication = await _ended(unit, actor, held, decision, told)
    await tell_done(unit, held.after(publication), decision, told)
    await tell_author(unit, held.after(publication), told, but=decision.person_id)
    return Decided(publication, decision, wording.matter(publication, step), settled)


async def _ended(
    unit: Unit, actor: Actor, held: Manuscript, decision: Decision, told: wording.Said
) -> Publication:
    others = [one for one in held.begun if one.key != decision.step]
    if decision.verdict is not Verdict.APPROVE:
        await settle_steps(unit, held, others, told, by=decision.person_id)
    ended = replace(
        held.publication,
        state=moved(held.publication.state, held.standing.state),
        ended_reason=decision.reason,
    )
    await unit.publications.change(ended)
    if ended.state is ApprovalState.APPROVED:
        return await publishing.agreed(unit, actor, ended)
    return ended


async def _names(unit: Unit, decision: Decision) -> tuple[str, str]:
    """Return who decided, and by whose right."""
    return await name_of(unit, decision.person_id), await name_of(unit, decision.for_id)
