"""Signing in on the pages: a code or a link that only the person can read opens a session."""

import secrets
from datetime import timedelta

from actions.meetings import tenant, today
from actions.people.confirming import confirmed
from actions.records.noting import note
from domain.actors import Actor
from domain.addresses import Channel
from domain.devices import shortened
from domain.errors import Refused
from domain.people import Person
from domain.rights import Act, require
from store.unit import Unit
from store.web_sessions import WebSession

LASTS = timedelta(days=30)
LINK_LASTS = timedelta(minutes=10)
SEEN_EVERY = timedelta(hours=1)  # how exactly it is kept when a session was last used
DEVICE_LENGTH = 100  # characters of what a browser calls itself


async def sign_in_by_code(unit: Unit, browser: str, typed: str, *, device: str) -> str | None:
    """Return the secret of a new session for whom a code was sent to; None when it is not good.

    `browser` is the address the code was asked for from. A wrong code is to be kept.
    """
    person_id = await confirmed(unit, Channel.INBOX, browser, typed)
    return None if person_id is None else await _open(unit, person_id, device)


async def sign_in_by_link(unit: Unit, token: str, *, device: str) -> str | None:
    """Use a link up, and return the secret of a new session; None when it is not good."""
    person_id = await unit.web_sessions.redeem(token)
    return None if person_id is None else await _open(unit, person_id, device)


async def sign_in(unit: Unit, person_id: int, *, device: str) -> str:
    """Return the secret of a new session for who has just proved otherwise that it is they."""
    return await _open(unit, person_id, device)


async def sign_in_staff(unit: Unit, email: str, *, device: str) -> str:
    """Return the secret of a new session for whose work it is, by an address that is vouched for.

    Raises Refused unless it is the proved or declared address of exactly one of the staff: nobody
    becomes known by another's word.
    """
    day = today(unit.clock, await tenant(unit))
    value = email.strip().lower()
    for person_id in await unit.people.with_address(value) if value else ():
        held = await unit.people.addresses(person_id)
        is_theirs = any(
            (one.channel, one.value) == (Channel.EMAIL, value)
            and (one.is_verified or one.is_declared)
            and not one.is_quarantined
            for one in held
        )
        person = await unit.people.by_id(person_id, on=day)
        if is_theirs and person and person.is_staff:
            return await _open(unit, person_id, device)
    raise Refused("openid.nobody")


async def prove_by_code(
    unit: Unit, browser: str, typed: str, *, person: Person, session: WebSession
) -> bool:
    """Note that a person has proved anew, in a session of theirs, who they are; False if not.

    `browser` is the address the code was asked for from. A wrong code is to be kept.
    """
    if await confirmed(unit, Channel.INBOX, browser, typed) != person.id:
        return False
    await prove(unit, person, session)
    return True


async def prove(unit: Unit, person: Person, session: WebSession) -> None:
    """Take a session for as sure as if its owner had just signed in."""
    await unit.web_sessions.prove(session.id)
    await note(unit, Actor.of(person, Channel.INBOX), "prove", f"person:{person.id}")


async def offer_link(unit: Unit, person_id: int, *, actor: Actor) -> str:
    """Return the secret of a link that signs a person in once, within ten minutes."""
    require(actor, Act.LINK_OTHERS)
    token = secret()
    await unit.web_sessions.offer(person_id, token, lasts=LINK_LASTS)
    await note(unit, actor, "offer_page", f"person:{person_id}")
    return token


async def sign_out(unit: Unit, person: Person, session: WebSession | None = None) -> int:
    """End one session of a person, or all; return how many there were."""
    ended = await unit.web_sessions.end(person.id, session.id if session else None)
    await note(unit, Actor.of(person, Channel.INBOX), "sign_out", f"person:{person.id}")
    return ended


def secret() -> str:
    """Return 256 bits that nobody can guess, fit for a cookie and for a link."""
    return secrets.token_urlsafe()


async def _open(unit: Unit, person_id: int, device: str) -> str:
    token = secret()
    person = await unit.people.by_id(person_id, on=today(unit.clock, await tenant(unit)))
    kept = shortened(device, DEVICE_LENGTH)
    await unit.web_sessions.open(person_id, token, device=kept, lasts=LASTS)
    await note(unit, Actor.of(person, Channel.INBOX), "sign_in", f"person:{person_id}")
    return token
