"""Words as they are compared: without case, accents, vowel signs, punctuation or odd spaces."""

import re
import unicodedata
from functools import lru_cache

# What decomposition does not tell: letters written for one another, ligatures, and tatweel.
ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "œ": "oe", "æ": "ae", "\u0640": ""})
NOT_A_WORD = re.compile(r"[\W_]+")
GAP = re.compile(r"\s")
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # Unicode's general categories


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return `text` so that spellings of the same words are equal: `  Aïn-CHOCK ` is `ain chock`.

    Arabic loses its vowel signs and hamzas, and all digits become 0-9.
    """
    letters = unicodedata.normalize("NFKD", visible(text).casefold()).translate(ALIKE)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return NOT_A_WORD.sub(" ", latin_digits(kept)).strip()


def latin_digits(text: str) -> str:
    """Return `text` with every decimal digit, in whatever script, written 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def visible(text: str) -> str:
    """Return `text` composed (NFC), without what cannot be seen, each gap one space."""
    if not (text.isascii() and text.isprintable()):
        spaced = GAP.sub(" ", unicodedata.normalize("NFC", text))
        text = "".join(sign for sign in spaced if unicodedata.category(sign) not in INVISIBLE)
    return " ".join(text.split())
