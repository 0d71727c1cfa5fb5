"""What an utterance is most like, among the examples of each intent.

Words, pairs of words and threes of letters are weighed by how telling they are (tf-idf), and
utterances compared by the cosine: no model, no download, and a new example is a line of data.
"""

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.lexicon import Hit, lexicon, stems
from handlers.understanding.meaning import Intent
from handlers.understanding.wording import Word, cleaned, worded

EXAMPLES = Path(__file__).parent / "examples"
LETTERS = 3
SLIP_LENGTH = 6  # letters; shorter words are too near to each other
WORD_WEIGHT, PAIR_WEIGHT, LETTERS_WEIGHT = 0.6, 0.5, 0.4
CONCEPT_WEIGHT, CONCEPT_PAIR_WEIGHT = 1.6, 0.8
UNSEEN = 0.5  # how much of a rare word's weight one has that no example knows
NEIGHBOURS = 4  # the examples of an intent that are asked, the nearest counting most
NEAREST_SHARE = 0.6
COMMON = 0.05  # letters that more examples than this share of them have tell nothing
REMEMBERED = 4096  # likenesses: people ask the same things in the same words
MASKS = ("DATE", "TIME", "OFFSET", "BODY", "NUMBER")
STAND_INS = {f"x{mask.lower()}x": mask for mask in MASKS}  # words nobody says


@dataclass(frozen=True, slots=True)
class Example:
    words: tuple[str, ...]
    concepts: tuple[str, ...]
    intent: Intent
    language: str


class Gallery:
    """The examples, indexed by what tells them apart."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.examples = examples
        counted = [_features(example.words, example.concepts) for example in examples]
        spread = Counter(feature for one in counted for feature in one)
        self._rarity = {
            feature: math.log(1 + len(examples) / spread[feature]) for feature in spread
        }
        self._unseen = UNSEEN * math.log(1 + len(examples))
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, one in enumerate(counted):
            for feature, weight in self._weighed(one).items():
                if not (feature[0] == "~" and spread[feature] > COMMON * len(examples)):
                    self._index[feature].append((number, weight))

    def likeness(self, words: Sequence[str], concepts: Sequence[str]) -> dict[Intent, float]:
        """Return how near the nearest examples of each intent are."""
        near: dict[int, float] = defaultdict(float)
        for feature, weight in self._weighed(_features(words, concepts)).items():
            for number, its_weight in self._index.get(feature, ()):
                near[number] += weight * its_weight
        by_intent: dict[Intent, list[float]] = defaultdict(list)
        for number, cosine in near.items():
            by_intent[self.examples[number].intent].append(cosine)
        return {intent: _agreed(cosines) for intent, cosines in by_intent.items()}

    def _weighed(self, features: Mapping[str, float]) -> dict[str, float]:
        weighed = {
            feature: count * self._rarity.get(feature, self._unseen)
            for feature, count in features.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        return {feature: weight / length for feature, weight in weighed.items()}


@lru_cache(maxsize=1)
def gallery() -> Gallery:
    """Return the examples of the house."""
    return Gallery(list(_examples()))


@lru_cache(maxsize=REMEMBERED)
def likeness(words: tuple[str, ...], ideas: tuple[str, ...]) -> Mapping[Intent, float]:
    """Return how like an utterance is to the examples of each intent, 0 to 1."""
    return MappingProxyType(gallery().likeness(words, ideas))


def _agreed(cosines: Iterable[float]) -> float:
    best = sorted(cosines, reverse=True)[:NEIGHBOURS]
    rest = best[1:] or [0.0]
    return NEAREST_SHARE * best[0] + (1 - NEAREST_SHARE) * sum(rest) / (NEIGHBOURS - 1)


def concepts(words: Sequence[Word]) -> tuple[str, ...]:
    """Return the ideas named, the same in every language."""
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


def _examples() -> Iterator[Example]:
    for file in sorted(EXAMPLES.glob("*.toml")):
        for intent, said in tomllib.loads(file.read_text("utf-8")).items():
            for text in said:
                words = worded(cleaned(_with_stand_ins(text)))
                norms = tuple(STAND_INS.get(word.norm, word.norm) for word in words)
                yield Example(norms, concepts(words), Intent(intent), file.stem)


def _with_stand_ins(text: str) -> str:
    for word, mask in STAND_INS.items():
        text = text.replace(f"{{{mask.lower()}}}", f" {word} ")
    return text


def _features(words: Sequence[str], ideas: Sequence[str]) -> dict[str, float]:
    features: dict[str, float] = defaultdict(float)
    for word in words:
        features[word] += WORD_WEIGHT
        if not word.isupper():
            padded = f"_{word}_"
            share = LETTERS_WEIGHT / math.sqrt(max(len(word), 1))
            for at in range(len(padded) - LETTERS + 1):
                features[f"~{padded[at : at + LETTERS]}"] += share
    for first, second in zip(("^", *words), (*words, "$"), strict=True):
        features[f"{first} {second}"] += PAIR_WEIGHT
    for idea in ideas:
        features[f"@{idea}"] += CONCEPT_WEIGHT
    for pair in combinations(ideas, 2):
        features["@" + "@".join(pair)] += CONCEPT_PAIR_WEIGHT
    return features
