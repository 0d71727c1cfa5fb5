"""Numbers of two words, made of the words for tens and for units."""

from collections.abc import Iterator, Mapping

from handlers.understanding.wording import norms

Tables = Mapping[str, Mapping[str, list[str]]]
Phrase = tuple[str, ...]

MOST_UNITS = 9
TENS_LAST = {"number": "tens_last", "ordinal": "tens_last_of_ordinals"}


def compounds(tables: Tables, kind: str) -> Iterator[tuple[Phrase, int]]:
    """Yield `twenty two` and `vingt et un`, then `خمسة وعشرون` and `khmsa w 3chrin`; or ordinals.

    `kind` is the table of the units: `number` or `ordinal`.
    """
    units = [(phrase, one) for phrase, one in _phrases(tables[kind]) if one <= MOST_UNITS]
    for tens, ten in _phrases(tables["tens_first"]):
        yield from ((tens + unit, ten + one) for unit, one in units)
    for tens, ten in _phrases(tables[TENS_LAST[kind]]):
        yield from ((unit + tens, ten + one) for unit, one in units)


def _phrases(table: Mapping[str, list[str]]) -> list[tuple[Phrase, int]]:
    return [(norms(said), int(value)) for value, phrases in table.items() for said in phrases]
