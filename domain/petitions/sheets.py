"""A sheet of paper signatures that the staff have typed: its lines, read strictly."""

from dataclasses import dataclass

from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.folding import folded
from domain.importing.workbooks import records
from domain.petitions.identity import canonical_id
from domain.spreadsheets import Line

COLUMNS = ("line", "name", "place", "contact", "id")
LONGEST_NUMBER = 6  # digits: no sheet has more lines


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a paper: its number there, and what was written; only the name has to be."""

    line: int
    name: str
    place: str = ""
    contact: str = ""
    national_id: str = ""


def lines_of(content: bytes) -> list[SheetLine]:
    """Return the lines of a sheet in CSV; the columns line and name have to be there.

    Raises Refused, with the line, for a number, a contact or an id that cannot be.
    """
    header, *rows = records(content) or [Line(1, ())]
    names = [folded(cell) for cell in header.cells]
    if not {"line", "name"} <= set(names):
        raise Refused("sign.no_columns", columns=COLUMNS)
    read = [dict(zip(names, row.cells, strict=False)) for row in rows]
    return [_line(cells, row.number) for cells, row in zip(read, rows, strict=True)]


def _line(cells: dict[str, str], at: int) -> SheetLine:
    number, contact = cells.get("line", "").strip(), cells.get("contact", "").strip()
    if not (number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise Refused("sign.no_number", line=at)
    if contact:
        try:
            contact = canonical(Channel.EMAIL if "@" in contact else Channel.SMS, contact)
        except Refused as refused:
            raise Refused("sign.bad_contact", line=at) from refused
    national_id = cells.get("id", "").strip()
    if national_id:
        try:
            national_id = canonical_id(national_id)
        except Refused as refused:
            raise Refused("sign.bad_id", line=at) from refused
    place = cells.get("place", "").strip()[:200]
    return SheetLine(int(number), cells.get("name", "").strip(), place, contact, national_id)
