"""Reading a petition's words: those that a person must see first, and what is like it already."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

from domain.folding import folded
from domain.petitions.petition import Petition

WORDS = re.compile(r"[^\W_]+")
ALIKE = 72  # of 100: below, two subjects share words and no more
MOST_ALIKE = 3
NUMBERS = re.compile(r"\b(?:\+?212|0)\s?[5-7](?:[\s.-]?\d){8}\b|\b[a-z]{1,2}\s?\d{5,6}\b")
# Words that most petitions have, so that they tell none from another.
COMMON = frozenset(
    folded(
        "le la les l un une des du de d au aux en et ou dans pour par sur contre avec notre nos "
        "petition demande creation amenagement rue quartier ville commune casablanca the a of to "
        "in for and we on من في على إلى عن مع أجل عريضة طلب حي شارع مدينة الدار البيضاء"
    ).split()
)


@lru_cache(maxsize=1)
def _blocked() -> tuple[tuple[str, str], ...]:
    text = files("domain.petitions").joinpath("blocked.toml").read_text("utf-8")
    return tuple(
        (why, folded(word)) for why, words in tomllib.loads(text).items() for word in words
    )


def held_for(text: str) -> tuple[str, ...]:
    """Return why a person should read a text first: `insults`, `advertising`, `personal_data`."""
    words = f" {' '.join(WORDS.findall(folded(text)))} "
    found = {why for why, word in _blocked() if f" {word} " in words}
    if NUMBERS.search(folded(text)):
        found.add("personal_data")
    return tuple(sorted(found))


def similar(subject: str, others: Iterable[Petition]) -> list[Petition]:
    """Return the petitions whose subjects are the likest, the likest first."""
    words = _telling(subject)
    likeness = [(fuzz.token_set_ratio(words, _telling(one.subject)), one) for one in others]
    near = sorted((pair for pair in likeness if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [one for _, one in near[:MOST_ALIKE]] if words else []


def _telling(subject: str) -> str:
    return " ".join(word for word in WORDS.findall(folded(subject)) if word not in COMMON)
