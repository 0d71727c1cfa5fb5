"""Keeping passkeys: made by their owner, used to sign in or to prove anew, and taken away."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from actions.people import signing_in
from actions.records.noting import note
from actions.records.sealing import sealing_key
from domain.actors import Actor
from domain.errors import Refused
from domain.ownership import Own, require_sure
from domain.passkeys import NewKey, Passkey
from domain.people import Person
from domain.seals import seal
from store.unit import Unit
from store.web_sessions import WebSession

CHALLENGE_BYTES = 32
LASTS = timedelta(minutes=5)  # of a challenge: people look for their telephone
MOST = 20  # keys of one person
NAME_LENGTH = 100

Proved = Callable[[Passkey], int | None]
"""Returns how often a key was used, if it has signed; see web.ceremonies."""


async def challenge(unit: Unit, browser: str) -> bytes:
    """Return what this browser is to sign, once and soon."""
    made = secrets.token_bytes(CHALLENGE_BYTES)
    await unit.passkeys.ask(made, browser, lasts=LASTS)
    return made


async def handle(unit: Unit, person: Person) -> bytes:
    """Return what a device knows a person by, from which nobody learns who it is."""
    return seal(await sealing_key(unit), f"passkey:{person.id}").encode()


async def add(unit: Unit, actor: Actor, key: NewKey | None, *, name: str) -> None:
    """Let somebody sign in with a key from now on; raise Refused when it proves nothing."""
    person_id = require_sure(actor, Own.ADD_PASSKEY)
    if key is None or len(await unit.passkeys.of_person(person_id)) >= MOST:
        raise Refused("passkey.not_made")
    if not await unit.passkeys.add(person_id, key, name=name.strip()[:NAME_LENGTH]):
        raise Refused("passkey.not_made")
    await note(unit, actor, "add_passkey", f"person:{person_id}")


async def remove(unit: Unit, person: Person, passkey_id: int) -> bool:
    """Forget a key of somebody's own, and say whether there was one."""
    if not await unit.passkeys.remove(person.id, passkey_id):
        return False
    await note(unit, Actor.of(person), "remove_passkey", f"person:{person.id}")
    return True


async def sign_in(unit: Unit, credential: str, proved: Proved, *, device: str) -> str | None:
    """Return the secret of a new session for whose key has signed; None when it is not good."""
    person_id = await _used(unit, credential, proved)
    if person_id is None:
        return None
    return await signing_in.sign_in(unit, person_id, device=device)


async def prove(
    unit: Unit, credential: str, proved: Proved, *, person: Person, session: WebSession
) -> bool:
    """Take a session for sure again, if its owner's own key has signed."""
    if await _used(unit, credential, proved) != person.id:
        return False
    await signing_in.prove(unit, person, session)
    return True


async def _used(unit: Unit, credential: str, proved: Proved) -> int | None:
    passkey = await unit.passkeys.by_credential(credential)
    uses = proved(passkey) if passkey else None
    if passkey is None or uses is None:
        return None
    await unit.passkeys.use(passkey, uses=uses)
    return passkey.person_id
