"""Words as they are compared: without accents, vowel signs, doubled letters or politeness."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from domain.messages import MESSAGE_OF_A_TALKER

SHORTHAND = Path(__file__).parent / "words" / "shorthand.toml"
WORDS_READ = 80  # what was meant stands in the first ones; the rest is a letter
LONGEST_WORD = 40  # characters compared of one word

# Controls, lone surrogates and direction marks are never said; tatweel only stretches.
UNSAID = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u0640\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"
)
ISO_T = re.compile(r"(?<=\d-\d\d)T(?=\d\d:)")
WORD = re.compile(
    r"(?<![^\W_])[وفبل](?=\d)"  # what Arabic joins to a number: و15
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}/\d{1,2}(?!\d)|\d{1,2}[:٫]\d{2}(?!\d)|\d+\.\d+"
    r"|[^\W_][^\W_\u0300-\u036f\u064b-\u065f\u0670]*(?:[\u0300-\u036f\u064b-\u065f\u0670]+[^\W_]*)*"
)
REPEATED = re.compile(r"([^\W\d_])\1+")
LETTERS = str.maketrans(
    {
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "گ": "g",
        "ڭ": "g",
        "ڤ": "ف",
        "پ": "ب",
        "ء": "",
        "œ": "oe",
        "æ": "ae",
        "ı": "i",
    }
)
FILLERS = frozenset(
    {
        "svp",
        "stp",
        "please",
        "pls",
        "plz",
        "3afak",
        "3afakom",
        "afak",
        "lah",
        "ikhalik",
        "عافاك",
        "عافاكم",
        "رجاء",
        "فضلك",
        "فضلكم",
        "المرجو",
        "المرجوا",
    }
)
ARABIC_LETTER = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
ARABIC_PREFIX = re.compile(r"[وف]?(?:[بلكف]|هاد)?(?:ال)?(?=..)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word said: how it is compared, and where it stands in the cleaned text."""

    norm: str
    start: int
    end: int


def cleaned(text: str) -> str:
    """Return what was said, cut to what is read, without what no one says."""
    said = UNSAID.sub(" ", text[:MESSAGE_OF_A_TALKER])
    return ISO_T.sub(" ", unicodedata.normalize("NFC", said)).strip()


@lru_cache(maxsize=8192)
def normal(word: str) -> str:
    """Return how a word is compared: `Aïn` and `ain`, `الأَعمال` and `الاعمال`, `٤` and `4`."""
    plain = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(_plain_letter(one) for one in plain if unicodedata.category(one) != "Mn")
    return REPEATED.sub(r"\1", kept.translate(LETTERS))


def _plain_letter(letter: str) -> str:
    return letter if letter.isascii() else str(unicodedata.decimal(letter, letter))


def worded(text: str) -> list[Word]:
    """Return the words of a cleaned text in order and in full, without fillers."""
    words: list[Word] = []
    for found in WORD.finditer(text):
        norm = normal(found[0][:LONGEST_WORD])
        if norm and norm not in FILLERS:
            words.append(Word(norm, found.start(), found.end()))
        if len(words) == WORDS_READ:
            break
    return _in_full(words)


def _in_full(words: Sequence[Word]) -> list[Word]:
    """Return the words with those written in haste replaced by the one or two that were meant."""
    known = _shorthand()
    full: list[Word] = []
    for at, word in enumerate(words):
        after = words[at + 1].norm if at + 1 < len(words) else ""
        meant = known.get(f"{word.norm} {after}") or known.get(word.norm) or (word.norm,)
        full += [Word(norm, word.start, word.end) for norm in meant]
    return full


@lru_cache(maxsize=1)
def _shorthand() -> dict[str, tuple[str, ...]]:
    tables = tomllib.loads(SHORTHAND.read_text("utf-8"))
    return {
        " ".join(map(normal, hasty.split())): tuple(map(normal, meant.split()))
        for table in tables.values()
        for hasty, meant in table.items()
    }


def norms(text: str) -> tuple[str, ...]:
    """Return a phrase as it is compared."""
    return tuple(word.norm for word in worded(cleaned(text)))


@lru_cache(maxsize=8192)
def bare_forms(norm: str) -> Sequence[str]:
    """Return a word, then what is left of it without the particles that Arabic joins to it.

    `وبالجمعه` gives `الجمعه` and `جمعه`; so does Darija in Latin letters (`lyoum`, `fjadwal`).
    """
    forms = [norm]
    if ARABIC_LETTER.match(norm):
        forms += [norm[cut:] for cut in range(1, _particles(norm) + 1)]
    elif norm[0] in "ldfbw" and len(norm) > 4:  # noqa: PLR2004 - shorter words are rarely joined
        forms.append(norm[1:])
    return tuple(forms)


def _particles(norm: str) -> int:
    found = ARABIC_PREFIX.match(norm)
    return found.end() if found else 0
