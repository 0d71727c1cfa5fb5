"""Linking a chat to a person: whoever brings the one-time code is who it was given to."""

import secrets
from datetime import timedelta

from actions.meetings import tenant, today
from actions.noting import note
from domain.actors import Actor
from domain.addresses import Channel
from domain.errors import Refused
from domain.people import Person
from domain.rights import Act, require
from store.unit import Unit

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 12  # 58 bits
GROUP = 4
OFFER_LASTS = timedelta(hours=48)
MOST_FAILURES = 5
FAILURES_LAST = timedelta(hours=1)


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
    day = today(unit.clock, await tenant(unit))
    holder = await unit.people.at(channel, address, on=day)
    if holder and holder.id != person_id:
        raise Refused("linking.taken")
    await unit.people.verify(person_id, channel, address, at=unit.clock.now())
    person = await unit.people.by_id(person_id, on=day)
    await note(unit, Actor.of(person, channel, address), "link", f"person:{person_id}")
    return person


async def unlink(unit: Unit, channel: Channel, address: str) -> bool:
    """Forget who speaks at an address, and say whether anybody was known there."""
    day = today(unit.clock, await tenant(unit))
    holder = await unit.people.at(channel, address, on=day)
    if holder is None:
        return False
    await unit.people.part(channel, address)
    await note(unit, Actor.of(holder, channel, address), "unlink", f"person:{holder.id}")
    return True
