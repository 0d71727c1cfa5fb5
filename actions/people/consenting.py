"""Consenting: the language a person wants, what they want to be told, where, when, and STOP."""

from collections.abc import Callable

from actions.records.noting import note
from domain.actors import Actor, Post
from domain.addresses import Channel
from domain.errors import Refused
from domain.people import Person
from domain.phrasebook import LANGUAGES
from domain.quiet_hours import checked
from domain.rights import Act, require_for
from domain.topics import EVERYTHING
from domain.wishes import Preferences
from store.unit import Unit

Changing = Callable[[Preferences], Preferences]


async def choose_language(unit: Unit, person: Person, language: str) -> None:
    """Write to a person in this language from now on."""
    if language not in LANGUAGES:
        raise Refused("consent.unknown_language", language=language)
    await unit.people.speak(person.id, language)


async def wish(unit: Unit, person: Person, channel: Channel, *, is_wanted: bool) -> None:
    """Use a channel for what is informational, or leave it alone."""
    await change(
        unit,
        person.id,
        lambda asked: asked.wanting(EVERYTHING, channel, is_wanted=is_wanted),
        facts={"channel": channel, "is_wanted": is_wanted},
    )


async def change(
    unit: Unit,
    person_id: int,
    changing: Changing,
    *,
    act: str = "wish",
    facts: dict[str, object] | None = None,
    actor: Actor | None = None,
) -> int:
    """Change somebody's preferences, and return the change's number, by which it can be undone.

    Raises Refused when their quiet hours would have no end.
    """
    if actor is not None:
        require_for(actor, person_id, Act.CHANGE_WISHES)
    earlier = await unit.preferences.of(person_id, to_change=True)
    changed = changing(earlier.now)
    checked(changed.quiet)
    version = await unit.preferences.keep(person_id, changed, earlier=earlier)
    subject = f"person:{person_id}"
    whose = actor or Actor(Post.CITIZEN, subject)
    await note(unit, whose, act, subject, version=version, **(facts or {}))
    return version


async def stop(
    unit: Unit, person_id: int, channel: Channel | None = None, *, actor: Actor | None = None
) -> int:
    """Tell somebody nothing informational any more, on a channel or on all; binds at once.

    What waits is withdrawn. Safe to repeat. Returns the change's number.
    """
    version = await change(
        unit,
        person_id,
        lambda asked: asked.stopping(channel),
        act="stop",
        facts={"channel": channel or "all"},
        actor=actor,
    )
    await unit.preferences.withdraw(person_id, channel)
    return version


async def start(
    unit: Unit, person_id: int, channel: Channel | None = None, *, actor: Actor | None = None
) -> int:
    """Take a STOP back, of a channel (and of all) or of every one."""
    return await change(
        unit,
        person_id,
        lambda asked: asked.starting(channel),
        act="start",
        facts={"channel": channel or "all"},
        actor=actor,
    )


async def undo(unit: Unit, person_id: int, version: int) -> bool:
    """Bring back what stood before a change; False, and nothing is changed, if it is not the last.

    What a STOP has withdrawn stays withdrawn.
    """
    earlier = await unit.preferences.of(person_id, to_change=True)
    if earlier.version != version:
        return False
    await change(unit, person_id, lambda _: earlier.before, act="undo_wish")
    return True
