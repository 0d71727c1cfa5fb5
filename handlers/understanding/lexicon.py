"""Words that name something, kept as data and found in what is said."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from handlers.understanding.wording import Word, bare_forms, norms

WORDS = Path(__file__).parent / "words"
LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """What some words name; `first` and `last` are positions among the words."""

    value: str
    first: int
    last: int


class Lexicon:
    """Phrases, and what each names. The first to claim a phrase has it."""

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        self._known: dict[tuple[str, ...], str] = {}
        for value, phrases in named.items():
            for phrase in phrases:
                self._known.setdefault(norms(phrase), value)
        self.single_words = {
            phrase[0]: value for phrase, value in self._known.items() if len(phrase) == 1
        }

    def found(self, words: Sequence[Word]) -> list[Hit]:
        """Return what is named, in order, the longest phrase at each place."""
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            hit = self._at(words, at)
            if hit:
                hits.append(hit)
            at = hit.last + 1 if hit else at + 1
        return hits

    def _at(self, words: Sequence[Word], at: int) -> Hit | None:
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            rest = tuple(word.norm for word in words[at + 1 : at + length])
            for first in bare_forms(words[at].norm):
                value = self._known.get((first, *rest))
                if value is not None:
                    return Hit(value, at, at + length - 1)
        return None


@cache
def lexicon(file: str, table: str) -> Lexicon:
    """Return a table of `words/<file>.toml`."""
    return Lexicon(tables(file)[table])


def tables(file: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the tables of `words/<file>.toml` that list phrases."""
    return _read(file)


def stems(file: str) -> Mapping[str, str]:
    """Return the regular expressions of `words/<file>.toml`, by what they name."""
    named: Mapping[str, str] = _read(file)["stem"]
    return named


@cache
def _read(file: str) -> Mapping[str, Any]:
    return tomllib.loads((WORDS / f"{file}.toml").read_text("utf-8"))
