"""Weights learnt from lessons: scikit-learn's logistic regression, made small enough to ship."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from handlers.understanding.meaning import Intent
from handlers.understanding.model import Model, packed, unpacked
from training.variety import Lesson

STRENGTH = 8.0  # the inverse of how much large weights are held back
ROUNDS = 120
RARE = 2  # a feature of fewer lessons teaches nothing about others
SMALLEST = 0.15  # a feature that moves no intent by as much is left out
LARGEST = 127  # of a signed byte
TEMPERATURES = tuple(0.25 + step / 40 for step in range(50))

Asked = Sequence[tuple[Mapping[str, float], Intent]]


def learnt(lessons: Sequence[Lesson], *, digest: str = "", temperature: float = 1.0) -> bytes:
    """Return the model of some lessons as its file."""
    names, fitted = _fitted(lessons)
    weights = fitted.coef_.T
    kept = np.flatnonzero(np.abs(weights).max(axis=1) >= SMALLEST)
    scales = np.abs(weights[kept]).max(axis=1) / LARGEST
    rows = np.rint(weights[kept] / scales[:, None]).astype(np.int8)
    facts = {
        "intents": list(fitted.classes_),
        "features": [names[at] for at in kept],
        "biases": [round(float(bias), 4) for bias in fitted.intercept_],
        "temperature": temperature,
        "digest": digest,
    }
    return packed(facts, [float(scale) for scale in scales], rows.tobytes())


def calibrated(model: Model, asked: Asked) -> float:
    """Return the temperature at which the model is as often right as it says."""
    told = [(_logarithms(model.probabilities(found)), meant) for found, meant in asked]
    return min(TEMPERATURES, key=lambda temperature: _surprise(told, temperature))


def model_of(lessons: Sequence[Lesson], temperature: float = 1.0) -> Model:
    return unpacked(learnt(lessons, temperature=temperature))


def _fitted(lessons: Sequence[Lesson]) -> tuple[list[str], LogisticRegression]:
    spread = Counter(feature for lesson in lessons for feature in lesson.features)
    told = [
        {name: weight for name, weight in one.features.items() if spread[name] >= RARE}
        for one in lessons
    ]
    table = DictVectorizer()
    fitted = LogisticRegression(C=STRENGTH, max_iter=ROUNDS)
    fitted.fit(
        table.fit_transform(told),
        [str(one.intent) for one in lessons],
        sample_weight=[one.weight for one in lessons],
    )
    return list(table.get_feature_names_out()), fitted


def _logarithms(shares: Mapping[Intent, float]) -> dict[Intent, float]:
    return {intent: math.log(max(share, 1e-12)) for intent, share in shares.items()}


def _surprise(told: Sequence[tuple[Mapping[Intent, float], Intent]], temperature: float) -> float:
    """Return how surprising the truth is, all told (the negative logarithm of the likelihood)."""
    total = 0.0
    for sums, meant in told:
        powers = {intent: math.exp(one / temperature) for intent, one in sums.items()}
        total -= math.log(powers[meant] / sum(powers.values()))
    return total
