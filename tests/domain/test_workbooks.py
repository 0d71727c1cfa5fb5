"""Excel's own files, as town halls keep their people in them."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from domain.errors import Refused
from domain.importing.workbooks import records


def workbook(*sheets: Iterable[Iterable[Any]], hidden: int = 0) -> bytes:
    """Return a workbook with some sheets, the first of which are hidden."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Feuille {number}")
        sheet.sheet_state = "hidden" if number < hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_cells_are_read_as_they_would_be_typed() -> None:
    noon = datetime(2026, 2, 5, 12, 30)
    day = datetime(2026, 2, 5)
    row = ("آمنة", 661234567, 7.0, 2.5, True, day, noon, time(18), None, "x")
    (line,) = records(workbook([row]))
    assert line.cells == (
        *("آمنة", "661234567", "7", "2.5", "true"),
        *("2026-02-05", "2026-02-05 12:30", "18:00", "", "x"),
    )


def test_the_first_sheet_that_is_shown_and_not_empty_is_read() -> None:
    content = workbook([["secret"]], [], [[None], ["Nom"], [], ["Amina"]], hidden=1)
    assert [(one.number, one.cells) for one in records(content)] == [(2, ("Nom",)), (4, ("Amina",))]


def test_a_formula_is_what_it_came_to_and_never_itself() -> None:
    assert records(workbook([["Nom"], ['=HYPERLINK("http://evil.example")']])) == records(
        workbook([["Nom"]])
    )


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(Refused, match="too_many_rows"):
        records(workbook([["Nom"], *([["x"]] * 20)]), most=10)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "")
        with archive.open("xl/media/bomb", "w") as bomb:
            for _ in range(101):
                bomb.write(bytes(1_000_000))
    with pytest.raises(Refused, match="too_many_rows"):
        records(file.getvalue())


@pytest.mark.parametrize("names", [[], ["word/document.xml"], ["xl/workbook.xml"]])
def test_an_archive_that_is_no_workbook_is_refused(names: list[str]) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in [*names, "more"]:
            archive.writestr(name, "<nothing/>")
    with pytest.raises(Refused, match=r"import\.workbook"):
        records(file.getvalue())
