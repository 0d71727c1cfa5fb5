"""Decisions and what the law does with them: signed, sent, opposed or executory, posted."""

from dataclasses import replace
from datetime import date, timedelta

from actions.agenda.moving_along import item_moved
from actions.agenda.telling_items import tell_of_item
from actions.keeping_holidays import edits
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.wording import Meeting
from domain import law
from domain.actors import PROGRAM, Actor
from domain.agenda import AgendaItem, ItemState, moved
from domain.bodies import Body
from domain.decisions import Decision, DecisionFact, DecisionState, numbered
from domain.errors import Refused
from domain.rights import Act, require
from domain.searching import Sought
from domain.votes import Vote
from store.unit import Unit

A_DAY = timedelta(days=1)
# What comes by itself when nobody has answered by the law's day (arts 117 and 118).
BY_SILENCE = {
    DecisionState.SENT: ("opposition_latest", DecisionFact.RECEIVED, DecisionFact.EXECUTORY),
    DecisionState.VISA_AWAITED: (
        "visa_latest",
        DecisionFact.VISA_ASKED,
        DecisionFact.VISA_GIVEN,
    ),
}


async def adopt(
    unit: Unit,
    actor: Actor,
    called: Meeting,
    item: AgendaItem,
    vote: Vote,
    *,
    text: str = "",
    needs_visa: bool = False,
) -> Decision:
    """Keep what a vote adopted as a decision, under the next number of the year."""
    require(actor, Act.DELIBERATE, called.body)
    decision = await unit.decisions.adopt(
        (await tenant(unit)).id,
        item.id,
        title=item.title,
        text=text.strip() or item.title,
        language=item.language,
        on=vote.on,
        majority=vote.majority,
        needs_visa=needs_visa,
    )
    await unit.references.enter(Sought.DECISION, decision.id)
    await note(unit, actor, "adopt", f"decision:{decision.ref}", item=item.id)
    return decision


async def advance(
    unit: Unit, actor: Actor, ref: str, fact: DecisionFact, on: date | None = None
) -> Decision:
    """Note what happened to a decision on a local day, today where none is given.

    An opposition of the governor puts its item before the council again (law 113-14, art. 117).
    Raises Refused for what cannot be, and for a day to come.
    """
    decision = await known(unit, ref, to_change=True)
    require(actor, Act.RECORD, await _body(unit, decision.body_key))
    now = today(unit.clock, await tenant(unit))
    day = on or now
    if day > now:
        raise Refused("decision.to_come", day=day)
    after = await _note(unit, actor, decision, fact, day)
    if fact is DecisionFact.OPPOSED:
        await _oppose(unit, actor, decision)
    return after


async def annul_opposed(unit: Unit, actor: Actor, item_id: int, on: date) -> None:
    """Annul what the governor opposed, once the council has decided on it anew."""
    for decision in await unit.decisions.of_item(item_id):
        if decision.state is DecisionState.OPPOSED:
            require(actor, Act.DELIBERATE, await _body(unit, decision.body_key))
            await _note(unit, actor, decision, DecisionFact.ANNULLED, on)


async def lapse(unit: Unit) -> int:
    """Note what the governor's silence has made executory, and say how many decisions.

    Done by the clock, the day after the last on which he could have answered (arts 117, 118).
    """
    waiting = await unit.decisions.all(states=BY_SILENCE.keys())
    if not waiting:
        return 0
    commune = await tenant(unit)
    holidays, now = await edits(unit, commune), today(unit.clock, commune)
    count = 0
    for decision in waiting:
        rule, since, fact = BY_SILENCE[decision.state]
        name = f"{commune.rule_pack}.{rule}"
        if since not in decision.days or name not in law.pack(commune.rule_pack).deadlines:
            continue
        last = law.deadline(name, {"received": decision.days[since]}, holidays=holidays).date
        if last < now:
            await _note(unit, PROGRAM, decision, fact, last + A_DAY)
            count += 1
    return count


async def known(unit: Unit, ref: str, *, to_change: bool = False) -> Decision:
    """Return the decision people call so, or raise Refused."""
    number = numbered(ref)
    found = await unit.decisions.called(*number, to_change=to_change) if number else None
    if found is None:
        raise Refused("decision.unknown", ref=ref)
    return found


async def _note(
    unit: Unit, actor: Actor, decision: Decision, fact: DecisionFact, day: date
) -> Decision:
    after = decision.noted(fact, day)
    await unit.decisions.change(after)
    await note(
        unit,
        actor,
        f"decision_{fact}",
        f"decision:{decision.ref}",
        on=day.isoformat(),
        before=decision.state,
        after=after.state,
    )
    return after


async def _oppose(unit: Unit, actor: Actor, decision: Decision) -> None:
    called = await meeting(unit, decision.session_id, to_change=True)
    before = next(item for item in called.items if item.id == decision.item_id)
    item = replace(before, state=moved(before.state, ItemState.OPPOSED))
    await unit.agenda.change(item)
    await item_moved(unit, actor, item)
    await note(unit, actor, "move_item", f"item:{item.id}", before=before.state, after=item.state)
    await tell_of_item(unit, actor, called, before, item, decision=decision)


async def _body(unit: Unit, key: str) -> Body:
    return next(body for body in await unit.bodies.all() if body.key == key)
