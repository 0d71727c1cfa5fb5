"""Releasing an address that a provider called dead, once somebody knows better."""

from actions.records.noting import note
from domain.actors import Actor
from domain.errors import Refused
from domain.rights import Act, require
from store.unit import Unit


async def release(unit: Unit, address: str, *, actor: Actor) -> int:
    """Use an address again, and return how many people have it; raise Refused when none does."""
    require(actor, Act.MIND_ADDRESSES)
    person_ids = await unit.people.release(address.strip())
    if not person_ids:
        raise Refused("address.not_dead", value=address.strip())
    for person_id in person_ids:
        await note(unit, actor, "release", f"person:{person_id}")
    return len(person_ids)
