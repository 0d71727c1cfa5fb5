from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain import local_time

OPENING = datetime(2026, 2, 5, 18, 0)


def test_moroccan_months_are_named_as_in_morocco() -> None:
    months = [local_time.month(date(2026, number, 1), "ar").split()[0] for number in range(1, 13)]
    assert " ".join(months) == (
        "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "jeudi 5 février 2026 à 18:00"),
        ("ar", "الخميس 5 فبراير 2026 على الساعة 18:00"),
        ("ary", "الخميس 5 فبراير 2026 على الساعة 18:00"),
        ("en", "Thursday 5 February 2026 at 18:00"),
        ("tlh", "jeudi 5 février 2026 à 18:00"),
    ],
)
def test_a_moment_is_said_with_its_weekday_and_24_hours(language: str, words: str) -> None:
    assert local_time.moment(OPENING, language) == words


def test_an_instant_is_not_a_wall_time() -> None:
    with pytest.raises(ValueError, match="wall time"):
        local_time.moment(OPENING.replace(tzinfo=UTC), "fr")


def test_the_first_of_a_french_month_is_ordinal() -> None:
    assert local_time.day(date(2026, 2, 1), "fr") == "dimanche 1er février 2026"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "du jeudi 5 février 2026 au jeudi 19 février 2026"),
        ("ar", "من الخميس 5 فبراير 2026 إلى الخميس 19 فبراير 2026"),
        ("en", "from Thursday 5 February 2026 to Thursday 19 February 2026"),
    ],
)
def test_a_span_names_both_ends(language: str, words: str) -> None:
    assert local_time.span(date(2026, 2, 5), date(2026, 2, 19), language) == words


def test_a_span_of_one_day_is_that_day() -> None:
    only = date(2026, 2, 5)
    assert local_time.span(only, only, "en") == "Thursday 5 February 2026"


@pytest.mark.parametrize(
    ("length", "french", "arabic"),
    [
        (timedelta(days=1), "1 jour", "يوم واحد"),
        (timedelta(days=-2), "2 jours", "يومين"),
        (timedelta(days=3, hours=2), "3 jours et 2 heures", "3 أيام وساعتين"),
        (timedelta(days=11), "11 jours", "11 يوما"),
        (timedelta(minutes=90), "1 heure et 30 minutes", "ساعة واحدة و30 دقيقة"),
        (timedelta(), "0 minute", "0 دقيقة"),
    ],
)
def test_a_length_agrees_with_its_number(length: timedelta, french: str, arabic: str) -> None:
    assert local_time.lasting(length, "fr") == french
    assert local_time.lasting(length, "ar") == arabic


def test_an_hour_is_read_alike_everywhere() -> None:
    assert local_time.hour(time(9, 30)) == "09:30"
