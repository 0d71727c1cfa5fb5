"""From a workbook to the records of its table: Excel's own file, where it is not saved as CSV."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from domain.errors import Refused
from domain.importing.decoding import decoded
from domain.spreadsheets import Line, lines

if TYPE_CHECKING:
    from openpyxl import Workbook

ARCHIVE = b"PK\x03\x04"
CONTENTS = "xl/workbook.xml"  # what tells a workbook from other archives (ECMA-376)
MOST_UNPACKED = 100_000_000  # bytes
MOST_ROWS = 50_000
MOST_COLUMNS = 200
# What its reader raises at a file that only looks like a workbook.
BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError)
MIDNIGHT = time(0)


def records(content: bytes, *, most: int = MOST_ROWS) -> list[Line]:
    """Return the records of a table that hold anything, whichever program wrote it.

    Of a workbook, those of its first sheet that is shown and not empty; a formula is what it came
    to. Raises Refused when the file is no table, or a workbook of more than `most` rows.
    """
    if not content.startswith(ARCHIVE):
        return lines(decoded(content))
    try:
        return _of_workbook(content, most)
    except BROKEN as error:
        raise Refused("import.workbook") from error


def _of_workbook(content: bytes, most: int) -> list[Line]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if CONTENTS not in archive.namelist():
            raise Refused("import.workbook")
        if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
            raise Refused("import.too_many_rows", count=most)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        return next((found for found in _sheets(book, most) if found), [])
    finally:
        book.close()


def _sheets(book: "Workbook", most: int) -> Iterator[list[Line]]:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # what a sheet says of its own size is not believed
            rows = sheet.iter_rows(values_only=True)
            found = [
                Line(number, _cells(row))
                for number, row in enumerate(islice(rows, most + 1), start=1)
            ]
            if len(found) > most:
                raise Refused("import.too_many_rows", count=most)
            yield [line for line in found if not line.is_empty]


def _cells(row: tuple[object, ...]) -> tuple[str, ...]:
    filled = (place for place, value in enumerate(row[:MOST_COLUMNS], 1) if value is not None)
    return tuple(map(_text, row[: max(filled, default=0)]))


def _text(value: object) -> str:
    """Return a cell as its owner would have typed it."""
    match value:
        case None:
            said = ""
        case bool():
            said = str(value).lower()
        case float() if value.is_integer():
            said = str(int(value))
        case datetime() if value.time() != MIDNIGHT:
            said = value.isoformat(" ", "minutes")
        case date():
            said = value.strftime("%Y-%m-%d")
        case time():
            said = value.isoformat("minutes")
        case _:
            said = str(value)
    return said
