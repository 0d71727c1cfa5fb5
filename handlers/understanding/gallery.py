"""What people write, as examples: data, in `examples/<language>.toml`, by what they mean.

What was named stands in braces: `{date}`, `{number}` and their like are masked as they are when
somebody speaks; `{topic}`, `{person}` and their like may be anything of that kind.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handlers.understanding.ideas import ideas
from handlers.understanding.meaning import Intent
from handlers.understanding.wording import cleaned, normal, worded

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
POOLS = HERE / "words" / "pools.toml"
# What the weights of the model were learnt from: other words, other weights.
LEARNT_FROM = (
    POOLS,
    HERE / "words" / "concepts.toml",
    HERE / "features.py",
    HERE / "skeletons.py",
)
MASKS = ("DATE", "TIME", "OFFSET", "BODY", "NUMBER")
STAND_INS = {normal(f"x{mask}x"): mask for mask in MASKS}  # words nobody says
ANYTHING = re.compile(r"\{(topic|person|outlet|office|place)\}")


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    intent: Intent
    language: str


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    return tuple(_read())


@lru_cache(maxsize=1)
def pools() -> dict[str, dict[str, list[str]]]:
    """Return what may stand for anything, by language and kind."""
    return tomllib.loads(POOLS.read_text("utf-8"))


def filled_in(text: str, chosen: Callable[[str], str]) -> str:
    """Return an example with something for `{topic}` and its like; `chosen` is told the kind."""
    return ANYTHING.sub(lambda found: chosen(found[1]), text)


def seen(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of an example, masked as an utterance's are, and the ideas it names."""
    for word, mask in STAND_INS.items():
        text = text.replace(f"{{{mask.lower()}}}", f" {word} ")
    words = worded(cleaned(text))
    return tuple(STAND_INS.get(word.norm, word.norm) for word in words), ideas(words)


def spoken_words(example: Example) -> tuple[str, ...]:
    """Return the words of an example's own language, without what only stands for something."""
    plain = ANYTHING.sub(" ", example.text)
    for mask in MASKS:
        plain = plain.replace(f"{{{mask.lower()}}}", " ")
    return tuple(word.norm for word in worded(cleaned(plain)))


def digest() -> str:
    """Return a digest of all that the model was learnt from."""
    files = [*sorted(EXAMPLES.glob("*.toml")), *LEARNT_FROM]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _read() -> Iterator[Example]:
    for file in sorted(EXAMPLES.glob("*.toml")):
        for intent, said in tomllib.loads(file.read_text("utf-8")).items():
            for text in said:
                yield Example(text, Intent(intent), file.stem)
