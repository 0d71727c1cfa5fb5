"""Releasing an address that a provider called dead, once somebody knows better."""

from domain.errors import Refused
from store.unit import Unit


async def release(unit: Unit, address: str, *, actor: str) -> int:
    """Use an address again, and return how many people have it; raise Refused when none does."""
    person_ids = await unit.people.release(address.strip())
    if not person_ids:
        raise Refused("address.not_dead", value=address.strip())
    for person_id in person_ids:
        await unit.audit.append(actor=actor, act="release", subject=f"person:{person_id}")
    return len(person_ids)
