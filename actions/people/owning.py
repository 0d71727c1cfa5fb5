"""What is somebody's own: given out whole, and forgotten, save what the law keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.people.contacts import hand_of
from actions.records.noting import note
from domain.actors import Actor
from domain.errors import Refused
from domain.ownership import Own, require_sure
from domain.petitions import Petition
from store.unit import Unit


@dataclass(frozen=True, slots=True)
class OwnData:
    """Every row about somebody, by the name of its table, and when it was gathered (ISO 8601)."""

    gathered_at: str
    records: Mapping[str, Sequence[Mapping[str, Any]]]


async def export(unit: Unit, actor: Actor) -> OwnData:
    """Return all that is kept of whoever asks (law 09-08, art. 7; GDPR, arts 15 and 20)."""
    person_id = require_sure(actor, Own.EXPORT)
    held = await unit.people.addresses(person_id)
    records = await unit.own_records.of(person_id, held, await _signed(unit, person_id))
    await note(unit, actor, "export_own", f"person:{person_id}")
    return OwnData(unit.clock.now().isoformat(), records)


async def erase(unit: Unit, actor: Actor, *, is_sure: bool) -> None:
    """Forget whoever asks.

    What is counted or proved by law stays: signatures without their names, convocations, the audit
    log. Raises Refused unless `is_sure`: they said that they want it; and for whoever is in office,
    or speaks for a petition that is not over.
    """
    person_id = require_sure(actor, Own.ERASE)
    if not is_sure:
        raise Refused("own.say_so")
    if actor.person and actor.person.memberships:
        raise Refused("own.in_office")
    if spoken_for := await unit.own_records.open_petitions(person_id):
        raise Refused("own.mandatary", petitions=spoken_for)
    held = await unit.people.addresses(person_id)
    await unit.signatures.erase(await _signed(unit, person_id))
    await unit.own_records.forget(person_id, held)
    await note(unit, actor, "erase_own", f"person:{person_id}")


async def signed(unit: Unit, person_id: int) -> list[Petition]:
    """Return the petitions that count a signature of whoever asks for their own, newest first."""
    return await unit.petitions.signed_by(await hand_of(unit, person_id))


async def _signed(unit: Unit, person_id: int) -> list[int]:
    """Return what was signed with one of somebody's contacts, by id."""
    return await unit.signatures.with_keys(await hand_of(unit, person_id))
