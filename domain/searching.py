"""Looking for things in people's own words: whatever the accents, the script, or the language."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from domain.agenda import ItemState
from domain.documents import DocumentKind
from domain.folding import folded

THEMES = Path(__file__).with_name("themes.toml")
READING = "2"  # of words: another one has everything read anew
SHORTEST = 3  # letters of a stem
EXACT = 3  # a stem as short as this says the whole word; a longer one, how the word begins
LONGEST = 40  # letters of a stem
MOST_STEMS = 2000  # of one text
LATIN_ENDINGS = ("es", "e", "s", "x")
ARABIC_OPENINGS = ("وال", "بال", "فال", "كال", "لل", "ال")
ARABIC_ENDINGS = ("ات", "ه")

Phrase = tuple[str, ...]
"""Stems that stand together in what is looked for."""

Wanted = tuple[tuple[Phrase, ...], ...]
"""What is looked for: each must be there, in one of its ways to say it."""


class Sought(StrEnum):
    """What can be looked for in words."""

    ITEM = "item"
    DOCUMENT = "document"
    DECISION = "decision"
    PETITION = "petition"
    TEXT = "text"  # of the town hall, that is out


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found.

    `of` is its id; `starts` is the wall time of its session's first sitting. `number` and `state`
    are an item's, `item_id` and `document_kind` a document's.
    """

    sought: Sought
    of: int
    session_id: int
    body_key: str
    title: str
    starts: datetime | None = None
    number: str = ""
    state: ItemState | None = None
    item_id: int | None = None
    document_kind: DocumentKind | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """Something found that people call by its reference, with its id, its body and its state."""

    sought: Sought
    ref: str
    of: int
    body_key: str
    title: str
    state: str

    @property
    def says(self) -> str:
        """The phrase that names its state."""
        kind = "approval" if self.sought is Sought.TEXT else self.sought
        return f"council.{kind}_{self.state}"


def stems(text: str) -> Phrase:
    """Return the stems of a text, each once, in order; words that say nothing are left out."""
    words = (word for word in folded(text).split() if word not in _silent())
    return tuple(dict.fromkeys(_stem(word)[:LONGEST] for word in words))[:MOST_STEMS]


def wanted(text: str) -> Wanted:
    """Return what somebody looks for: `propreté` is also `النظافة`, and `cleanliness`."""
    left = list(stems(text))
    groups: list[tuple[Phrase, ...]] = []
    for theme in _themes():
        said = next((phrase for phrase in theme if set(phrase) <= set(left)), None)
        if said:
            groups.append(theme)
            left = [stem for stem in left if stem not in said]
    return (*groups, *(((stem,),) for stem in left))


def is_about(what: Wanted, text: str) -> bool:
    """Say whether a text has what is looked for, as the catalogue finds it."""
    known = stems(text)
    return bool(what) and all(
        any(all(_has(known, stem) for stem in phrase) for phrase in ways) for ways in what
    )


def _has(known: Phrase, stem: str) -> bool:
    if len(stem) <= EXACT:
        return stem in known
    return any(word.startswith(stem) for word in known)


def _stem(word: str) -> str:
    if word.isascii():
        return _without_ending(word, LATIN_ENDINGS)
    opening = next((one for one in ARABIC_OPENINGS if word.startswith(one)), "")
    bare = word.removeprefix(opening)
    return _without_ending(bare if len(bare) >= SHORTEST else word, ARABIC_ENDINGS)


def _without_ending(word: str, endings: Sequence[str]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    with THEMES.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _silent() -> frozenset[str]:
    return frozenset(folded(word) for words in _tables()["silent"].values() for word in words)


@lru_cache(maxsize=1)
def _themes() -> tuple[tuple[Phrase, ...], ...]:
    """Return the ways to say each theme, the longest first: it is the surest."""
    said: Final = _tables()["themes"].values()
    return tuple(tuple(sorted(map(stems, ways), key=len, reverse=True)) for ways in said)
