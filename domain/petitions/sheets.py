"""A sheet of paper signatures that the staff have typed: its lines, read strictly."""

from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.folding import folded
from domain.importing.decoding import decoded
from domain.spreadsheets import Line, lines

COLUMNS = ("line", "name", "place", "contact")
SheetLine = tuple[int, str, str, str]


def lines_of(content: bytes) -> list[SheetLine]:
    """Return number, name, place and contact of each line; the last two may be empty.

    Raises Refused, with the line, for a sheet without these columns, or a contact that cannot be.
    """
    header, *rows = lines(decoded(content)) or [Line(1, ())]
    names = [folded(cell) for cell in header.cells]
    if not {"line", "name"} <= set(names):
        raise Refused("sign.no_columns", columns=COLUMNS)
    read = [dict(zip(names, row.cells, strict=False)) for row in rows]
    return [_line(cells, row.number) for cells, row in zip(read, rows, strict=True)]


def _line(cells: dict[str, str], at: int) -> SheetLine:
    number, contact = cells["line"].strip(), cells.get("contact", "").strip()
    if not number.isdecimal():
        raise Refused("sign.no_number", line=at)
    if contact:
        try:
            contact = canonical(Channel.EMAIL if "@" in contact else Channel.SMS, contact)
        except Refused as refused:
            raise Refused("sign.bad_contact", line=at) from refused
    return int(number), cells["name"].strip(), cells.get("place", "").strip()[:200], contact
