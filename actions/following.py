"""Following from a chat where nobody is known: whoever asks becomes a person to be told there."""

from actions.meetings import tenant, today
from actions.noting import note
from domain.actors import Actor
from domain.addresses import masked
from domain.errors import Refused
from domain.people import Person
from store.unit import Unit


async def follower_at(unit: Unit, actor: Actor, *, language: str) -> Person:
    """Return who speaks, known from now on by this address alone; raises Refused without one."""
    if actor.person:
        return actor.person
    if actor.channel is None:
        raise Refused("link.needed")
    commune = await tenant(unit)
    name = masked(actor.channel, actor.address)
    person_id = await unit.people.add(commune.id, name=name, language=language)
    await unit.people.verify(person_id, actor.channel, actor.address, at=unit.clock.now())
    await note(unit, actor, "follow_from_chat", f"person:{person_id}")
    person = await unit.people.by_id(person_id, on=today(unit.clock, commune))
    if person is None:
        raise LookupError(f"person {person_id} was just added")
    return person
