"""The rule packs: complete, sourced, and refused with every mistake named."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from domain import law
from domain.errors import Misconfigured, Refused
from domain.law.loading import read_pack
from domain.law.workdays import HolidayEdits, WorkingCalendar
from domain.phrasebook import phrasebook

HEAD = """
enabled = true
country = "MA"
weekend = [6, 7]
source = "A law"
verified_on = 2026-11-21
"""


def complaint(text: str) -> str:
    with pytest.raises(Misconfigured) as refused:
        read_pack("xx", text)
    return str(refused.value)


def test_there_is_a_pack_for_morocco_and_france_and_an_empty_one_for_cote_divoire() -> None:
    assert law.pack_keys() == ("ci", "fr", "ma")
    assert law.pack("ma").is_enabled
    assert law.pack("fr").is_enabled
    assert not law.pack("ci").is_enabled
    assert not law.pack("ci").deadlines
    assert not law.pack("ci").rules


def test_a_pack_nobody_wrote_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused) as refused:
        law.pack("../ma")
    assert refused.value.key == "law.unknown_pack"
    assert "ma" in phrasebook().say(refused.value.key, "en", **refused.value.facts)


@pytest.mark.parametrize("key", ["ma", "fr"])
def test_every_rule_has_its_article_its_source_and_when_it_was_checked(key: str) -> None:
    pack = law.pack(key)
    authorities = [rule.authority for rule in pack.rules.values()]
    authorities += [one.reckoning.authority for one in pack.deadlines.values()]
    assert authorities
    for authority in authorities:
        assert authority.article
        assert authority.source
        assert date(2026, 1, 1) <= authority.verified_on


@pytest.mark.parametrize("key", ["ma", "fr"])
def test_every_reading_names_another_and_is_used_by_a_deadline(key: str) -> None:
    pack = law.pack(key)
    used = {one.reckoning.reading for one in pack.deadlines.values()}
    used |= {case.reckoning.reading for one in pack.deadlines.values() for case in one.cases}
    assert pack.readings.keys() == used - {None}
    for name, reading in pack.readings.items():
        assert reading.says
        assert reading.because
        assert reading.alternative != name


@pytest.mark.parametrize("key", ["ma", "fr"])
def test_every_deadline_has_its_sentence(key: str) -> None:
    for name in law.pack(key).deadlines:
        assert phrasebook().has(f"law.{name}")
    assert phrasebook().has(f"law.{key}.source")


@pytest.mark.parametrize("key", ["ma", "fr", "ci"])
def test_packs_are_plain_toml_that_reads_back_the_same(key: str) -> None:
    text = files("domain.law").joinpath("packs", f"{key}.toml").read_text("utf-8")
    assert tomllib.loads(text)
    assert read_pack(key, text) == law.pack(key)


MISTAKEN = """
enabled = "yes"
weekend = [1, 2, 3, 4, 5, 6, 7]
source = "A law"
verified_on = 2026-11-21
colour = "red"
fixed_holidays = [{ month = 2, day = 30 }, { month = "May", day = 1 }, 3]

[inputs]
size = { kind = "shoe" }

[readings.one]
says = "so"

[rules.quorum]
article = "42"

[deadlines.late]
from = "session_date"
count = ["ten days before", "10 days sideways"]
article = 35
reading = "nowhere"
otherwise = { cuont = [] }

[[deadlines.late.cases]]
when = { season = "summer", size = { above = 3 } }
count = []
"""
MISTAKES = (
    "the pack: country is missing",
    "the pack: enabled is not a true or false",
    "the pack: colour is not known here",
    "leaves one to work",
    "fixed_holidays 1 is not a day of the year",
    "fixed_holidays 2: month is not a whole number",
    "fixed_holidays 3 is not a table",
    "inputs.size: kind is one of",
    "readings.one: because is missing",
    "rules.quorum: value is missing",
    "'ten days before' is not a count",
    "'10 days sideways' is not a count",
    "deadlines.late: article is not a text",
    "there is no reading 'nowhere'",
    "otherwise: cuont is not known here",
    "case 1: there is no input 'season'",
    "case 1: size is a value",
    "case 1: count is empty",
)


def test_every_mistake_of_a_pack_is_named_at_once_with_its_place() -> None:
    said = complaint(MISTAKEN)
    assert [part for part in MISTAKES if part not in said] == []


def test_another_way_to_count_needs_a_reading_whose_alternative_it_is() -> None:
    said = complaint(
        HEAD
        + """
[deadlines.late]
from = "day"
count = ["1 days after"]
article = "1"
otherwise = { count = ["2 days after"] }
"""
    )
    assert "otherwise needs a reading" in said


def test_a_pack_that_is_no_toml_is_refused() -> None:
    assert "is not TOML" in complaint("enabled = perhaps")


def test_moroccos_fixed_holidays_are_known_from_2026() -> None:
    fixed = "01-01 01-11 01-14 05-01 07-30 08-14 08-20 08-21 10-31 11-06 11-18"
    for year in (2026, 2027, 2030):
        days = {date.fromisoformat(f"{year}-{day}") for day in fixed.split()}
        assert days <= law.public_holidays(law.pack("ma"), year)


def test_unity_day_is_new_in_2026() -> None:
    assert date(2025, 10, 31) not in law.public_holidays(law.pack("ma"), 2025)


def test_french_holidays_come_from_the_library() -> None:
    assert {date(2026, 4, 6), date(2026, 7, 14)} <= law.public_holidays(law.pack("fr"), 2026)


def test_a_working_day_is_neither_weekend_nor_holiday() -> None:
    calendar = WorkingCalendar(law.pack("ma"))
    assert calendar.is_working(date(2026, 11, 5))
    assert not calendar.is_working(date(2026, 11, 6))  # the Green March
    assert not calendar.is_working(date(2026, 11, 7))  # a Saturday
    assert not calendar.is_working(date(2026, 11, 8))


def test_the_towns_table_stands_over_the_pack_and_a_given_list_over_both() -> None:
    edits = HolidayEdits(frozenset({date(2026, 11, 5)}), frozenset({date(2026, 11, 6)}))
    edited = WorkingCalendar(law.pack("ma"), edits)
    assert not edited.is_working(date(2026, 11, 5))
    assert edited.is_working(date(2026, 11, 6))
    given = WorkingCalendar(law.pack("ma"), edits, instead=frozenset())
    assert given.is_working(date(2026, 11, 5))
    assert given.is_working(date(2026, 11, 18))
