"""Which column of a table is which, by the headers people give them in three languages."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from domain.errors import Refused
from domain.folding import folded, visible
from domain.importing.cells import shown
from domain.spreadsheets import BadCell, Line, fused

Value = TypeVar("Value")

# A line of sums at the foot of a sheet, folded; it is about the other lines.
TOTAL = re.compile(
    r"(?:(?:sous|grand|sub) )?(?:total|totaux|المجموع|مجموع)(?: general| العام)?(?: \d.*)?"
)
HEADER_WITHIN = 10  # records: town halls put a title or two above the header


@dataclass(frozen=True, slots=True)
class Column:
    """A column we read. `headers` are what it may be called, the surest first.

    `hints` are words one of which tells the column where no header is known.
    """

    name: str
    headers: tuple[str, ...]
    hints: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line by the names of its columns; a cell that is empty or absent is an empty text."""

    line: int
    cells: Mapping[str, str]

    def raw(self, column: str) -> str:
        return fused(self.cells.get(column, ""))

    def text(self, column: str) -> str:
        """Return the cell on one line, without what cannot be seen."""
        return visible(self.raw(column))


class Reader:
    """Reads a row's cells, and keeps what is wrong with each instead of stopping at the first."""

    def __init__(self, row: Row, headers: Mapping[str, str]) -> None:
        self.row = row
        self.bad: list[BadCell] = []
        self._headers = headers

    def made(self, column: str, of: Callable[[str], Value], text: str) -> Value | None:
        """Return what `of` makes of a cell's text; None, and what is wrong, when it refuses."""
        try:
            return of(text)
        except Refused as reason:
            self.refuse(column, reason)
            return None

    def refuse(self, column: str, reason: Refused) -> None:
        self.bad.append(BadCell(self.row.line, self._headers.get(column, column), reason))


def filled(text: str, *, most: int) -> str:
    """Return a cell that may be neither empty nor longer than the store has room for."""
    if not text:
        raise Refused("import.missing")
    return fitting(text, most=most)


def fitting(text: str, *, most: int) -> str:
    if len(text) > most:
        raise Refused("import.too_long", value=shown(text), most=most)
    return text


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, and which of its headers each of our columns was read from."""

    headers: Mapping[str, str]
    rows: Sequence[Row]

    def has(self, column: str) -> bool:
        return column in self.headers


def table(lines: Sequence[Line], columns: Sequence[Column]) -> Table:
    """Return the rows under the header, or raise Refused with what is there and what is needed."""
    likeliest: tuple[int, Line] | None = None
    for index, header in enumerate(lines[:HEADER_WITHIN]):
        places = _places([folded(cell) for cell in header.cells], columns)
        if all(column.name in places for column in columns if column.is_required):
            headers = {name: visible(header.cells[place]) for name, place in places.items()}
            rows = [_row(line, places) for line in lines[index + 1 :] if not _is_total(line)]
            return Table(headers, rows)
        if likeliest is None or len(places) > likeliest[0]:
            likeliest = (len(places), header)
    if likeliest is None:
        raise Refused("import.empty")
    raise _unknown(likeliest[1], columns)


def _is_total(line: Line) -> bool:
    opening = next(filter(None, map(folded, line.cells)), "")
    return TOTAL.fullmatch(opening) is not None


def _row(line: Line, places: Mapping[str, int]) -> Row:
    width = len(line.cells)
    return Row(
        line.number,
        {name: line.cells[place] for name, place in places.items() if place < width},
    )


def _places(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    places: dict[str, int] = {}
    for find in (_by_header, _by_hint):
        for column in columns:
            if column.name not in places:
                free = {
                    word: place
                    for place, word in reversed(list(enumerate(header)))
                    if word and place not in places.values()
                }
                places.update((column.name, place) for place in find(column, free))
    return places


def _by_header(column: Column, free: Mapping[str, int]) -> Iterator[int]:
    known = (free[word] for word in map(folded, column.headers) if word in free)
    yield from list(known)[:1]


def _by_hint(column: Column, free: Mapping[str, int]) -> Iterator[int]:
    hints = {folded(hint) for hint in column.hints}
    telling = sorted(place for word, place in free.items() if hints & set(word.split()))
    yield from telling[:1]


def _unknown(header: Line, columns: Sequence[Column]) -> Refused:
    found = [shown(cell) for cell in header.cells if cell.strip()]
    needed = [column.headers[0] for column in columns if column.is_required]
    return Refused("import.unknown_columns", found=found, needed=needed)
