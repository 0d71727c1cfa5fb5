"""Listing: what comes on a session's agenda, in which words and order, and what comes off it."""

from collections.abc import Sequence
from dataclasses import fields, replace

from actions.agenda.moving_along import item_moved
from actions.meetings import meeting
from actions.records.noting import note
from actions.wording import Meeting
from domain.actors import Actor
from domain.agenda import AgendaItem, ItemSource, ItemState, moved
from domain.errors import Refused
from domain.rights import Act, require
from domain.sessions import AgendaState, SessionState
from store.unit import Unit

# A second convocation calls to the first agenda (law 113-14, art. 42): it is settled by then.
PREPARED = frozenset(
    {
        SessionState.DRAFT,
        SessionState.AGENDA_SENT,
        SessionState.CONVENED,
        SessionState.POSTPONED,
    }
)
OVER = frozenset({SessionState.CLOSED, SessionState.CANCELLED})
ASIDE = frozenset({ItemState.PROPOSED, ItemState.REFUSED})  # not on the agenda, or not yet
LONGEST_TITLE = 1000  # characters
KEPT_BACK = "kept~{id}"  # a number nobody says, while two items exchange theirs


async def add(
    unit: Unit,
    session_id: int,
    title: str,
    *,
    language: str,
    actor: Actor,
    source: ItemSource = ItemSource.PRESIDENT,
    is_public: bool = True,
) -> AgendaItem:
    """Put an item at the end of the agenda, and return it; raises Refused.

    What the governor adds is his by right (law 113-14, art. 39).
    """
    called = await opened(unit, session_id, actor)
    item = at_the_end(called, _written(title), language, source)
    return await entered(unit, actor, called, replace(item, is_public=is_public))


async def reword(
    unit: Unit, session_id: int, number: str, title: str, *, actor: Actor
) -> AgendaItem:
    called = await opened(unit, session_id, actor)
    before = named(called, number)
    return await kept(unit, actor, "reword", called, before, replace(before, title=_written(title)))


async def shift(unit: Unit, session_id: int, number: str, *, up: bool, actor: Actor) -> AgendaItem:
    """Exchange an item with the one before or after it; at the end of the list, nothing happens.

    Numbers go with the order until the members know them.
    """
    called = await opened(unit, session_id, actor)
    item = named(called, number)
    order = [one for one in called.items if one.state not in ASIDE]
    at = order.index(item)
    beside = at - 1 if up else at + 1
    if not 0 <= beside < len(order):
        return item
    other = order[beside]
    first = replace(item, position=other.position)
    second = replace(other, position=item.position)
    if called.session.convened_at is None:
        first = replace(first, number=other.number)
        second = replace(second, number=item.number)
        await unit.agenda.change(replace(other, number=KEPT_BACK.format(id=other.id)))
    await unit.agenda.change(first)
    await unit.agenda.change(second)
    await touched(unit, called)
    await note(
        unit,
        actor,
        "shift",
        f"item:{item.id}",
        session=session_id,
        before=_told(item),
        after=_told(first),
    )
    return first


async def withdraw(
    unit: Unit, session_id: int, number: str, reason: str, *, actor: Actor
) -> AgendaItem:
    """Take an item off the agenda; it stays on record with its reason. Raises Refused without."""
    called = await opened(unit, session_id, actor)
    before = named(called, number)
    if not (reason := " ".join(reason.split())):
        raise Refused("listing.needs_reason", number=number)
    state = moved(before.state, ItemState.WITHDRAWN)
    after = replace(before, state=state, withdrawn_reason=reason)
    return await kept(unit, actor, "withdraw", called, before, after)


async def close_doors(
    unit: Unit, session_id: int, number: str, *, is_public: bool, actor: Actor
) -> AgendaItem:
    """Have an item debated behind closed doors, or in public after all (art. 48)."""
    called = await opened(unit, session_id, actor)
    before = named(called, number)
    return await kept(unit, actor, "close", called, before, replace(before, is_public=is_public))


async def assign(
    unit: Unit, session_id: int, number: str, sitting: int, *, actor: Actor
) -> AgendaItem:
    """Say in which sitting of the session an item is debated (art. 33); raises Refused."""
    called = await opened(unit, session_id, actor)
    before = named(called, number)
    found = next((one for one in called.sittings if one.number == sitting), None)
    if found is None:
        raise Refused("listing.no_sitting", sitting=sitting)
    return await kept(unit, actor, "assign", called, before, replace(before, sitting_id=found.id))


async def object_to(
    unit: Unit, session_id: int, number: str, reason: str, *, actor: Actor
) -> AgendaItem:
    """Note the governor's reasoned objection: no deliberation while it stands (art. 41)."""
    called = await opened(unit, session_id, actor)
    before = named(called, number)
    if not (reason := " ".join(reason.split())):
        raise Refused("listing.needs_reason", number=number)
    after = replace(before, state=moved(before.state, ItemState.OPPOSED), objection=reason)
    return await kept(unit, actor, "object", called, before, after)


async def lift(unit: Unit, session_id: int, number: str, *, actor: Actor) -> AgendaItem:
    """Note that the governor's objection has fallen: the item may be debated.

    The court may say so while the session is held already (law 113-14, art. 41).
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.FILL_AGENDA, called.body)
    if called.session.state in OVER:
        raise Refused("listing.fixed", session=str(session_id))
    before = named(called, number)
    if not before.is_barred:
        raise Refused("listing.no_objection", number=number)
    after = replace(before, state=moved(before.state, ItemState.LISTED), objection=None)
    return await kept(unit, actor, "lift", called, before, after)


async def opened(unit: Unit, session_id: int, actor: Actor) -> Meeting:
    """Return a session whose agenda may be changed, for whoever may; raises Refused."""
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.FILL_AGENDA, called.body)
    if called.session.state not in PREPARED:
        raise Refused("listing.fixed", session=str(session_id))
    return called


def at_the_end(called: Meeting, title: str, language: str, source: ItemSource) -> AgendaItem:
    """Return what would be the last item of an agenda; it has no id yet."""
    items = called.items
    number, position = next_number(items), next_position(items)
    return AgendaItem(0, called.session.id, number, position, title, language, source)


async def entered(unit: Unit, actor: Actor, called: Meeting, item: AgendaItem) -> AgendaItem:
    """Put an item on the agenda as it is, and return it with its id."""
    session_id = called.session.id
    await unit.agenda.add([item])
    added = next(one for one in await unit.agenda.of(session_id) if one.number == item.number)
    await touched(unit, called)
    await note(unit, actor, "list", f"item:{added.id}", session=session_id, after=_told(added))
    return added


def named(called: Meeting, number: str) -> AgendaItem:
    """Return the item that people call so, or raise Refused."""
    wanted = number.strip().casefold()
    for item in called.items:
        if item.number.casefold() == wanted:
            return item
    raise Refused("listing.unknown", number=number)


def next_number(items: Sequence[AgendaItem]) -> str:
    return str(max((int(one.number) for one in items if one.number.isdecimal()), default=0) + 1)


def next_position(items: Sequence[AgendaItem]) -> int:
    return max((one.position for one in items), default=0) + 1


async def kept(
    unit: Unit,
    actor: Actor,
    act: str,
    called: Meeting,
    before: AgendaItem,
    after: AgendaItem,
) -> AgendaItem:
    """Keep what has become of an item, if anything has, and say so in the log."""
    if after == before:
        return after
    await unit.agenda.change(after)
    await item_moved(unit, actor, after)
    await touched(unit, called)
    await note(
        unit,
        actor,
        act,
        f"item:{after.id}",
        session=called.session.id,
        before=_different(before, after),
        after=_different(after, before),
    )
    return after


async def touched(unit: Unit, called: Meeting) -> None:
    """Note that the agenda is being written, or is another than the one members were told of."""
    session = called.session
    if session.agenda_state is AgendaState.MISSING:
        session = replace(session, agenda_state=AgendaState.DRAFTED)
    if session.convened_at is not None:
        session = replace(session, agenda_changed_at=unit.clock.now())
    if session != called.session:
        await unit.sessions.change(session)


def _written(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused("listing.no_title")
    if len(title) > LONGEST_TITLE:
        raise Refused("listing.long_title", count=LONGEST_TITLE)
    return title


def _told(item: AgendaItem) -> dict[str, object]:
    return {"number": item.number, "title": item.title, "position": item.position}


def _different(item: AgendaItem, other: AgendaItem) -> dict[str, object]:
    """Return what an item has that another has otherwise."""
    return {
        one.name: getattr(item, one.name)
        for one in fields(item)
        if getattr(item, one.name) != getattr(other, one.name)
    }
