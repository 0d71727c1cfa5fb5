"""Linking a chat to a person: whoever brings the one-time code is who it was given to."""

import secrets
from datetime import timedelta

from actions.meetings import tenant, today
from actions.people.confirming import confirmed
from actions.records.noting import note
from domain.actors import Actor
from domain.addresses import Address, Channel, masked
from domain.clock import wall_time, zone
from domain.conversation import Conversation
from domain.errors import Refused
from domain.letters import owner_of
from domain.messages import Choice, Message
from domain.people import Person
from domain.phrasebook import Named, phrasebook
from domain.rights import Act, require
from domain.trust import PHONES
from store.unit import Unit

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 12  # 58 bits
GROUP = 4
OFFER_LASTS = timedelta(hours=48)
MOST_FAILURES = 5
FAILURES_LAST = timedelta(hours=1)
LOST = "lost"  # the code of a number that somebody else may read


async def offer(unit: Unit, person_id: int, *, actor: Actor) -> str:
    """Make a code that links whoever brings it within two days; an earlier one ends.

    The code fits a deep link (64 characters of A-Z, a-z, 0-9, _ and -) and a small keyboard.
    """
    require(actor, Act.LINK_OTHERS)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    await unit.links.offer(person_id, code, lasts=OFFER_LASTS)
    await note(unit, actor, "offer_link", f"person:{person_id}")
    return "-".join(code[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def normalised(code: str) -> str:
    """Return a code as it was made, however it was typed."""
    return "".join(character for character in code.upper() if character in ALPHABET)


def is_a_code(text: str) -> bool:
    """Say whether a text looks as our codes do, good or not."""
    code = text.replace("-", "").upper()
    return len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)


async def link(unit: Unit, channel: Channel, address: str, code: str) -> Person | None:
    """Link an address to the person the code was given to; None when the code is not good.

    A wrong code is counted against the address, so it must not be raised: it is to be kept.
    Raises Refused after too many, or when the address is somebody else's already.
    """
    since = unit.clock.now() - FAILURES_LAST
    if await unit.links.failures(channel, address, since=since) >= MOST_FAILURES:
        raise Refused("linking.too_many", wait=FAILURES_LAST)
    person_id = await unit.links.redeem(normalised(code))
    if person_id is None:
        await unit.links.fail(channel, address, since=since)
        return None
    return await bind(unit, person_id, channel, address)


async def link_by_code(unit: Unit, channel: Channel, address: str, typed: str) -> Person | None:
    """Link an address to the person whom the code was sent to; None when the code is not good.

    Raises Refused when the address is somebody else's already. A wrong code is to be kept.
    """
    person_id = await confirmed(unit, channel, address, typed)
    return None if person_id is None else await bind(unit, person_id, channel, address)


async def bind(unit: Unit, person_id: int, channel: Channel, address: str) -> Person | None:
    """Believe that an address is a person's, and tell their others, if that is new."""
    day = today(unit.clock, await tenant(unit))
    holder = await unit.people.at(channel, address, on=day)
    if holder and holder.id != person_id:
        raise Refused("linking.taken")
    await unit.people.verify(person_id, channel, address, at=unit.clock.now())
    person = await unit.people.by_id(person_id, on=day)
    actor = Actor.of(person, channel, address)
    await note(unit, actor, "link" if holder is None else "prove", f"person:{person_id}")
    if holder is None:
        await tell_others(unit, person_id, channel, address)
    return person


async def unlink(unit: Unit, channel: Channel, address: str) -> bool:
    """Forget who speaks at an address, and say whether anybody was known there.

    Whoever leaves the page of their mailbox is signed out of it everywhere.
    """
    if channel is Channel.INBOX:
        owner = owner_of(address)
        return owner is not None and await unit.web_sessions.end(owner) > 0
    day = today(unit.clock, await tenant(unit))
    holder = await unit.people.at(channel, address, on=day)
    if holder is None:
        return False
    for one in await unit.people.addresses(holder.id):
        if (one.channel, one.value) == (channel, address):
            await _end(unit, one, Actor.of(holder, channel, address))
    return True


async def linked(unit: Unit, person_id: int) -> list[Address]:
    """Return the addresses from which somebody is known, the latest proof first."""
    found = [
        one
        for one in await unit.people.addresses(person_id)
        if one.verified_at and one.channel is not Channel.INBOX
    ]
    return sorted(found, key=lambda one: one.verified_at or unit.clock.now(), reverse=True)


async def untie(unit: Unit, address_id: int, *, actor: Actor) -> Address:
    """End all trust in an address at once: a telephone is lost, or somebody else's.

    What is open there is forgotten, what waits for it is kept back, and its owner's others are
    told. A lost number is written to no more, and gets no code, until staff release it. Raises
    Refused when it is neither one's own nor one's charge, whether it is there or not.
    """
    found = await unit.people.address(address_id)
    if found is None or actor.person is None or found.person_id != actor.person.id:
        require(actor, Act.LINK_OTHERS)
    if found is None or not found.is_verified:
        raise Refused("link.not_linked")
    for one in await unit.people.addresses(found.person_id):
        if one.value == found.value:  # a lost telephone has its SMS and its WhatsApp
            await _end(unit, one, actor)
    if found.channel in PHONES:
        now = unit.clock.now()
        await unit.people.quarantine(found.channel, [found.value], code=LOST, at=now)
    await tell_others(unit, found.person_id, found.channel, found.value, key="link.untied_told")
    return found


async def untie_all(unit: Unit, value: str, *, actor: Actor) -> int:
    """End all trust in an address, whosever it is; return how many held it, or raise Refused."""
    require(actor, Act.LINK_OTHERS)
    holders = await unit.people.with_address(value)
    held = [one for person_id in holders for one in await unit.people.addresses(person_id)]
    known = {one.person_id: one.id for one in held if one.value == value and one.is_verified}
    if not known:
        raise Refused("link.not_linked")
    for address_id in known.values():
        await untie(unit, address_id, actor=actor)
    return len(known)


async def _end(unit: Unit, address: Address, actor: Actor) -> None:
    await unit.people.distrust(address)
    await unit.conversations.keep(address.channel, address.value, Conversation())
    await unit.codes.end_at(address.channel, address.value)
    if not address.is_declared:  # what the law owes goes on to where it was declared
        await unit.outbox.call_back(address.channel, address.value)
    subject = f"person:{address.person_id}"
    await note(unit, actor, "unlink", subject, unlinked=address.channel)


async def tell_others(
    unit: Unit, person_id: int, channel: Channel, address: str, *, key: str = "link.linked_told"
) -> None:
    """Tell a person's other proved addresses, and the declared one, with a way back."""
    commune = await tenant(unit)
    language, say = await unit.people.language(person_id), phrasebook().say
    held = await unit.people.addresses(person_id)
    new = next((one for one in held if (one.channel, one.value) == (channel, address)), None)
    text = say(
        key,
        language,
        channel=Named(f"delivery.channel_{channel}"),
        address=masked(channel, address),
        at=wall_time(unit.clock.now(), zone(commune.zone)),
    )
    choices = [Choice(say("link.not_me", language), f"untie:{new.id}")] if new else []
    for one in held:
        if (
            one is not new
            and one.channel is not Channel.INBOX
            and (one.is_verified or one.is_declared)
        ):
            message = Message(text, language, say("link.told_title", language), tuple(choices))
            await unit.outbox.put(one.channel, one.value, [message], person_id=person_id)
