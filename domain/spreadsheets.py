"""Tables as spreadsheet programs write and read them: CSV in every dialect, formulas defused."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.errors import Refused

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 50  # records that tell the delimiter
# A program that opens the file would run these cells (OWASP, CSV Injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """A record. `number` is where it begins in the file, counted from 1 as editors do."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with one line, and in which column; `reason` says it in any language."""

    line: int
    column: str
    reason: Refused


def lines(text: str) -> list[Line]:
    """Return the records that hold anything, or raise Refused when there is no telling them."""
    text, named = _without_separator_line(text)
    delimiter = named or _delimiter(text)
    first = 2 if named else 1
    return [line for line in _records(text, delimiter, first=first) if not line.is_empty]


def delimiter_in(language: str) -> str:
    """Return what spreadsheet programs of a language take for the next cell: a comma is decimal."""
    return "," if language == "en" else ";"


def csv_text(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ","
) -> str:
    """Return a table as CSV (RFC 4180), with no cell that a spreadsheet would run."""
    return csv_rows([header], delimiter=delimiter) + csv_rows(rows, delimiter=delimiter)


def csv_rows(rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """Return rows as csv_text does, for a table that is written piece by piece."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(
        [defused(cell) for cell in row] for row in rows
    )
    return written.getvalue()


def defused(cell: object) -> str:
    """Return a cell's text, behind an apostrophe where a spreadsheet would take it for a formula.

    A number is no formula, whatever its sign; None is an empty cell.
    """
    text = "" if cell is None else str(cell)
    if isinstance(cell, int | float) or not text.startswith(FORMULA_SIGNS):
        return text
    return f"'{text}"


def fused(text: str) -> str:
    """Return a cell as it was before it was defused."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


def _without_separator_line(text: str) -> tuple[str, str | None]:
    """Take away the line `sep=;` by which Excel is told the delimiter."""
    head, _, rest = text.partition("\n")
    word = head.strip().strip('"')
    if word.lower().startswith("sep=") and len(word) == len("sep=;"):
        return rest, word[-1]
    return text, None


def _delimiter(text: str) -> str:
    """Return the delimiter by which most records have as many cells as the widest is wide."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    widths = [len(cells) for _, cells in zip(range(SAMPLE), _read(text, delimiter), strict=False)]
    usual = max(set(widths), key=lambda width: (width > 1, widths.count(width), width), default=1)
    return (widths.count(usual) if usual > 1 else 0), usual


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _records(text: str, delimiter: str, *, first: int) -> list[Line]:
    """Read by the letter of RFC 4180, else as leniently as spreadsheets do."""
    try:
        return list(_numbered(text, delimiter, first=first, is_strict=True))
    except csv.Error:
        return _leniently(text, delimiter, first=first)


def _leniently(text: str, delimiter: str, *, first: int) -> list[Line]:
    found: list[Line] = []
    try:
        found.extend(_numbered(text, delimiter, first=first, is_strict=False))
    except csv.Error as error:
        after = found[-1].number + 1 if found else first
        raise Refused("import.cell_too_long", line=after) from error
    if found and _is_left_open(text, found[-1].number - first):
        raise Refused("import.quote_left_open", line=found[-1].number)
    return found


def _numbered(text: str, delimiter: str, *, first: int, is_strict: bool) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=is_strict)
    number = first
    for cells in reader:
        yield Line(number, tuple(cells))
        number = first + reader.line_num


def _is_left_open(text: str, skipped: int) -> bool:
    """Say whether the last record opens a quote that nothing closes."""
    last = "".join(text.splitlines(keepends=True)[skipped:])
    return last.count('"') % 2 == 1
