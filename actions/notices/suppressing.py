"""Suppressing: an address is not written to any more, because somebody knows better."""

from actions.records.noting import note
from domain.actors import Actor
from domain.errors import Refused
from domain.rights import Act, require
from store.unit import Unit

BY_HAND = "by_hand"  # the code of an address that no provider called dead


async def suppress(unit: Unit, address: str, *, actor: Actor) -> int:
    """Stop using an address, and return how many people have it; raise Refused when none does.

    `releasing.release` takes it back.
    """
    require(actor, Act.MIND_ADDRESSES)
    person_ids = await unit.suppressions.add(address.strip(), code=BY_HAND)
    if not person_ids:
        raise Refused("address.not_in_use", value=address.strip())
    for person_id in person_ids:
        await note(unit, actor, "suppress", f"person:{person_id}")
    return len(person_ids)
