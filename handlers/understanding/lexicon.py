"""Words that name something, kept as data and found in what is said."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from handlers.understanding.wording import Word, bare_forms, norms

WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Hit:
    """What some words name; `first` and `last` are positions among the words."""

    value: str
    first: int
    last: int


class Lexicon:
    """Phrases, and what each names. The first to claim a phrase has it."""

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        known: dict[tuple[str, ...], str] = {}
        for value, phrases in named.items():
            for phrase in phrases:
                known.setdefault(norms(phrase), value)
        self.single_words = {
            phrase[0]: value for phrase, value in known.items() if len(phrase) == 1
        }
        # By their first word, which most of what is said does not have; the longest phrase first.
        self._opened_by: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for claimed in sorted(filter(None, known), key=len, reverse=True):
            self._opened_by[claimed[0]].append((claimed[1:], known[claimed]))

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
        longest: Hit | None = None
        for first in bare_forms(words[at].norm):
            for rest, value in self._opened_by.get(first, ()):
                last = at + len(rest)
                if longest and last <= longest.last:
                    break
                if tuple(word.norm for word in words[at + 1 : last + 1]) == rest:
                    longest = Hit(value, at, last)
                    break
        return longest


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
