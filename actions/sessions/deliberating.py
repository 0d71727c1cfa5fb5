"""Deliberating: items move on while the session is open, are voted on, and become decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from actions.agenda.moving_along import item_moved
from actions.agenda.telling_items import tell_of_item
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.sessions.deciding import adopt, annul_opposed
from actions.sessions.rolling import HELD, roll
from actions.wording import Meeting
from domain.actors import Actor
from domain.agenda import AgendaItem, ItemState, moved
from domain.decisions import Decision
from domain.errors import Refused
from domain.phrasebook import Named
from domain.rights import Act, require
from domain.votes import Count, Majority, Result, Voice, Vote, counted, result
from store.unit import Unit

# Where an item goes without a vote.
BY_HAND = frozenset(
    {
        ItemState.DEBATED,
        ItemState.NOTED,
        ItemState.DEFERRED,
        ItemState.WITHDRAWN,
        ItemState.IN_COMMISSION,
    }
)
WITH_REASON = frozenset({ItemState.DEFERRED, ItemState.WITHDRAWN})
BEFORE_A_VOTE = frozenset({ItemState.LISTED, ItemState.IN_COMMISSION, ItemState.OPPOSED})


@dataclass(frozen=True, slots=True)
class Ballot:
    """What was voted: a count, or voices by person. `text` is what was adopted, if not the title.

    `president` is the side of whoever presides, which decides a tie.
    """

    count: Count
    named: Mapping[int, Voice] = field(default_factory=dict)
    majority: Majority = Majority.CAST
    president: Voice | None = None
    is_amended: bool = False
    needs_visa: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Voted:
    item: AgendaItem
    vote: Vote
    decision: Decision | None = None


async def take_up(
    unit: Unit,
    actor: Actor,
    session_id: int,
    item_id: int,
    to: ItemState,
    *,
    reason: str = "",
) -> AgendaItem:
    """Move an item of an open session on without a vote, and tell its followers.

    Raises Refused where it cannot go there, without a reason where one is owed, and while the
    governor's objection stands: to deliberate would be void (law 113-14, art. 41). It may be
    withdrawn then.
    """
    called, before = await _item(unit, actor, session_id, item_id, to)
    if to not in BY_HAND:
        raise Refused("vote.needed", to=Named(f"council.item_{to}"))
    if to in WITH_REASON and not reason.strip():
        raise Refused("vote.needs_reason")
    item = replace(before, state=moved(before.state, to))
    if to is ItemState.WITHDRAWN or reason.strip():
        item = replace(item, withdrawn_reason=reason.strip() or None)
    if item == before:
        return item
    await unit.agenda.change(item)
    await item_moved(unit, actor, item)
    await note(
        unit,
        actor,
        "move_item",
        f"item:{item_id}",
        before=before.state,
        after=item.state,
        reason=reason.strip(),
    )
    await tell_of_item(unit, actor, called, before, item)
    return item


async def vote(unit: Unit, actor: Actor, session_id: int, item_id: int, ballot: Ballot) -> Voted:
    """Record a vote: the item moves on, and what is adopted is a decision with a number.

    What lacks the majority of the members in office is to be repeated in another sitting, where
    the votes cast decide (art. 43). Raises Refused as `take_up` does, and for a count that cannot
    be.
    """
    called, before = await _item(unit, actor, session_id, item_id)
    debated = moved(before.state, ItemState.DEBATED) if before.state in BEFORE_A_VOTE else None
    held = await _held(unit, called, before, ballot)
    state = moved(debated or before.state, _state(held.result, ballot))
    item = replace(before, state=state)
    await unit.agenda.change(item)
    await item_moved(unit, actor, item)
    await unit.votes.keep(held)
    decision = None
    if held.result is Result.ADOPTED:
        await annul_opposed(unit, actor, item_id, held.on)
        decision = await adopt(
            unit, actor, called, item, held, text=ballot.text, needs_visa=ballot.needs_visa
        )
    await note(
        unit,
        actor,
        "vote",
        f"item:{item_id}",
        before=before.state,
        after=item.state,
        result=held.result,
        counts=[held.count.in_favour, held.count.against, held.count.abstained],
        decision=decision.ref if decision else None,
    )
    await tell_of_item(unit, actor, called, before, item, vote=held, decision=decision)
    return Voted(item, held, decision)


async def _item(
    unit: Unit, actor: Actor, session_id: int, item_id: int, to: ItemState | None = None
) -> tuple[Meeting, AgendaItem]:
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.DELIBERATE, called.body)
    if called.session.state not in HELD:
        raise Refused("vote.not_open", session=str(session_id))
    item = next((item for item in called.items if item.id == item_id), None)
    if item is None:
        raise Refused("vote.no_item", session=str(session_id))
    if item.is_barred and to is not ItemState.WITHDRAWN:
        raise Refused("vote.barred", number=item.number)
    return called, item


async def _held(unit: Unit, called: Meeting, item: AgendaItem, ballot: Ballot) -> Vote:
    """Return the vote with its result; who votes by name has a seat."""
    members = await roll(unit, called)
    if not ballot.named.keys() <= {seat.person_id for seat in members.seats}:
        raise Refused("vote.no_member")
    before = await unit.votes.of(item.id)
    day = today(unit.clock, await tenant(unit))
    is_second = any(one.result is Result.TO_BE_REPEATED and one.on < day for one in before)
    count = counted(ballot.named) if ballot.named else ballot.count
    chair = next((seat.person_id for seat in members.seats if seat.is_chair), None)
    president = ballot.president or (ballot.named.get(chair) if chair else None)
    in_office = members.in_office or called.body.seats
    reached = result(
        count,
        majority=ballot.majority,
        in_office=in_office,
        president=president,
        is_second_sitting=is_second,
    )
    return Vote(
        item.id,
        len(before) + 1,
        day,
        count,
        in_office,
        ballot.majority,
        reached,
        president,
        dict(ballot.named),
    )


def _state(reached: Result, ballot: Ballot) -> ItemState:
    if reached is Result.ADOPTED and ballot.is_amended:
        return ItemState.ADOPTED_AMENDED
    return {
        Result.ADOPTED: ItemState.ADOPTED,
        Result.REJECTED: ItemState.REJECTED,
        Result.TO_BE_REPEATED: ItemState.DEBATED,
    }[reached]
