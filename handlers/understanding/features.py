"""What tells one meaning from another: words, pairs of them, parts of them, and the ideas named."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from handlers.understanding.skeletons import skeleton

PARTS = range(2, 6)  # letters of the parts of words that are compared
# How much each kind weighs.
WORD, PAIR, PART, IDEA = 1.0, 0.7, 0.35, 1.0
SOUND, SOUNDS, IDEAS = 0.7, 0.5, 0.6
NUMBER = "NUMBER"


def features(words: Sequence[str], ideas: Sequence[str]) -> dict[str, float]:
    """Return the features of masked words and ideas, of length 1 together."""
    shown = _shown(words)
    sounds = [word if word.isupper() else skeleton(word) or word for word in shown]
    found = dict.fromkeys(shown, WORD)
    found |= {f"{first} {second}": PAIR for first, second in pairwise(("^", *shown, "$"))}
    found |= {f"~{part}": PART for word in shown for part in _parts(word)}
    found |= {f"%{sound}": SOUND for sound in sounds if len(sound) > 1}
    found |= {f"%{first} {second}": SOUNDS for first, second in pairwise(sounds)}
    found |= {f"@{idea}": IDEA for idea in ideas}
    found |= {f"@{one}&{other}": IDEAS for one, other in combinations(sorted(ideas), 2)}
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
