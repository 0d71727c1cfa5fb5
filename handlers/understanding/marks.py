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
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.numerals import Phrase, Tables, compounds
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
# Words of their own, near to a day's: سوق الجملة is not Friday's.
NO_SLIPS = frozenset({"demand", "mains", "الجمله", "للجمله", "بالجمله", "والجمله"})
IN = frozenset({"f", "fi", "ف", "في"})
OPENS_AN_HOUR = re.compile("(?<=[RT])o(?=[NF](?![dwmyhicjMbo]))|(?<=[Wx])o(?=[NF](?:P|&[HQ]))")
FUZZY_LENGTH = 5  # shorter words are too near to others


@dataclass(frozen=True, slots=True)
class Unless:
    """Words that stand before or after a phrase that then names something else."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def fits(self, before: str, after: str) -> bool:
        return before not in self.before and after not in self.after


ALWAYS = Unless()
OF_AN_HOUR = Unless(before=frozenset({"m3a", "ma3a", "مع", "الساعه", "sa3a", "fsa3a"}))
AFTER_A_WHILE = Unless(
    before=frozenset({"simana", "simanat", "smana", "chhar", "chher", "iyam", "ayam", "yomayn"})
    | frozenset({"سيمانه", "سيمانات", "شهر", "ايام", "يومين", "اسبوع"})
)
# What else a phrase names where it stands so: `sept heures`, `m3a lerb3a`, `10 o nos dyal sba7`.
EXCEPTIONS: Mapping[tuple[str, str], Unless] = {
    ("M", "may"): Unless(
        after=frozenset({"i", "we", "you", "be", "have", "he", "she", "they", "it"})
    ),
    ("M", "sept"): Unless(after=frozenset({"heures", "heure", "h", "jours", "semaines", "mois"})),
    ("s", "nos dyal"): Unless(before=frozenset({"o", "w", "u", "و"})),
    **{("n", said): AFTER_A_WHILE for said in ("men daba", "mn daba", "من دابا")},
    **{("W", said): OF_AN_HOUR for said in ("larb3a", "larb3", "l2arb3a", "الاربعا")},
}


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
    return _with_hours(marks, words)


def _with_hours(marks: list[Mark], words: Sequence[Word]) -> list[Mark]:
    """Take `f` for what opens an hour, where no day can follow: `ghedda f 10`, `f 11 d sba7`."""
    code = "".join(mark.letter for mark in marks)
    openers = {
        found.start()
        for found in OPENS_AN_HOUR.finditer(code)
        if words[marks[found.start()].first].norm in IN
    }
    return [replace(mark, letter="C") if at in openers else mark for at, mark in enumerate(marks)]


def looks_back(words: Sequence[Word]) -> bool:
    """Return whether somebody speaks of what was."""
    return _says_one_of(_lexicon().backward, words)


def looks_forward(words: Sequence[Word]) -> bool:
    """Return whether somebody speaks of what is to come."""
    return _says_one_of(_lexicon().forward, words)


def _says_one_of(phrases: Collection[Phrase], words: Sequence[Word]) -> bool:
    said = tuple(word.norm for word in words)
    return any(
        said[at : at + length] in phrases
        for at in range(len(said))
        for length in range(1, LONGEST_PHRASE)
    )


def _phrase_at(words: Sequence[Word], at: int) -> Mark | None:
    known = _lexicon().known
    for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        rest = tuple(word.norm for word in words[at + 1 : at + length])
        before = words[at - 1].norm if at else ""
        after = words[at + length].norm if at + length < len(words) else ""
        for first in bare_forms(words[at].norm):
            for letter, value, unless in known.get((first, *rest), ()):
                if unless.fits(before, after):
                    return Mark(letter, value, at, at + length - 1)
    found = _numeric(words[at].norm) or _misspelt(words[at].norm)
    return Mark(*found, at, at) if found else None


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
    known = _lexicon().known
    if turned := _lexicon().turned.get("".join(sorted(norm))):
        return known[turned,][0][:2]
    names = _lexicon().names
    near = process.extractOne(norm, names, scorer=OSA.distance, score_cutoff=1)
    return known[near[0],][0][:2] if near and near[0][0] == norm[0] else None


Known = Mapping[Phrase, list[tuple[str, object, Unless]]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The phrases and what they mark, those that look back or forward, the names worth a slip.

    `turned` are days by their sorted letters: in a short name two letters may change places.
    """

    known: Known
    backward: frozenset[Phrase]
    forward: frozenset[Phrase]
    names: tuple[str, ...]
    turned: Mapping[str, str]


@lru_cache(maxsize=1)
def _lexicon() -> Calendar:
    tables = tomllib.loads(WORDS.read_text("utf-8"))
    known: dict[Phrase, list[tuple[str, object, Unless]]] = defaultdict(list)
    for phrase, letter, value, unless in _entries(tables):
        known[phrase].append((letter, value, unless))
    backward, forward = (
        frozenset(norms(phrase) for phrase in tables[table]["1"])
        for table in ("backward", "forward")
    )
    names = tuple(
        phrase[0]
        for phrase, marks in known.items()
        if len(phrase) == 1 and len(phrase[0]) > FUZZY_LENGTH and marks[0][0] in "WMR"
    )
    turned = {
        "".join(sorted(phrase[0])): phrase[0]
        for phrase, marks in known.items()
        if len(phrase) == 1 and len(phrase[0]) == FUZZY_LENGTH and marks[0][0] == "W"
    }
    return Calendar(known, backward, forward, names, turned)


def _entries(tables: Tables) -> Iterator[tuple[Phrase, str, object, Unless]]:
    for table, letter in LETTERS.items():
        for value, phrases in tables[table].items():
            number = PARTS[value] if value in PARTS else int(value)
            for said in phrases:
                phrase = norms(said)
                yield phrase, letter, number, EXCEPTIONS.get((letter, " ".join(phrase)), ALWAYS)
    for kind in ("number", "ordinal"):
        for phrase, number in compounds(tables, kind):
            yield phrase, LETTERS[kind], number, OF_AN_HOUR
    for table, count in (("pair", 2), ("unit", None)):
        for unit, phrases in tables[table].items():
            yield from ((norms(said), UNITS[unit], count, ALWAYS) for said in phrases)
