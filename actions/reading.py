"""Reading: a letter in the mailbox is opened."""

from domain.people import Person
from store.letters import Letter
from store.unit import Unit


async def open_letter(unit: Unit, person: Person, letter_id: int) -> Letter | None:
    """Open one of a person's letters; None when they have no such letter."""
    letter = await unit.letters.by_id(letter_id, person_id=person.id)
    if letter:
        await unit.letters.open(letter.id)
    return letter
