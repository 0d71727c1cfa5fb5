import csv
import io

import pytest
from hypothesis import given, strategies as some

from domain.errors import Refused
from domain.folding import folded
from domain.importing.columns import Column, table
from domain.importing.decoding import decoded
from domain.spreadsheets import FORMULA_SIGNS, csv_text, defused, fused, lines

COLUMNS = (
    Column("title", ("titre", "objet"), is_required=True),
    Column("date", ("date du conseil", "date"), hints=("date",), is_required=True),
    Column("number", ("n°",)),
)
CELL = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@pytest.mark.parametrize("cell", ["=1+1", "+212661", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_goes_out_as_a_formula(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert fused(defused(cell)) == cell


@pytest.mark.parametrize(("cell", "text"), [(-2, "-2"), (None, ""), ("l'été", "l'été"), (0, "0")])
def test_what_is_no_formula_goes_out_as_it_is(cell: object, text: str) -> None:
    assert defused(cell) == text


@given(some.lists(some.lists(CELL, min_size=2, max_size=2), max_size=5))
def test_a_table_comes_back_as_it_was_written(rows: list[list[str]]) -> None:
    written = csv_text(["a", "b"], rows)
    back = list(csv.reader(io.StringIO(written, newline="")))[1:]
    assert [[fused(cell) for cell in row] for row in back] == [
        [fused(cell) for cell in row] for row in rows
    ]
    assert not any(cell.startswith(FORMULA_SIGNS) for row in back for cell in row)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = f'n°{delimiter}titre\n1{delimiter}"a, b; c"\n2{delimiter}d\n'
    assert [len(line.cells) for line in lines(text)] == [2, 2, 2]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found = lines('titre;date\n\n"deux\nlignes";x\n;\nfin;y\n')
    assert [line.number for line in found] == [1, 3, 6]


def test_the_line_that_tells_excel_its_separator_is_no_header() -> None:
    assert [line.cells for line in lines("sep=;\na;b,c\n")] == [("a", "b,c")]


def test_a_stray_quotation_mark_is_forgiven() -> None:
    assert lines('titre;date\n"Halles" Laissac;x\n')[1].cells == ("Halles Laissac", "x")


def test_a_quotation_mark_left_open_is_refused_with_its_line() -> None:
    with pytest.raises(Refused) as refused:
        lines('titre;date\na;"b\nc;d\n')
    assert refused.value.facts == {"line": 2}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_french_is_read_whoever_wrote_it(encoding: str) -> None:
    text = "Délibération n° 12 ; Œuvre à Éguilles\n"
    assert decoded(text.encode(encoding)) == text


def test_arabic_of_windows_is_told_from_french_of_windows() -> None:
    assert decoded("جدول الأعمال".encode("cp1256")) == "جدول الأعمال"
    assert decoded("ÉTÉ À ÂGÉ".encode("cp1252")) == "ÉTÉ À ÂGÉ"


def test_headers_are_known_by_their_words_and_not_their_dress() -> None:
    found = table(lines("  OBJET ;Date_du_conseil;N°;;\nx;y;1;;\n"), COLUMNS)
    assert found.headers == {"title": "OBJET", "date": "Date_du_conseil", "number": "N°"}
    assert found.rows[0].cells == {"title": "x", "date": "y", "number": "1"}


def test_a_title_above_the_header_is_passed_over() -> None:
    found = table(lines("Ville de X;\n\nTitre;Date\na;b\n"), COLUMNS)
    assert [row.line for row in found.rows] == [4]


@pytest.mark.parametrize("foot", ["Total;3", "TOTAL GÉNÉRAL;", ";Total : 3", "المجموع;٣"])
def test_the_sum_at_the_foot_of_a_sheet_is_no_line(foot: str) -> None:
    found = table(lines(f"Titre;Date\nTotal des dépenses;b\n{foot}\n"), COLUMNS)
    assert [row.text("title") for row in found.rows] == ["Total des dépenses"]


def test_a_header_nobody_knows_is_taken_by_its_telling_word() -> None:
    assert table(lines("Titre;Date de vote\na;b\n"), COLUMNS).headers["date"] == "Date de vote"


def test_an_unknown_layout_is_refused_with_what_is_there_and_what_is_needed() -> None:
    with pytest.raises(Refused) as refused:
        table(lines("a;b\n1;2\n"), COLUMNS)
    assert refused.value.facts == {"found": ["a", "b"], "needed": ["titre", "date du conseil"]}


def test_the_columns_found_are_those_of_the_likeliest_header() -> None:
    with pytest.raises(Refused) as refused:
        table(lines("Ville de X;;\nN°;Titre;Auteur\n1;a;b\n"), COLUMNS)
    assert refused.value.facts["found"] == ["N°", "Titre", "Auteur"]


@pytest.mark.parametrize(
    ("text", "same"),
    [("  Aïn-CHOCK ", "ain chock"), ("الأَعمـال", "الاعمال"), ("٤", "4"), ("Cœur", "coeur")],
)
def test_spellings_of_one_word_are_equal(text: str, same: str) -> None:
    assert folded(text) == same
