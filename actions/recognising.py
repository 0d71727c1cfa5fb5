"""Recognising who speaks in a chat, by an e-mail address that others vouch for and we verified."""

from actions.noting import note
from domain.actors import PROGRAM
from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.rights import Act, require
from store.unit import Unit

LINKED = ("link", "recognise", "unlink")


async def recognise(unit: Unit, channel: Channel, address: str, email: str) -> int | None:
    """Link an address to the one person who has proved to hold `email`, and return their id.

    `email` is what the network vouches for; names count for nothing. None, and nothing is changed,
    when nobody or more than one holds it, when whoever does has unlinked this channel, or when the
    address is already somebody's. It is as sure as the e-mail address, and no fresher: what binds
    others still wants a code.
    """
    try:
        value = canonical(Channel.EMAIL, email)
    except Refused:
        return None
    proofs = [
        (one.person_id, one.verified_at)
        for person_id in await unit.people.with_address(value)
        for one in await unit.people.addresses(person_id)
        if one.channel is Channel.EMAIL and one.value == value and one.verified_at
    ]
    if len(proofs) != 1 or await unit.people.with_address(address):
        return None
    person_id, proved_at = proofs[0]
    if await _has_unlinked(unit, person_id, channel):
        return None
    require(PROGRAM, Act.LINK_OTHERS)
    await unit.people.verify(person_id, channel, address, at=proved_at)
    await note(unit, PROGRAM, "recognise", f"person:{person_id}", channel=channel)
    return person_id


async def _has_unlinked(unit: Unit, person_id: int, channel: Channel) -> bool:
    """Say whether the last word on this channel was that they want it forgotten."""
    entries = await unit.audit.about(f"person:{person_id}", acts=LINKED)
    of_the_channel = [
        entry
        for entry in entries  # it may have been unlinked from elsewhere
        if entry.facts.get("unlinked", entry.facts.get("channel")) == channel
    ]
    return bool(of_the_channel) and of_the_channel[-1].act == "unlink"
