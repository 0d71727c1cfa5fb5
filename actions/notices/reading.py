"""Reading: what a person does with the letters in their mailbox."""

from datetime import datetime

from domain.people import Person
from store.letters import Letter
from store.unit import Unit


async def open_letter(unit: Unit, person: Person, letter_id: int) -> Letter | None:
    """Open one of a person's letters; None when they have no such letter, as in all verbs here."""
    letter = await unit.letters.by_id(letter_id, person_id=person.id)
    if letter:
        await unit.letters.open(letter.id)
        await unit.escalations.stop(person.id, letter_id=letter.id)
    return letter


async def keep_unread(unit: Unit, person: Person, letter_id: int) -> Letter | None:
    """Let a letter wait to be read again; the proof that it was opened stays."""
    letter = await unit.letters.by_id(letter_id, person_id=person.id)
    if letter:
        await unit.letters.keep_unread(letter.id)
    return letter


async def archive(unit: Unit, person: Person, letter_id: int) -> Letter | None:
    """Put a letter away; `bring_back` undoes it."""
    letter = await unit.letters.by_id(letter_id, person_id=person.id)
    if letter:
        await unit.letters.archive(letter.id)
    return letter


async def snooze(unit: Unit, person: Person, letter_id: int, until: datetime) -> Letter | None:
    """Put a letter out of sight until an instant; `bring_back` undoes it."""
    letter = await unit.letters.by_id(letter_id, person_id=person.id)
    if letter:
        await unit.letters.snooze(letter.id, until)
    return letter


async def bring_back(unit: Unit, person: Person, letter_id: int) -> Letter | None:
    letter = await unit.letters.by_id(letter_id, person_id=person.id)
    if letter:
        await unit.letters.bring_back(letter.id)
    return letter
