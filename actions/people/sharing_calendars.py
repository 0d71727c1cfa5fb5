"""Sharing one's calendar: a secret link that other programs read, made and taken back."""

from actions.records.noting import note
from domain.actors import Actor
from domain.errors import Refused
from store.unit import Unit


async def open_calendar(unit: Unit, actor: Actor, token: str) -> None:
    """Let one's own calendar be read with this token, and with none that was made before."""
    if actor.person is None:
        raise Refused("link.needed")
    await unit.calendars.open(actor.person.id, token)
    await note(unit, actor, "open_calendar", f"person:{actor.person.id}")


async def close_calendar(unit: Unit, actor: Actor) -> None:
    """Let nobody read one's calendar by a link any more. Safe to repeat."""
    if actor.person is None:
        raise Refused("link.needed")
    if await unit.calendars.close(actor.person.id):
        await note(unit, actor, "close_calendar", f"person:{actor.person.id}")
