"""Words marked with what they name in the calendar: one letter each, so that grammars can be read.

W weekday   M month   R today, tomorrow…   N number   O 5th   F fifth
T tonight   Y 2026   D 5/2/2026
d w m y k   day, week, month, year, weekend (with a count: "two days" said in one word)
h i         hour, minute        c  hour as the clock tells it ("heures")     K 18:00, 18h30
x l t       next, last, this    n  in, after    g ago    b before    e  the day before
X           the one after next
s           the start, the middle or the end of a month   f from now   B between   q trimester
A at   C about, at   P morning, evening   Z noon   H half   Q quarter   - less   & and
S since   o of, the…  L what opens a day ("le 5")   u until   j what else a number may count
. anything else
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.wording import Word, bare_forms, norms

WORDS = Path(__file__).parent / "words" / "calendar.toml"
LONGEST_PHRASE = 4

# The first table that knows a phrase marks it.
LETTERS = {
    "tonight": "T", "relative": "R", "after_next": "X", "eve": "e", "weekday": "W", "month": "M",
    "next": "x", "last": "l",
    "this": "t", "at": "A", "about": "C", "part": "P", "noon": "Z", "half": "H", "quarter": "Q",
    "number": "N", "ordinal": "F", "before": "b", "after": "n", "ago": "g",
    "since": "S", "until": "u", "less": "-", "a_week_on": "v", "between": "B", "part_of_month": "s",
    "from_now": "f", "trimester": "q",
    "and": "&", "day_opener": "L", "item": "j", "glue": "o",
}  # fmt: skip
UNITS = {
    "day": "d", "week": "w", "month": "m", "year": "y", "weekend": "k",
    "hour": "h", "hour_clock": "c", "minute": "i",
}  # fmt: skip
PARTS = {"am": 0, "pm": 12}

COUNTED_UNITS = {"j": "d", "d": "d", "m": "i", "s": "w"}
FIRST_YEAR, LAST_YEAR = 1956, 2099
NEVER_MAY = frozenset({"i", "we", "you", "be", "have", "he", "she", "they", "it"})
# Words of their own, near to a day's: سوق الجملة is not Friday's.
NO_SLIPS = frozenset({"demand", "mains", "الجمله", "للجمله", "بالجمله", "والجمله"})
FUZZY_LENGTH = 5  # shorter words are too near to others


@dataclass(frozen=True, slots=True)
class Mark:
    """What one or several words name; `first` and `last` are positions among the words."""

    letter: str
    value: object
    first: int
    last: int


def marked(words: Sequence[Word]) -> list[Mark]:
    """Return the marks of the words, in order and without gaps."""
    marks: list[Mark] = []
    at = 0
    while at < len(words):
        mark = _phrase_at(words, at) or Mark(".", None, at, at)
        marks.append(mark)
        at = mark.last + 1
    return marks


def looks_back(words: Sequence[Word]) -> bool:
    """Return whether somebody speaks of what was."""
    backward, said = _lexicon()[1], tuple(word.norm for word in words)
    return any(
        said[at : at + length] in backward
        for at in range(len(said))
        for length in range(1, LONGEST_PHRASE)
    )


def _phrase_at(words: Sequence[Word], at: int) -> Mark | None:
    known = _lexicon()[0]
    for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        rest = tuple(word.norm for word in words[at + 1 : at + length])
        for first in bare_forms(words[at].norm):
            found = known.get((first, *rest))
            if found and not _is_verb(first, words, at):
                return Mark(*found, at, at + length - 1)
    found = _numeric(words[at].norm) or _misspelt(words[at].norm)
    return Mark(*found, at, at) if found else None


def _is_verb(norm: str, words: Sequence[Word], at: int) -> bool:
    """Return whether an English `may` is not the month."""
    return norm == "may" and at + 1 < len(words) and words[at + 1].norm in NEVER_MAY


def _numeric(norm: str) -> tuple[str, object] | None:
    if not norm[0].isdigit():
        return None
    for shape, mark in SHAPES:
        if found := shape.fullmatch(norm):
            return mark(found)
    return None


def _number(found: re.Match[str]) -> tuple[str, object]:
    number = int(found[0][:9])
    return ("Y" if FIRST_YEAR <= number <= LAST_YEAR else "N", number)


# The first shape that fits a word with digits marks it.
SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, object]]], ...] = (
    (re.compile(r"\d+"), _number),
    (
        re.compile(r"(\d{1,3})[:٫.h](\d{2})?(?:mn|min)?"),
        lambda found: ("K", (int(found[1]), int(found[2] or 0))),
    ),
    (
        re.compile(r"(\d{1,2})(am|pm)"),
        lambda found: ("K", (int(found[1]) % 12 + PARTS[found[2]], 0)),
    ),
    (
        re.compile(r"(\d{1,2})(?:er|ere|e|eme|nd|nde|st|rd|th)"),
        lambda found: ("O", int(found[1])),
    ),
    (
        re.compile(r"(\d{1,3})(j|jrs|jours|d|days|min|mn|minutes|s|sem)"),
        lambda found: (COUNTED_UNITS[found[2][0]], int(found[1])),
    ),
    (
        re.compile(r"\d{1,2}/\d{1,2}|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"),
        lambda found: ("D", found[0]),
    ),
)


@lru_cache(maxsize=4096)
def _misspelt(norm: str) -> tuple[str, object] | None:
    """Return the day or month a long word is one slip away from."""
    if len(norm) < FUZZY_LENGTH or norm.isdecimal() or norm in NO_SLIPS:
        return None
    if turned := _lexicon()[3].get("".join(sorted(norm))):
        return _lexicon()[0][turned,]
    names = _lexicon()[2]
    near = process.extractOne(norm, names, scorer=OSA.distance, score_cutoff=1)
    return _lexicon()[0][near[0],] if near and near[0][0] == norm[0] else None


Known = Mapping[tuple[str, ...], tuple[str, object]]


@lru_cache(maxsize=1)
def _lexicon() -> tuple[Known, frozenset[tuple[str, ...]], tuple[str, ...], Mapping[str, str]]:
    """Return the phrases and their marks, those that look back, the names worth a slip.

    Last come the days by their sorted letters: in a short name two letters may change places.
    """
    tables = tomllib.loads(WORDS.read_text("utf-8"))
    known: dict[tuple[str, ...], tuple[str, object]] = {}
    for phrase, mark in _entries(tables):
        known.setdefault(phrase, mark)
    backward = frozenset(norms(phrase) for phrase in tables["backward"]["1"])
    fuzzy = [
        phrase[0]
        for phrase, (letter, _) in known.items()
        if len(phrase) == 1 and len(phrase[0]) > FUZZY_LENGTH and letter in "WMR"
    ]
    turned = {
        "".join(sorted(phrase[0])): phrase[0]
        for phrase, (letter, _) in known.items()
        if len(phrase) == 1 and len(phrase[0]) == FUZZY_LENGTH and letter == "W"
    }
    return known, backward, tuple(fuzzy), turned


def _entries(
    tables: Mapping[str, Mapping[str, list[str]]],
) -> Iterator[tuple[tuple[str, ...], tuple[str, object]]]:
    for table, letter in LETTERS.items():
        for value, phrases in tables[table].items():
            number = PARTS[value] if value in PARTS else int(value)
            yield from ((norms(phrase), (letter, number)) for phrase in phrases)
    for table, count in (("pair", 2), ("unit", None)):
        for unit, phrases in tables[table].items():
            yield from ((norms(phrase), (UNITS[unit], count)) for phrase in phrases)
