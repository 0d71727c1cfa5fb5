from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from handlers.understanding import understood

CASABLANCA = ZoneInfo("Africa/Casablanca")
WEDNESDAY = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)  # 10:00 there

NEXT_WEEK = {"date_from": "2026-02-02", "date_to": "2026-02-08"}
THIS_WEEK = {"date_from": "2026-01-26", "date_to": "2026-02-01"}
FEBRUARY = {"date_from": "2026-02-01", "date_to": "2026-02-28"}
TIME_SLOTS = {
    *("date", "date_alt", "date_from", "date_to", "date_bad"),
    *("datetime", "time", "offset"),
}


def told(text: str, now: datetime = WEDNESDAY) -> dict[str, object]:
    slots = understood(text, now=now, zone=CASABLANCA, language=None, bodies=()).slots
    return {slot: value for slot, value in slots.items() if slot in TIME_SLOTS}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("aujourd'hui", "2026-01-28"),
        ("demain", "2026-01-29"),
        ("après-demain", "2026-01-30"),
        ("avant-hier", "2026-01-26"),
        ("the day after tomorrow", "2026-01-30"),
        ("غدا", "2026-01-29"),
        ("بعد غد", "2026-01-30"),
        ("lyoum", "2026-01-28"),
        ("ghedda", "2026-01-29"),
        ("b3d ghedda", "2026-01-30"),
        ("lbare7", "2026-01-27"),
        ("jeudi", "2026-01-29"),
        ("lundi prochain", "2026-02-02"),
        ("ce vendredi", "2026-01-30"),
        ("vendredi dernier", "2026-01-23"),
        ("vendredi de la semaine prochaine", "2026-02-06"),
        ("Friday next week", "2026-02-06"),
        ("vendredi en huit", "2026-02-06"),
        ("نهار الخميس", "2026-01-29"),
        ("lkhmis", "2026-01-29"),
        ("le 3 février", "2026-02-03"),
        ("jeudi 5 février 2026", "2026-02-05"),
        ("jeudi 5", "2026-02-05"),
        ("le 1er mars", "2026-03-01"),
        ("February 3rd, 2026", "2026-02-03"),
        ("the 5th of February", "2026-02-05"),
        ("5 يوليوز", "2026-07-05"),
        ("يوم ٥ فبراير ٢٠٢٦", "2026-02-05"),
        ("nhar 5 f ch8er jouj", "2026-02-05"),
        ("5/2", "2026-02-05"),
        ("03/02/2026", "2026-02-03"),
        ("2026-02-05", "2026-02-05"),
        ("5.2.26", "2026-02-05"),
        ("le 5", "2026-02-05"),
        ("le 20", "2026-02-20"),
        ("dans trois jours", "2026-01-31"),
        ("in a week", "2026-02-04"),
        ("بعد أسبوع", "2026-02-04"),
        ("3 days ago", "2026-01-25"),
        ("le 15 janvier", "2026-01-15"),
        ("vendrdi 30", "2026-01-30"),
    ],
)
def test_a_day_is_read_as_it_was_meant(said: str, day: str) -> None:
    assert told(f"séance {said}") == {"date": day}


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("cette semaine", THIS_WEEK),
        ("had simana", THIS_WEEK),
        ("هاد السيمانة", THIS_WEEK),
        ("la semaine prochaine", NEXT_WEEK),
        ("next week", NEXT_WEEK),
        ("الأسبوع المقبل", NEXT_WEEK),
        ("simana jaya", NEXT_WEEK),
        ("السيمانة الجاية", NEXT_WEEK),
        ("février", FEBRUARY),
        ("شهر فبراير", FEBRUARY),
        ("ch8er jouj", FEBRUARY),
        ("le mois prochain", FEBRUARY),
        ("doctobre", {"date_from": "2026-10-01", "date_to": "2026-10-31"}),
        ("شتنبر 2025", {"date_from": "2025-09-01", "date_to": "2025-09-30"}),
        ("décembre", {"date_from": "2025-12-01", "date_to": "2025-12-31"}),
        ("du 5 au 9 février", {"date_from": "2026-02-05", "date_to": "2026-02-09"}),
        (
            "du lundi 2 au vendredi 6 février",
            {"date_from": "2026-02-02", "date_to": "2026-02-06"},
        ),
        ("من 5 إلى 9 فبراير", {"date_from": "2026-02-05", "date_to": "2026-02-09"}),
        ("en 2025", {"date_from": "2025-01-01", "date_to": "2025-12-31"}),
        ("this weekend", {"date_from": "2026-01-31", "date_to": "2026-02-01"}),
    ],
)
def test_several_days_are_read_with_both_ends(said: str, days: dict[str, str]) -> None:
    assert told(f"agenda {said}") == days


@pytest.mark.parametrize(
    ("said", "reading", "other"),
    [
        ("vendredi prochain", "2026-01-30", "2026-02-06"),
        ("next Friday", "2026-01-30", "2026-02-06"),
        ("الجمعة القادمة", "2026-01-30", "2026-02-06"),
        ("jm3a jaya", "2026-01-30", "2026-02-06"),
        ("mercredi", "2026-01-28", "2026-02-04"),
        ("vendredi 5 février", "2026-02-05", "2026-02-06"),
    ],
)
def test_a_day_that_may_be_another_says_so(said: str, reading: str, other: str) -> None:
    assert told(f"agenda {said}") == {"date": reading, "date_alt": other}


@pytest.mark.parametrize(
    "said", ["31 février", "29 février 2026", "31/04", "32/01/2026", "31 شتنبر", "00/00/2026"]
)
def test_a_day_in_no_calendar_is_named_as_such(said: str) -> None:
    assert told(f"agenda {said}") == {"date_bad": said}


def test_who_asks_for_minutes_looks_back() -> None:
    assert told("pv de mai") == {"date_from": "2025-05-01", "date_to": "2025-05-31"}
    assert told("agenda de mai") == {"date_from": "2026-05-01", "date_to": "2026-05-31"}


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("le 3 février à 18 h", {"date": "2026-02-03", "datetime": "2026-02-03T18:00"}),
        ("demain à 9h30", {"datetime": "2026-01-29T09:30"}),
        ("tomorrow at 6pm", {"datetime": "2026-01-29T18:00"}),
        ("غدا على الساعة التاسعة والنصف صباحا", {"datetime": "2026-01-29T09:30"}),
        ("ghedda m3a 9 o ness", {"datetime": "2026-01-29T09:30"}),
        ("demain à dix heures moins le quart", {"datetime": "2026-01-29T09:45"}),
        ("jeudi à midi", {"datetime": "2026-01-29T12:00"}),
        ("dans deux heures", {"datetime": "2026-01-28T12:00"}),
        ("in half an hour", {"datetime": "2026-01-28T10:30"}),
        ("réponse avant 18h", {"time": "18:00"}),
    ],
)
def test_an_hour_is_read_on_the_clocks_of_the_commune(said: str, slots: dict[str, str]) -> None:
    assert slots.items() <= told(f"rappel {said}").items()


@pytest.mark.parametrize(
    ("said", "offset"),
    [
        ("2 jours avant", "-P2D"),
        ("48 hours before", "-PT48H"),
        ("la veille", "-P1D"),
        ("the day before", "-P1D"),
        ("une semaine avant", "-P7D"),
        ("1h30 avant", "-PT1H30M"),
        ("une demi-heure avant", "-PT30M"),
        ("30 min avant", "-PT30M"),
        ("2j avant", "-P2D"),
        ("قبل ساعتين", "-PT2H"),
        ("قبل 3 أيام", "-P3D"),
        ("قبل الجلسة بيومين", "-P2D"),
        ("قبل الدورة بيوم", "-P1D"),
        ("نهار قبل", "-P1D"),
        ("9bel b sa3a", "-PT1H"),
        ("nhar 9bel", "-P1D"),
    ],
)
def test_how_long_before_is_read(said: str, offset: str) -> None:
    assert told(f"rappel {said}") == {"offset": offset}


def test_an_offset_may_name_its_hour() -> None:
    assert told("remind me 2 days before, at 9:30") == {"offset": "-P2D", "time": "09:30"}


@pytest.mark.parametrize("said", ["point 4", "النقطة 5", "may I come", "rue 12", "point 5.2"])
def test_a_number_is_not_a_day_by_itself(said: str) -> None:
    assert told(said) == {}


def test_today_is_what_it_is_in_the_commune() -> None:
    before_midnight = datetime(2026, 1, 28, 23, 30, tzinfo=UTC)  # 00:30 there
    assert told("agenda aujourd'hui", before_midnight) == {"date": "2026-01-29"}


@settings(max_examples=100, deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_always_the_coming_one(now: datetime, weekday: int) -> None:
    names = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    at = now.replace(tzinfo=UTC)
    day = datetime.fromisoformat(str(told(names[weekday], at)["date"])).date()
    today = at.astimezone(CASABLANCA).date()
    assert day.weekday() == weekday
    assert today <= day < today + timedelta(days=7)
