from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given, strategies as some

from domain.errors import Refused
from domain.importing.cells import day, day_and_hour, hour, item_number, title

FIFTH_OF_MARCH = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "05/03/2024",
        "5/3/2024",
        "05.03.2024",
        "05-03-24",
        "2024/03/05",
        "20240305",
        "5 mars 2024",
        "mardi 5 mars 2024",
        "5-Mar-2024",
        "March 5, 2024",
        "5 مارس 2024",
        "٠٥/٠٣/٢٠٢٤",
        "الثلاثاء ٥ مارس ٢٠٢٤",
        "2024-03-05T00:00:00",
        "45356",
        " \u200f05/03/2024\u200e ",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day(text) == FIFTH_OF_MARCH


@pytest.mark.parametrize(
    ("text", "month"), [("1er août 2025", 8), ("1 غشت 2025", 8), ("1 دجنبر 2025", 12)]
)
def test_moroccan_and_french_months_are_known(text: str, month: int) -> None:
    assert day(text) == date(2025, month, 1)


@pytest.mark.parametrize("text", ["31/02/2024", "29/02/2023", "11/25/2013", "01/01/0204"])
def test_a_day_that_is_in_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="no_such_date"):
        day(text)


@pytest.mark.parametrize("text", ["", "hier", "2013", "12/2013", "٠"])
def test_what_names_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="not_a_date"):
        day(text)


def test_the_hour_may_stand_beside_the_day() -> None:
    assert day_and_hour("25/11/2013 18:00")[1] == time(18)
    assert day_and_hour("mardi 1er mars 2024 à 18h30")[1] == time(18, 30)
    assert day_and_hour("25/11/2013 00:00:00")[1] is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("18:00", time(18)),
        ("18h30", time(18, 30)),
        ("9 h", time(9)),
        ("18.30", time(18, 30)),
        ("6:30 PM", time(18, 30)),
        ("12:00 am", time(0)),
        ("à 9 heures", time(9)),
        ("الساعة ١٨:٣٠", time(18, 30)),
        ("18:00:00", time(18)),
    ],
)
def test_an_hour_is_read_however_it_is_written(text: str, at: time) -> None:
    assert hour(text) == at


@pytest.mark.parametrize("text", ["", "25:00", "18:75", "soir", "1800"])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="not_an_hour"):
        hour(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("n° 07.", "7"), ("٧", "7"), ("Point 12 bis", "12 bis"), ("3.0", "3"), ("12.1", "12.1")],
)
def test_an_item_is_numbered_as_people_say_it(text: str, number: str) -> None:
    assert item_number(text) == number


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Halles_x0001_Décision_x0001__x0001_Autorisation -", "Halles – Décision – Autorisation"),
        ("la Culture et de la_x0001_Communication", "la Culture et de la Communication"),
        ("Tarifs\r\n(exercice 2014)", "Tarifs (exercice 2014)"),
        ("  Stade\u00a0Achille \u200b ", "Stade Achille"),
        ("Marché_x000D_\nd'été", "Marché d'été"),
    ],
)
def test_a_title_keeps_its_words_and_loses_its_scars(text: str, clean: str) -> None:
    assert title(text) == clean


@given(some.text())
def test_whatever_a_cell_holds_is_read_or_refused(text: str) -> None:
    title(text)
    item_number(text)
    for read in (day, hour):
        with suppress(Refused):
            read(text)


@given(some.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(of: date) -> None:
    assert day(f"{of:%d/%m/%Y}") == day(f"{of:%Y-%m-%d}") == of
