"""Examples as people vary them: with something for `{topic}`, with manners around, with slips."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from handlers.understanding.features import features
from handlers.understanding.gallery import ANYTHING, Example, filled_in, pools, seen
from handlers.understanding.meaning import Intent

FILLINGS = 4  # ways to fill an example in
OPENED = 0.6  # the share of manners that come before; the others come after
SLIP_LENGTH = 5  # letters of words in which one slips
MANNERLESS = frozenset({Intent.GREETING, Intent.THANKS, Intent.CANCEL})


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one variant of an example teaches, and how much: all of an example count as one."""

    features: dict[str, float]
    intent: Intent
    weight: float


def lessons(example: Example, chance: random.Random) -> list[Lesson]:
    variants = list(_variants(example, chance))
    return [Lesson(features(*seen(text)), example.intent, 1 / len(variants)) for text in variants]


def plain(example: Example, chance: random.Random) -> dict[str, float]:
    """Return the features of an example as it stands, to be asked rather than taught."""
    return features(*seen(filled_in(example.text, _chooser(example, chance))))


def _variants(example: Example, chance: random.Random) -> Iterator[str]:
    choose = _chooser(example, chance)
    ways = FILLINGS if ANYTHING.search(example.text) else 1
    yield from (filled_in(example.text, choose) for _ in range(ways))
    text = filled_in(example.text, choose)
    if example.intent not in MANNERLESS:
        said_first = chance.random() < OPENED
        yield f"{choose('opener')} {text}" if said_first else f"{text} {choose('closer')}"
    yield from _slipped(text, chance)


def _chooser(example: Example, chance: random.Random) -> Callable[[str], str]:
    return lambda kind: chance.choice(pools()[example.language][kind])


def _slipped(text: str, chance: random.Random) -> Iterator[str]:
    """Yield the text with a letter left out, doubled, or changing places, where one may be."""
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) >= SLIP_LENGTH and "{" not in word]
    if long:
        at = chance.choice(long)
        word, place = words[at], chance.randrange(1, len(words[at]) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        slips = (
            before + after,
            before + letter + letter + after,
            before + after[0] + letter + after[1:],
        )
        yield " ".join((*words[:at], chance.choice(slips), *words[at + 1 :]))
