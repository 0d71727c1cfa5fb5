"""Words without what two spellings of them differ in: `العريضة`, `l3arida` and `3arida` are `3rd`.

Darija has no one spelling, and is written in two scripts. Letters of one sound are made one,
short vowels, doubled letters and joined particles are left out, so that what an example says in
one script is known in the other.
"""

import re
from functools import lru_cache

ARABIC = str.maketrans(
    {
        **dict.fromkeys("اأإآهئؤ", ""),
        **dict(zip("بجحخدرزسشعغفقكلمن", "bj7xdrzsc3gfqklmn", strict=True)),
        **dict.fromkeys("تثط", "t"),
        **dict.fromkeys("ذضظ", "d"),
        "ص": "s",
        "و": "w",
        "ي": "y",
    }
)
# Longer ones first; 3 and 7 are the letters themselves.
LATIN = (
    ("kh", "x"), ("ch", "c"), ("sh", "c"), ("gh", "g"), ("ou", "w"), ("oo", "w"),
    ("5", "x"), ("8", "g"), ("4", "g"), ("9", "q"), ("6", "t"), ("2", ""),
    ("u", "w"), ("o", "w"), ("i", "y"), ("v", "f"), ("p", "b"), ("h", "7"), ("a", ""), ("e", ""),
)  # fmt: skip
IS_ARABIC = re.compile(r"[\u0620-\u064a]")
JOINED = re.compile(r"w?[bfkl]?l?(?=..)")
LONG_VOWEL = re.compile("[wy]")
DOUBLED = re.compile(r"(.)\1+")
SHORTEST_JOINED = 3  # sounds; in shorter words nothing is joined


@lru_cache(maxsize=8192)
def skeleton(norm: str) -> str:
    """Return the consonants of a compared word, as both scripts write them; may be empty."""
    sounds = norm.translate(ARABIC) if IS_ARABIC.match(norm) else _heard(norm)
    if len(sounds) > SHORTEST_JOINED:
        sounds = JOINED.sub("", sounds, count=1)
    first, rest = sounds[:1], LONG_VOWEL.sub("", sounds[1:])
    return DOUBLED.sub(r"\1", LONG_VOWEL.sub("", first) + rest)


def _heard(norm: str) -> str:
    for written, sound in LATIN:
        norm = norm.replace(written, sound)
    return norm
