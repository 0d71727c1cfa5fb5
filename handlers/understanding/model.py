"""How likely each intent is, by weights learnt from the examples (`make model`).

A multinomial logistic regression: what was said has features, each feature has one weight an
intent, and their sums are made probabilities. Learning it is work for a developer's machine;
reading it takes a table and these few lines.
"""

import json
import lzma
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handlers.understanding.features import features
from handlers.understanding.meaning import Intent

WEIGHTS = Path(__file__).parent / "weights.xz"
REMEMBERED = 4096  # utterances: people ask the same things in the same words


@dataclass(frozen=True, slots=True)
class Model:
    """`weights` holds a row of signed bytes a feature, one for each intent, as `scales` times it.

    `temperature` divides the sums, so that the probabilities are as often right as they say.
    `digest` is that of what it was learnt from.
    """

    intents: tuple[Intent, ...]
    rows: Mapping[str, int]
    weights: memoryview
    scales: Sequence[float]
    biases: tuple[float, ...]
    temperature: float
    digest: str

    def probabilities(self, found: Mapping[str, float]) -> dict[Intent, float]:
        """Return how likely each intent is, the likeliest first; all together are 1."""
        sums = list(self.biases)
        width = len(sums)
        for feature, weight in found.items():
            row = self.rows.get(feature)
            if row is not None:
                factor = weight * self.scales[row]
                ours = self.weights[row * width : (row + 1) * width]
                sums = [one + factor * more for one, more in zip(sums, ours, strict=True)]
        return dict(zip(self.intents, self._shares(sums), strict=True))

    def _shares(self, sums: Sequence[float]) -> list[float]:
        highest = max(sums)
        powers = [math.exp((one - highest) / self.temperature) for one in sums]
        total = sum(powers)
        return [power / total for power in powers]


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the model that ships."""
    return unpacked(WEIGHTS.read_bytes())


@lru_cache(maxsize=REMEMBERED)
def likelihoods(words: tuple[str, ...], ideas: tuple[str, ...]) -> tuple[tuple[Intent, float], ...]:
    """Return how likely each intent is for masked words and ideas, the likeliest first."""
    shares = model().probabilities(features(words, ideas))
    return tuple(sorted(shares.items(), key=lambda one: -one[1]))


def packed(facts: Mapping[str, object], scales: Sequence[float], weights: bytes) -> bytes:
    """Return a model as its file: a line of JSON, the scales, the rows; compressed."""
    head = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    return lzma.compress(head + b"\n" + array("f", scales).tobytes() + weights)


def unpacked(file: bytes) -> Model:
    head, _, rest = lzma.decompress(file).partition(b"\n")
    facts = json.loads(head)
    rows = {feature: row for row, feature in enumerate(facts["features"])}
    scales = array("f")
    scales.frombytes(rest[: len(rows) * scales.itemsize])
    return Model(
        intents=tuple(map(Intent, facts["intents"])),
        rows=rows,
        weights=memoryview(rest)[len(rows) * scales.itemsize :].cast("b"),
        scales=scales,
        biases=tuple(facts["biases"]),
        temperature=facts["temperature"],
        digest=facts["digest"],
    )
