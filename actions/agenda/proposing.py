"""Proposing an item: asked by a member, joined by others, listed or refused (art. 40)."""

from dataclasses import dataclass, replace

from actions.agenda.listing import ASIDE, PREPARED, next_number, next_position, opened, touched
from actions.meetings import meeting
from actions.records.noting import note
from actions.tasking import give, tell
from actions.wording import Meeting
from domain.actors import PROGRAM, Actor
from domain.agenda import AgendaItem, ItemSource, ItemState, moved
from domain.bodies import Role
from domain.errors import Refused
from domain.messages import Choice, Message
from domain.notices import Content
from domain.phrasebook import LANGUAGES, phrasebook
from domain.rights import Act, require
from store.proposals import Proposal
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that did not come on the agenda; `reason` is empty where it got no answer."""

    number: str
    title: str
    name: str
    reason: str


DECIDING = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR, Role.COUNCIL_SECRETARIAT})


async def propose(
    unit: Unit, actor: Actor, session_id: int, title: str, reasons: str, *, language: str
) -> AgendaItem:
    """Ask for an item on the agenda of a session that is being prepared; raises Refused."""
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.PROPOSE, called.body)
    if actor.person is None:
        raise Refused("link.needed")
    if called.session.state not in PREPARED:
        raise Refused("listing.fixed", session=str(session_id))
    number = f"P{sum(item.number.startswith('P') for item in called.items) + 1}"
    item = AgendaItem(
        0,
        session_id,
        number,
        next_position(called.items),
        " ".join(title.split()),
        language,
        ItemSource.MEMBER,
        state=ItemState.PROPOSED,
    )
    await unit.agenda.add([item])
    item = next(one for one in await unit.agenda.of(session_id) if one.number == number)
    await unit.proposals.add(item.id, actor.person.id, reasons.strip())
    facts = {"name": actor.person.name, "number": number, "title": item.title}
    content = {
        language_: _message("proposal.told", language_, called, **facts, reasons=reasons.strip())
        for language_ in LANGUAGES
    }
    button = f"point:{session_id}:{item.id}"
    say = phrasebook().say
    content = {
        one: replace(message, choices=(Choice(say("proposal.see", one), button),))
        for one, message in content.items()
    }
    await give(unit, DECIDING, called.body, content, actor=actor)
    await note(unit, actor, "propose", f"item:{item.id}", session=session_id, title=item.title)
    return item


async def join(unit: Unit, actor: Actor, session_id: int, item_id: int) -> tuple[int, AgendaItem]:
    """Ask for what another member proposed, too; returns how many do, and the item as it stands.

    What half of the members ask for is listed at once. Raises Refused.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.PROPOSE, called.body)
    if actor.person is None:
        raise Refused("link.needed")
    item, _ = await proposed(unit, called, item_id)
    await unit.proposals.support(item_id, actor.person.id)
    item, proposal = await proposed(unit, called, item_id)
    await note(unit, actor, "join", f"item:{item_id}", supporters=proposal.supporters)
    if called.body.seats and proposal.supporters * 2 >= called.body.seats:
        item = await _list(unit, actor, called, item, proposal)
    return proposal.supporters, item


async def accept(unit: Unit, actor: Actor, session_id: int, item_id: int) -> AgendaItem:
    """Put what a member proposed on the agenda, and tell them; raises Refused."""
    called = await opened(unit, session_id, actor)
    return await _list(unit, actor, called, *await proposed(unit, called, item_id))


async def refuse(
    unit: Unit, actor: Actor, session_id: int, item_id: int, reason: str
) -> AgendaItem:
    """Refuse a proposal with reasons, which its author is told; raises Refused without."""
    called = await opened(unit, session_id, actor)
    item, proposal = await proposed(unit, called, item_id)
    if not (reason := " ".join(reason.split())):
        raise Refused("listing.needs_reason", number=item.number)
    after = replace(item, state=moved(item.state, ItemState.REFUSED))
    await unit.agenda.change(after)
    await unit.proposals.refuse(item_id, reason)
    await note(
        unit,
        actor,
        "refuse",
        f"item:{item_id}",
        before=item.state,
        after=after.state,
        reason=reason,
    )
    await _tell_author(unit, called, proposal, "proposal.refused_told", item, reason=reason)
    return after


async def refused_proposals(unit: Unit, called: Meeting) -> tuple[Refusal, ...]:
    """Return what members proposed in vain: the council is told at the opening (art. 40)."""
    items = {item.id: item for item in called.items if item.state in ASIDE}
    return tuple(
        Refusal(
            items[one.item_id].number, items[one.item_id].title, one.name, one.refused_reason or ""
        )
        for one in await unit.proposals.of(called.session.id)
        if one.item_id in items
    )


async def proposed(unit: Unit, called: Meeting, item_id: int) -> tuple[AgendaItem, Proposal]:
    """Return an item that waits for an answer, with who proposed it, or raise Refused."""
    waiting = {one.id: one for one in called.items if one.state is ItemState.PROPOSED}
    known = {one.item_id: one for one in await unit.proposals.of(called.session.id)}
    if item_id not in waiting or item_id not in known:
        raise Refused("proposal.gone")
    return waiting[item_id], known[item_id]


async def _list(
    unit: Unit, actor: Actor, called: Meeting, item: AgendaItem, proposal: Proposal
) -> AgendaItem:
    after = replace(
        item,
        number=next_number(called.items),
        position=next_position(called.items),
        state=moved(item.state, ItemState.LISTED),
    )
    await unit.agenda.change(after)
    await touched(unit, called)
    await note(
        unit,
        actor,
        "accept",
        f"item:{item.id}",
        before=item.number,
        after=after.number,
        supporters=proposal.supporters,
    )
    await _tell_author(unit, called, proposal, "proposal.listed_told", after)
    return after


async def _tell_author(
    unit: Unit, called: Meeting, proposal: Proposal, key: str, item: AgendaItem, **facts: object
) -> None:
    content: Content = {
        language: _message(key, language, called, number=item.number, title=item.title, **facts)
        for language in LANGUAGES
    }
    await tell(unit, proposal.person_id, content, actor=PROGRAM)


def _message(key: str, language: str, called: Meeting, **facts: object) -> Message:
    say = phrasebook().say
    title = say("proposal.about", language, session=called.name(language))
    return Message(say(key, language, **facts), language, title=title)
