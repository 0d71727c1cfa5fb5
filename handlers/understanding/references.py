"""References people give: a petition, a decision or an approval by its number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.understanding.lexicon import Hit, lexicon
from handlers.understanding.marks import Mark
from handlers.understanding.wording import Word

FORMS = {
    "petition": "PET-{year}-{number:04}",
    "decision": "DEL-{year}-{number}",
    "approval": "APP-{number}",
}
FAR = 4  # words between what is counted and its number: `petition status number 12`
LARGEST = 999_999


@dataclass(frozen=True, slots=True)
class Reference:
    """What is counted, its number, its year if said; `said` are the positions of the numbers."""

    kind: str
    number: int
    year: int | None = None
    said: tuple[int, ...] = ()

    def written(self, year: int) -> str:
        """Return the reference as the records write it; `year` stands in for one left out."""
        return FORMS[self.kind].format(year=self.year or year, number=self.number)


def references(words: Sequence[Word], marks: Sequence[Mark]) -> list[Reference]:
    """Return the references given: `PET-2026-0012`, `délib 2025-143`, `عريضة عدد 12`."""
    counted = lexicon("slots", "counted").found(words)
    found = [
        reference
        for at, hit in enumerate(counted)
        if hit.value in FORMS and (reference := _after(hit, counted[at + 1 :], marks))
    ]
    return [one for at, one in enumerate(found) if one.said not in [two.said for two in found[:at]]]


def lone(
    kind: str, words: Sequence[Word], marks: Sequence[Mark], taken: frozenset[int]
) -> Reference | None:
    """Return a number said without what it counts, once it is plain what that is: `la 12`.

    In figures: `un texte` names none.
    """
    free = [
        at
        for at, mark in enumerate(marks)
        if mark.letter in "NOY"
        and mark.first not in taken
        and any(letter.isdecimal() for letter in words[mark.first].norm)
    ]
    return _read(kind, marks, free[0]) if free else None


def _after(hit: Hit, others: Sequence[Hit], marks: Sequence[Mark]) -> Reference | None:
    end = others[0].first if others else hit.last + FAR + 2
    for at, mark in enumerate(marks):
        if hit.last < mark.first <= min(hit.last + FAR, end) and mark.letter in "NOY":
            return _read(hit.value, marks, at)
    return None


def _read(kind: str, marks: Sequence[Mark], at: int) -> Reference | None:
    """Read a number, with the year that stands beside it; a day or a year alone is none."""
    numbers = [mark for mark in _numbers(marks, at) if mark.letter in "NOY"]
    years = [mark for mark in numbers if mark.letter == "Y"]
    counts = [mark for mark in numbers if mark not in years[:1]]
    after = [mark for mark in marks if mark.first > numbers[-1].last]
    if not counts or (after and after[0].letter in "Mhcdwmyi"):
        return None
    number, year = counts[0].value, years[0].value if years else None
    if not isinstance(number, int) or not 0 < number <= LARGEST:
        return None
    said = tuple(mark.first for mark in numbers)
    return Reference(kind, number, year if isinstance(year, int) else None, said)


def _numbers(marks: Sequence[Mark], at: int) -> Iterator[Mark]:
    """Yield a number, and a year beside it: `12 2026`, `87 لسنة 2025`, `12 of 2026`."""
    yield marks[at]
    beside = marks[at + 1 : at + 4]
    for gap, mark in enumerate(beside):
        if mark.letter in "NOY":
            if not gap or mark.letter == "Y":
                yield mark
            return
        if mark.letter not in "oyL":
            return
