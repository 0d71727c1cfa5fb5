"""Contacts: which of them somebody has proved to hold, by a code or by writing from there."""

from actions.records.sealing import sealing_key
from domain.addresses import Channel
from domain.people import Person
from domain.petitions import keys_of
from domain.petitions.forms import reached_by
from domain.petitions.signing import marks
from store.unit import Unit

REACHED = (Channel.EMAIL, Channel.SMS)  # the first of them first


async def proved_contact(unit: Unit, person: Person) -> str:
    """Return where somebody has proved to be reached, their e-mail first; empty if nowhere."""
    held = await unit.people.addresses(person.id)
    proved = [one for one in held if one.channel in REACHED and one.is_verified]
    return min(proved, key=lambda one: REACHED.index(one.channel)).value if proved else ""


async def is_theirs(unit: Unit, person: Person | None, contact: str) -> bool:
    """Say whether somebody has proved before that they hold this very contact."""
    if person is None:
        return False
    wanted = reached_by(contact)
    held = await unit.people.addresses(person.id)
    return any((one.channel, one.value) == wanted and one.is_verified for one in held)


async def hand_of(unit: Unit, person_id: int) -> frozenset[str]:
    """Return the keys that signatures made with somebody's proved contacts carry."""
    held = await unit.people.addresses(person_id)
    proved = [one.value for one in held if one.channel in REACHED and one.is_verified]
    if not proved:
        return frozenset()
    secret = await sealing_key(unit)
    return frozenset[str]().union(*(keys_of(secret, **marks(contact)) for contact in proved))
