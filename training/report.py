"""`make understanding`: measure how well it is understood, and write docs/understanding.md.

What is measured by the examples is cross-validated: a model is learnt from four fifths of them and
asked the fifth. What is measured by the phrases of the tests is asked of the model that ships.
"""

import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.understanding import Intent, guessed
from handlers.understanding.floors import BINDING, BINDING_FLOOR, FLOOR
from handlers.understanding.gallery import examples
from handlers.understanding.model import WEIGHTS, model
from tests.handlers.town_bodies import BODIES
from training.learning import model_of
from training.model import ASIDE, SEED, parted, taught
from training.variety import plain

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "understanding.md"
FIGURES = "<!-- written by `make understanding` from here on -->"
PHRASES = {
    "seen while building": "held_out.toml",
    "written apart, second": "held_out_second.toml",
    "written apart, third": "held_out_third.toml",
    "written apart, fourth": "held_out_fourth.toml",
    "written apart, fifth": "held_out_fifth.toml",
    "written apart, sixth": "held_out_sixth.toml",
}
LANGUAGES = ("fr", "ar", "ary", "ary-Latn", "en")
CONFUSIONS = 8  # shown of each language
WEDNESDAY = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)
CASABLANCA = ZoneInfo("Africa/Casablanca")


@dataclass(frozen=True, slots=True)
class Heard:
    """What was meant, what was understood, and how surely."""

    language: str
    meant: Intent
    told: Intent
    likelihood: float

    @property
    def is_right(self) -> bool:
        return self.meant is self.told

    @property
    def is_acted_on(self) -> bool:
        return self.likelihood >= (BINDING_FLOOR if self.told in BINDING else FLOOR)


def main() -> None:
    crossed = list(_crossed())
    asked = {name: list(_asked(file)) for name, file in PHRASES.items()}
    text = PAGE.read_text("utf-8").partition(FIGURES)[0]
    PAGE.write_text(f"{text}{FIGURES}\n\n" + "\n".join(_figures(crossed, asked)) + "\n", "utf-8")
    for name, heard in {"cross-validation": crossed, **asked}.items():
        print(f"{name}: {_share(heard)} right of {len(heard)}")


def _crossed() -> Iterator[Heard]:
    for fold in range(ASIDE):
        kept, aside = parted(examples(), fold)
        learnt = model_of(taught(kept), model().temperature)
        chance = random.Random(SEED)
        for example in aside:
            shares = learnt.probabilities(plain(example, chance))
            told = max(shares, key=lambda intent: shares[intent])
            yield Heard(example.language, example.intent, told, shares[told])


def _asked(file: str) -> Iterator[Heard]:
    phrases = tomllib.loads((ROOT / "tests" / "handlers" / file).read_text("utf-8"))
    for language, by_intent in phrases.items():
        for intent, said in by_intent.items():
            for text in said:
                told = guessed(text, now=WEDNESDAY, zone=CASABLANCA, language=None, bodies=BODIES)
                yield Heard(language, Intent(intent), told.intent, told.confidence)


def _figures(crossed: Sequence[Heard], asked: dict[str, list[Heard]]) -> Iterator[str]:
    counts = (
        f"{len(examples())} examples, {len(model().intents)} intents, {len(model().rows)} features"
    )
    yield f"{counts}, {WEIGHTS.stat().st_size / 1e6:.2f} MB."
    yield ""
    yield "| right, in hundredths | all | " + " | ".join(LANGUAGES) + " | phrases |"
    yield "|---|" + "--:|" * (len(LANGUAGES) + 2)
    for name, heard in {"cross-validation": crossed, **asked}.items():
        shares = [_share(one for one in heard if one.language == spoken) for spoken in LANGUAGES]
        yield f"| {name} | {_share(heard)} | " + " | ".join(shares) + f" | {len(heard)} |"
    yield from _floors(crossed, asked)
    yield from _confused(crossed)


def _floors(crossed: Sequence[Heard], asked: dict[str, list[Heard]]) -> Iterator[str]:
    yield from ("", "| above the floors | acted on | right of these |", "|---|--:|--:|")
    for name, heard in {"cross-validation": crossed, **asked}.items():
        sure = [one for one in heard if one.is_acted_on]
        yield f"| {name} | {100 * len(sure) / len(heard):.1f} | {_share(sure)} |"


def _confused(crossed: Sequence[Heard]) -> Iterator[str]:
    yield from ("", "What is taken for what, most often (cross-validation):", "")
    mistaken: dict[str, Counter[str]] = defaultdict(Counter)
    for one in crossed:
        if not one.is_right:
            mistaken[one.language][f"{one.meant} → {one.told}"] += 1
    for language in LANGUAGES:
        most = mistaken[language].most_common(CONFUSIONS)
        yield f"- **{language}**: " + "; ".join(f"{what} ({times})" for what, times in most)


def _share(heard: Iterable[Heard]) -> str:
    told = [one.is_right for one in heard]
    return f"{100 * sum(told) / len(told):.1f}" if told else "–"


if __name__ == "__main__":
    main()
