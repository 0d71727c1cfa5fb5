"""Reading the words of everything anew, when words are read in another way than before."""

from domain.searching import READING
from store.unit import Unit

READ_AS = "search_words"  # the fact that names how the words in the catalogue were read


async def catalogue(unit: Unit) -> bool:
    """Enter everything in the catalogue anew, unless it was read as words are read now.

    Return whether that was necessary. Safe to repeat, and in several processes at once.
    """
    if await unit.facts.value(READ_AS) == READING:
        return False
    await unit.catalogue.read_anew()
    await unit.references.read_anew()
    await unit.facts.remember(READ_AS, READING)
    return True
