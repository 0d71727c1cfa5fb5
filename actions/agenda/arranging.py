"""Arranging: the items of an agenda put in another order, all at once."""

from collections.abc import Sequence
from dataclasses import replace

from actions.agenda.listing import ASIDE, KEPT_BACK, opened, touched
from actions.records.noting import note
from domain.actors import Actor
from domain.agenda import AgendaItem
from domain.errors import Refused
from store.unit import Unit


async def place(
    unit: Unit, session_id: int, item_id: int, at: int, *, actor: Actor
) -> list[AgendaItem]:
    """Put an item at a place of the agenda, counted from 1; what is beyond its end is its end."""
    called = await opened(unit, session_id, actor)
    others = [one.id for one in called.items if one.state not in ASIDE and one.id != item_id]
    before = max(0, at - 1)
    wanted = [*others[:before], item_id, *others[before:]]
    return await arrange(unit, session_id, wanted, actor=actor)


async def arrange(
    unit: Unit, session_id: int, item_ids: Sequence[int], *, actor: Actor
) -> list[AgendaItem]:
    """Put the items of an agenda in this order, and return them; the same order changes nothing.

    Numbers go with the order until the members know them. Raises Refused where these are not all
    the items there are, each once: somebody else has added one, or taken one off.
    """
    called = await opened(unit, session_id, actor)
    listed = [one for one in called.items if one.state not in ASIDE]
    known = {one.id: one for one in listed}
    if sorted(item_ids) != sorted(known):
        raise Refused("listing.other_items")
    wanted = [known[one] for one in item_ids]
    if wanted == listed:
        return listed
    is_told = called.session.convened_at is not None
    after = [
        replace(item, position=place.position, number=item.number if is_told else place.number)
        for item, place in zip(wanted, listed, strict=True)
    ]
    moved = [one for one in after if one != known[one.id]]
    if not is_told:
        await unit.agenda.change(
            *(replace(known[one.id], number=KEPT_BACK.format(id=one.id)) for one in moved)
        )
    await unit.agenda.change(*moved)
    await touched(unit, called)
    await note(
        unit,
        actor,
        "arrange",
        f"session:{session_id}",
        before=[one.id for one in listed],
        after=[one.id for one in after],
    )
    return after
