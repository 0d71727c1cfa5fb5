"""The ideas an utterance names, the same in every language."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.lexicon import Hit, lexicon, stems
from handlers.understanding.wording import Word

SLIP_LENGTH = 6  # letters; shorter words are too near to each other


def ideas(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what `words/concepts.toml` has a name for, in any tongue, by word or by stem."""
    hits = lexicon("concepts", "concept").found(words)
    stemmed = {idea for word in words for idea in _stemmed(word.norm)}
    return tuple(sorted({hit.value for hit in hits} | stemmed | _misspelt(words, hits)))


def _misspelt(words: Sequence[Word], hits: Iterable[Hit]) -> set[str]:
    """Return the ideas whose word is one slip away from one that names nothing."""
    told = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    slips = {_one_slip_away(word.norm) for at, word in enumerate(words) if at not in told}
    return {idea for idea in slips if idea}


@lru_cache(maxsize=8192)
def _one_slip_away(norm: str) -> str | None:
    if len(norm) < SLIP_LENGTH or _stemmed(norm):
        return None
    names = lexicon("concepts", "concept").single_words
    near = process.extractOne(norm, names.keys(), scorer=OSA.distance, score_cutoff=1)
    return names[near[0]] if near and near[0][0] == norm[0] else None


@lru_cache(maxsize=8192)
def _stemmed(norm: str) -> tuple[str, ...]:
    return tuple(idea for idea, stem in _stems() if stem.search(norm))


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((idea, re.compile(stem)) for idea, stem in stems("concepts").items())
