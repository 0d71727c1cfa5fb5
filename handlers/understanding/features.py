"""What tells one meaning from another: words, pairs of them, parts of them, and the ideas named."""

import math
from collections.abc import Iterator, Sequence

PARTS = range(2, 6)  # letters of the parts of words that are compared
WORD, PAIR, PART, IDEA = 1.0, 0.7, 0.35, 1.0  # how much each kind weighs
NUMBER = "NUMBER"


def features(words: Sequence[str], ideas: Sequence[str]) -> dict[str, float]:
    """Return the features of masked words and ideas, of length 1 together."""
    shown = _shown(words)
    found = dict.fromkeys(shown, WORD)
    found |= {
        f"{first} {second}": PAIR
        for first, second in zip(("^", *shown), (*shown, "$"), strict=True)
    }
    found |= {f"~{part}": PART for word in shown for part in _parts(word)}
    found |= {f"@{idea}": IDEA for idea in ideas}
    length = math.sqrt(sum(weight * weight for weight in found.values()))
    return {feature: weight / length for feature, weight in found.items()}


def _shown(words: Sequence[str]) -> list[str]:
    """Return the words with any number for one number, and no mask twice in a row."""
    shown: list[str] = []
    for word in words:
        one = NUMBER if word.isdecimal() else word
        if not (one.isupper() and shown[-1:] == [one]):
            shown.append(one)
    return shown


def _parts(word: str) -> Iterator[str]:
    if word.isupper():  # a mask
        return
    padded = f"_{word}_"
    for length in PARTS:
        for at in range(len(padded) - length + 1):
            yield padded[at : at + length]
