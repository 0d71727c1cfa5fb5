"""Consenting: the language and the channels a person wants."""

from domain.addresses import Channel
from domain.errors import Refused
from domain.people import Person
from domain.phrasebook import LANGUAGES
from store.unit import Unit


async def choose_language(unit: Unit, person: Person, language: str) -> None:
    """Write to a person in this language from now on."""
    if language not in LANGUAGES:
        raise Refused("consent.unknown_language", language=language)
    await unit.people.speak(person.id, language)


async def wish(unit: Unit, person: Person, channel: Channel, *, is_wanted: bool) -> None:
    """Use a channel for what is informational, or leave it alone."""
    await unit.people.wish(person.id, channel, is_wanted=is_wanted)
    await unit.audit.append(
        actor=f"person:{person.id}",
        act="wish",
        subject=f"person:{person.id}",
        facts={"channel": channel, "is_wanted": is_wanted},
    )
