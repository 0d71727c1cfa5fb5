"""Recognising who speaks in a chat, by an e-mail address that others vouch for and we verified.

Names count for nothing. What is found waits for the staff, unless the vouching is enough by itself.
"""

from datetime import datetime

from actions.meetings import tenant, today
from actions.records.noting import note
from domain.actors import PROGRAM, Actor
from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.matches import Match, MatchState
from domain.messages import Message
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from store.unit import Unit

LINKED = ("link", "recognise", "unlink")
GONE = "user_disabled"  # the code of an address whose owner has left the network


async def recognise(
    unit: Unit, channel: Channel, address: str, email: str | None, *, is_enough: bool = False
) -> Match | None:
    """Match an address with the one person who has proved to hold `email`.

    `email` is what the network vouches for; `is_enough` says that nobody has to confirm it. None,
    and nothing is changed, when nobody or more than one holds it, when whoever does has unlinked
    this channel, or when the address is already somebody's. It is as sure as the e-mail address,
    and no fresher: what binds others still wants a code.
    """
    holder = await _holder(unit, email)
    if holder is None or await unit.people.with_address(address):
        return None
    person_id, proved_at = holder
    if await _has_unlinked(unit, person_id, channel):
        return None
    before = await unit.matches.at(channel, address)
    if before and before.person_id == person_id and not is_enough:
        return before
    match_id = await unit.matches.find(channel, address, person_id, proved_at=proved_at)
    if is_enough:
        return await _linked(unit, match_id, PROGRAM)
    await note(unit, PROGRAM, "match", f"person:{person_id}", channel=channel)
    found = await _known(unit, match_id)
    await _tell(unit, found, "match.waiting")
    return found


async def confirm(unit: Unit, match_id: int, *, actor: Actor) -> Match:
    """Link a match's address to its person, who is told; raise Refused when it cannot be."""
    match = await _linked(unit, match_id, actor)
    await _tell(unit, match, "link.done")
    return match


async def refuse(unit: Unit, match_id: int, *, actor: Actor) -> Match:
    """Leave a match's address nobody's, and tell whoever speaks there where to turn."""
    require(actor, Act.LINK_OTHERS)
    match = await _decided(unit, match_id, MatchState.REFUSED, actor)
    await note(unit, actor, "refuse_match", f"person:{match.person_id}", channel=match.channel)
    await _tell(unit, match, "match.not_confirmed")
    return match


async def lapse(
    unit: Unit, channel: Channel, address: str, email: str | None, *, is_gone: bool
) -> bool:
    """Unlink an address whose network vouches no more for what it was linked by.

    `email` is what it vouches for now. One that was linked by a code stays linked, but is not
    written to when its owner `is_gone`. Answers whether anything was changed.
    """
    match = await unit.matches.at(channel, address)
    holders = await unit.people.with_address(address)
    holder = await _holder(unit, email)
    if match and (holder is None or match.person_id != holder[0]):
        await unit.matches.forget(match.id)
        if match.state is MatchState.CONFIRMED and match.person_id in holders:
            await unit.people.part(channel, address)
        await note(unit, PROGRAM, "match_lapsed", f"person:{match.person_id}", channel=channel)
        return True
    if is_gone and holders:
        await unit.people.quarantine(channel, [address], code=GONE, at=unit.clock.now())
    return is_gone and bool(holders)


async def _holder(unit: Unit, email: str | None) -> tuple[int, datetime] | None:
    """Return the one person who has proved to hold an e-mail address, and when they did."""
    try:
        value = canonical(Channel.EMAIL, email or "")
    except Refused:
        return None
    proofs = [
        (one.person_id, one.verified_at)
        for person_id in await unit.people.with_address(value)
        for one in await unit.people.addresses(person_id)
        if one.channel is Channel.EMAIL and one.value == value and one.verified_at
    ]
    return proofs[0] if len(proofs) == 1 else None


async def _has_unlinked(unit: Unit, person_id: int, channel: Channel) -> bool:
    """Say whether the last word on this channel was that they want it forgotten."""
    entries = await unit.audit.about(f"person:{person_id}", acts=LINKED)
    of_the_channel = [
        entry
        for entry in entries  # it may have been unlinked from elsewhere
        if entry.facts.get("unlinked", entry.facts.get("channel")) == channel
    ]
    return bool(of_the_channel) and of_the_channel[-1].act == "unlink"


async def _linked(unit: Unit, match_id: int, actor: Actor) -> Match:
    require(actor, Act.LINK_OTHERS)
    match = await _decided(unit, match_id, MatchState.CONFIRMED, actor)
    if await unit.people.with_address(match.address):
        raise Refused("linking.taken")
    await unit.people.verify(match.person_id, match.channel, match.address, at=match.proved_at)
    await note(unit, actor, "recognise", f"person:{match.person_id}", channel=match.channel)
    return match


async def _decided(unit: Unit, match_id: int, state: MatchState, actor: Actor) -> Match:
    if not await unit.matches.decide(match_id, state, by=actor.name):
        raise Refused("match.unknown", number=match_id)
    return await _known(unit, match_id)


async def _known(unit: Unit, match_id: int) -> Match:
    match = await unit.matches.by_id(match_id)
    if match is None:
        raise Refused("match.unknown", number=match_id)
    return match


async def _tell(unit: Unit, match: Match, key: str) -> None:
    """Tell whoever speaks there, in the language of the person they seem to be."""
    day = today(unit.clock, await tenant(unit))
    person = await unit.people.by_id(match.person_id, on=day)
    language = person.language if person else "fr"
    name = person.name if person else ""
    facts = {"name": name} if match.state is MatchState.CONFIRMED else {}
    message = Message(phrasebook().say(key, language, **facts), language)
    await unit.outbox.put(match.channel, match.address, [message])
