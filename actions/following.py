"""Following: what one asks to hear of; from a chat where nobody is known, as somebody new there."""

from actions.meetings import tenant, today
from actions.people import consenting
from actions.petitions import petitioning
from actions.records.noting import note
from domain.access import Viewer
from domain.actors import Actor
from domain.addresses import masked
from domain.errors import Refused
from domain.people import Person
from domain.petitions.forms import reached_by
from domain.topics import Topic, body_of, item_of, petition_of, words_of
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


async def follower_by(unit: Unit, contact: str, *, language: str) -> Person:
    """Return who has just proved to hold a contact: who it is known of, or a newcomer."""
    name = masked(*reached_by(contact))
    return await petitioning.mandatary_at(unit, Actor.of(None), contact, name, language=language)


async def follow(unit: Unit, person: Person, topic: str) -> int:
    """Tell somebody of a body, an item, a petition, their words or a subject.

    Returns the change's number; raises Refused for what does not exist, or not for them.
    """
    if not await _can_follow(unit, person, topic):
        raise Refused("public.cannot_follow")
    return await consenting.change(unit, person.id, lambda now: now.following(topic))


async def unfollow(unit: Unit, person: Person, topic: str) -> int:
    """Tell somebody of something no more; return the change's number."""
    return await consenting.change(unit, person.id, lambda now: now.unfollowing(topic))


async def _can_follow(unit: Unit, person: Person, topic: str) -> bool:
    bodies = {body.key: body for body in await unit.bodies.all()}
    if (item_id := item_of(topic)) is not None:
        item = await unit.agenda.by_id(item_id)
        session = await unit.sessions.by_id(item.session_id) if item else None
        viewer = Viewer(person, bodies)
        return bool(item and session and viewer.sees_item(session, item))
    if (ref := petition_of(topic)) is not None:
        petition = await unit.petitions.called(ref)
        return petition is not None and petition.is_public
    return body_of(topic) in bodies or _are_words(words_of(topic)) or topic in set(Topic)


def _are_words(said: str | None) -> bool:
    """Say whether there is something to look for, in signs that every store can keep."""
    return said is not None and said.strip() != "" and said.isprintable()
