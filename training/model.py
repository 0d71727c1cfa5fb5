"""`make model`: learn the weights of understanding anew from the examples, always the same.

A fifth of the examples is put aside to see how sure the model may be; then it learns from all.
"""

import random

from handlers.understanding.gallery import Example, digest, examples
from handlers.understanding.model import WEIGHTS, unpacked
from training.learning import calibrated, learnt, model_of
from training.variety import Lesson, lessons, plain

SEED = 2026
ASIDE = 5  # one of so many examples is put aside


def main() -> None:
    temperature = _temperature()
    file = learnt(taught(examples()), digest=digest(), temperature=temperature)
    WEIGHTS.write_bytes(file)
    model = unpacked(file)
    print(
        f"{len(examples())} examples, {len(model.intents)} intents, {len(model.rows)} features, "
        f"temperature {temperature:.2f}, {len(file) / 1e6:.2f} MB"
    )


def taught(some: tuple[Example, ...]) -> list[Lesson]:
    """Return what some examples teach."""
    chance = random.Random(SEED)
    return [lesson for example in some for lesson in lessons(example, chance)]


def parted(some: tuple[Example, ...], fold: int) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Return the examples but those of one fold, and those of the fold."""
    shuffled = random.Random(SEED).sample(some, len(some))
    aside = shuffled[fold::ASIDE]
    kept = [one for at, one in enumerate(shuffled) if at % ASIDE != fold]
    return tuple(kept), tuple(aside)


def _temperature() -> float:
    kept, aside = parted(examples(), 0)
    chance = random.Random(SEED)
    asked = [(plain(example, chance), example.intent) for example in aside]
    return calibrated(model_of(taught(kept)), asked)


if __name__ == "__main__":
    main()
