"""Keeping one's own addresses: another is added by a code, one is declared, one is taken away."""

from actions.people import confirming, linking
from actions.records.noting import note
from domain.actors import Actor
from domain.addresses import Address, Channel, canonical
from domain.errors import Refused
from domain.ownership import Own, require_sure
from store.unit import Unit

DECLARABLE = frozenset({Channel.EMAIL, Channel.SMS})  # where a convocation leaves a proof


async def offer(unit: Unit, actor: Actor, place: str, contact: str) -> Channel:
    """Send a code to an address that somebody says is theirs, to be typed at `place`.

    Raises Refused when it is none, and when too many codes were asked for.
    """
    require_sure(actor, Own.ADD_ADDRESS)
    language = actor.person.language if actor.person else ""
    return await confirming.send_anew(unit, Channel.INBOX, place, contact, language=language)


async def add(unit: Unit, actor: Actor, place: str, contact: str, typed: str) -> bool:
    """Believe that an address is theirs, if the code says so; their others are told of it.

    A wrong code is to be kept. Raises Refused when somebody else has proved to hold it.
    """
    person_id = require_sure(actor, Own.ADD_ADDRESS)
    if not await confirming.holds(unit, Channel.INBOX, place, contact, typed):
        return False
    channel = Channel.EMAIL if "@" in contact else Channel.SMS
    await linking.bind(unit, person_id, channel, canonical(channel, contact))
    return True


async def declare(unit: Unit, actor: Actor, address_id: int) -> Address:
    """Have the council convene somebody at this address from now on (law 113-14, art. 35)."""
    require_sure(actor, Own.DECLARE_ADDRESS)
    found = await _own(unit, actor, address_id)
    if not found.is_verified or found.is_quarantined or found.channel not in DECLARABLE:
        raise Refused("addresses.not_declarable")
    await unit.people.declare(found)
    await note(unit, actor, "declare_address", f"person:{found.person_id}", of=found.channel)
    await linking.tell_others(
        unit, found.person_id, found.channel, found.value, key="addresses.declared_told"
    )
    return found


async def remove(unit: Unit, actor: Actor, address_id: int) -> Address:
    """Take an address of one's own away. Raises Refused for the one that is declared."""
    found = await _own(unit, actor, address_id)
    if found.is_declared:
        raise Refused("addresses.declare_another")
    if found.is_verified:
        return await linking.untie(unit, address_id, actor=actor)
    await unit.people.distrust(found)
    await note(unit, actor, "unlink", f"person:{found.person_id}", unlinked=found.channel)
    return found


async def _own(unit: Unit, actor: Actor, address_id: int) -> Address:
    found = await unit.people.address(address_id)
    is_own = found is not None and actor.person is not None and found.person_id == actor.person.id
    if found is None or not is_own or found.channel is Channel.INBOX:
        raise Refused("link.not_linked")
    return found
