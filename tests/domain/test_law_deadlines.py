"""Every deadline by name: the worked calendar to the day, and the edges of each."""

from datetime import date

import pytest

from domain import law
from domain.errors import Refused
from domain.phrasebook import phrasebook
from domain.sessions import SessionKind

NAMES = {
    "fr.convocation_latest_sending",
    "fr.deliberations_list_latest",
    "fr.minutes_published_latest",
    "fr.second_meeting_earliest",
    "ma.agenda_to_governor_latest",
    "ma.arrondissement_extraordinary_longest_end",
    "ma.arrondissement_grants_opinion_latest",
    "ma.arrondissement_minutes_forwarded_latest",
    "ma.attendance_register_latest",
    "ma.convocation_latest_sending",
    "ma.decisions_posted_latest",
    "ma.extraordinary_governor_after_failed_quorum",
    "ma.extraordinary_governor_latest_session",
    "ma.extraordinary_longest_end",
    "ma.extraordinary_majority_latest_session",
    "ma.extraordinary_refusal_latest",
    "ma.governor_add_or_object_latest",
    "ma.minutes_to_governor_latest",
    "ma.minutes_to_members_latest",
    "ma.opposition_latest",
    "ma.ordinary_longest_end",
    "ma.ordinary_longest_end_extended",
    "ma.petition_refusal_latest",
    "ma.third_meeting",
    "ma.visa_latest",
    "ma.written_questions_latest_receipt",
}


def day(rule: str, **inputs: object) -> str:
    return law.deadline(rule, inputs).date.isoformat()


def refusal(rule: str, **inputs: object) -> str:
    with pytest.raises(Refused) as refused:
        law.deadline(rule, inputs)
    # Whoever asked is told in their language, with every fact in its place.
    for language in ("fr", "ar", "en"):
        assert phrasebook().say(refused.value.key, language, **refused.value.facts)
    return refused.value.key


def test_the_packs_carry_every_deadline_by_its_name() -> None:
    assert {name for key in law.pack_keys() for name in law.pack(key).deadlines} >= NAMES


@pytest.mark.parametrize(
    ("rule", "inputs", "expected"),
    [
        ("ma.written_questions_latest_receipt", {"session_date": "2026-02-05"}, "2026-01-05"),
        ("ma.agenda_to_governor_latest", {"session_date": "2026-02-05"}, "2026-01-16"),
        # a Saturday: it stands
        ("ma.governor_add_or_object_latest", {"received": "2026-01-16"}, "2026-01-24"),
        ("ma.convocation_latest_sending", {"session_date": "2026-02-05"}, "2026-01-26"),
        ("ma.ordinary_longest_end", {"session_date": "2026-02-05"}, "2026-02-19"),
        ("ma.ordinary_longest_end_extended", {"session_date": "2026-02-05"}, "2026-03-02"),
        ("ma.attendance_register_latest", {"close_date": "2026-02-19"}, "2026-02-24"),
        ("ma.decisions_posted_latest", {"close_date": "2026-02-19"}, "2026-02-27"),
        ("ma.minutes_to_members_latest", {"close_date": "2026-02-19"}, "2026-03-06"),
        ("ma.minutes_to_governor_latest", {"close_date": "2026-02-19"}, "2026-03-12"),
        ("ma.opposition_latest", {"received": "2026-03-12"}, "2026-03-17"),
        ("ma.visa_latest", {"received": "2026-03-12"}, "2026-04-01"),
    ],
)
def test_the_worked_calendar_of_february_2026_holds_to_the_day(
    rule: str, inputs: dict[str, object], expected: str
) -> None:
    assert day(rule, **inputs) == expected


@pytest.mark.parametrize(
    ("rule", "inputs", "expected"),
    [
        # Foum El Oued: second failure on Monday, third meeting on Thursday
        ("ma.third_meeting", {"second_meeting_date": "2024-02-12"}, "2024-02-15"),
        ("ma.third_meeting", {"second_meeting_date": "2026-10-30"}, "2026-11-04"),  # Fri
        ("ma.third_meeting", {"second_meeting_date": "2026-11-04"}, "2026-11-10"),  # 6 Nov
        # Beni Sidal: the second convocation may leave from 10 to 12 February
        (
            "ma.second_convocation_earliest_sending",
            {"first_meeting_date": "2024-02-07"},
            "2024-02-10",
        ),
        (
            "ma.second_convocation_latest_sending",
            {"first_meeting_date": "2024-02-07"},
            "2024-02-12",
        ),
        (
            "ma.extraordinary_governor_after_failed_quorum",
            {"session_date": "2026-07-29"},
            "2026-07-31",  # the 30th is Throne Day
        ),
        (
            "ma.extraordinary_governor_after_failed_quorum",
            {"session_date": "2026-12-31"},
            "2027-01-04",  # New Year's Day, then a weekend
        ),
        ("ma.written_questions_latest_receipt", {"session_date": "2026-06-30"}, "2026-05-30"),
        ("ma.written_questions_latest_receipt", {"session_date": "2028-03-31"}, "2028-02-29"),
        ("ma.written_questions_latest_receipt", {"session_date": "2026-03-01"}, "2026-02-01"),
        ("ma.written_questions_latest_receipt", {"session_date": "2026-01-15"}, "2025-12-15"),
        ("ma.petition_refusal_latest", {"received": "2026-11-30"}, "2027-02-28"),
        ("ma.petition_refusal_latest", {"received": "2027-11-30"}, "2028-02-29"),
        ("ma.petition_refusal_latest", {"received": "2026-10-31"}, "2027-01-31"),
        ("ma.petition_refusal_latest", {"received": "2028-02-29"}, "2028-05-29"),
        ("ma.agenda_to_governor_latest", {"session_date": "2028-03-01"}, "2028-02-10"),
        ("ma.agenda_to_governor_latest", {"session_date": "2027-03-01"}, "2027-02-09"),
        ("ma.convocation_latest_sending", {"session_date": "2026-01-05"}, "2025-12-26"),
        ("ma.extraordinary_refusal_latest", {"received": "2026-03-20"}, "2026-03-30"),
        ("ma.extraordinary_majority_latest_session", {"filed": "2026-03-20"}, "2026-04-04"),
        ("ma.extraordinary_governor_latest_session", {"filed": "2026-12-25"}, "2027-01-04"),
        ("ma.extraordinary_longest_end", {"session_date": "2026-03-02"}, "2026-03-10"),
        ("ma.extraordinary_longest_end", {"session_date": "2026-03-07"}, "2026-03-17"),  # Sat
        (
            "ma.arrondissement_extraordinary_longest_end",
            {"session_date": "2026-03-05"},
            "2026-03-09",
        ),
        ("ma.arrondissement_grants_opinion_latest", {"close_date": "2026-09-28"}, "2026-10-05"),
        ("ma.arrondissement_minutes_forwarded_latest", {"received": "2026-02-19"}, "2026-03-06"),
        ("ma.decision_executory", {"received": "2026-03-12"}, "2026-03-18"),
        (
            "fr.second_meeting_earliest",
            {"first_meeting_date": "2026-02-05", "second_convocation_sent": "2026-02-05"},
            "2026-02-09",
        ),
        (
            "fr.minutes_published_latest",
            {"minutes_of": "2026-02-05", "settled_at": "2026-03-26"},
            "2026-04-02",
        ),
        ("fr.deliberations_list_latest", {"session_date": "2026-12-28"}, "2027-01-04"),
    ],
)
def test_the_edges_of_months_years_weekends_and_holidays(
    rule: str, inputs: dict[str, object], expected: str
) -> None:
    assert day(rule, **inputs) == expected


@pytest.mark.parametrize(
    ("inputs", "expected", "article"),
    [
        ({"population": 3500}, "2026-01-30", "L2121-12"),
        ({"population": 3499}, "2026-02-01", "L2121-11"),  # a Sunday: clear days take it in
        ({"population": "120000"}, "2026-01-30", "L2121-12"),
        ({"population": 0}, "2026-02-01", "L2121-11"),
        ({"emergency": True}, "2026-02-03", "L2121-11, L2121-12"),
        ({"emergency": "yes", "population": 9000}, "2026-02-03", "L2121-11, L2121-12"),
        ({"emergency": False, "population": 9000}, "2026-01-30", "L2121-12"),
    ],
)
def test_french_convocations_count_clear_days_by_population(
    inputs: dict[str, object], expected: str, article: str
) -> None:
    found = law.deadline("fr.convocation_latest_sending", {"session_date": "2026-02-05"} | inputs)
    assert (found.date.isoformat(), found.article) == (expected, article)


def test_clear_days_run_over_holidays() -> None:
    # Thursday 8 May is a holiday, and so was Thursday 1 May 2025.
    assert day("fr.convocation_latest_sending", session_date="2025-05-12", population=800) == (
        "2025-05-08"
    )


@pytest.mark.parametrize("kind", ["extraordinary_governor", "governor", "Extraordinary Governor"])
def test_a_governors_session_has_three_days_notice(kind: str) -> None:
    rule = "ma.convocation_latest_sending"
    assert day(rule, session_date="2026-02-05", session_kind=kind) == "2026-02-02"


@pytest.mark.parametrize(
    "kind", ["ordinary", "president", "third", "extraordinary_majority", "extraordinary"]
)
def test_all_other_sessions_have_ten_days_notice(kind: str) -> None:
    rule = "ma.convocation_latest_sending"
    assert day(rule, session_date="2026-02-05", session_kind=kind) == "2026-01-26"


def test_holidays_in_a_question_replace_the_packs_own() -> None:
    rule = "ma.opposition_latest"
    assert day(rule, received="2026-11-04") == "2026-11-10"  # Friday 6 November is a holiday
    assert day(rule, received="2026-11-04", holidays=[]) == "2026-11-09"
    assert day(rule, received="2026-11-04", holidays=["2026-11-05", "2026-11-09"]) == "2026-11-11"
    assert day(rule, received="2026-11-04", holidays="2026-11-05, 2026-11-09") == "2026-11-11"


def test_the_towns_table_adds_and_removes_holidays() -> None:
    a_day_earlier = law.HolidayEdits(
        added=frozenset({date(2026, 11, 5)}), removed=frozenset({date(2026, 11, 6)})
    )
    found = law.deadline("ma.opposition_latest", {"received": "2026-11-04"}, holidays=a_day_earlier)
    assert found.date == date(2026, 11, 10)
    assert "(Thursday 5 November 2026)" in found.sentence


def test_a_town_may_take_the_other_reading() -> None:
    found = law.deadline(
        "ma.decisions_posted_latest",
        {"adopted_date": "2026-02-10", "close_date": "2026-02-19"},
        alternatives={"posting_from_adoption"},
    )
    assert (found.date, found.reading) == (date(2026, 2, 18), "posting_from_adoption")


def test_the_chosen_reading_of_posting_runs_from_closing() -> None:
    found = law.deadline(
        "ma.decisions_posted_latest", {"adopted_date": "2026-02-10", "close_date": "2026-02-19"}
    )
    assert (found.date, found.reading) == (date(2026, 2, 27), "posting_from_closing")


@pytest.mark.parametrize(
    ("key", "rule", "inputs"),
    [
        ("law.unknown_rule", "ma.nothing", {}),
        ("law.unknown_rule", "nothing", {}),
        ("law.unknown_rule", "", {}),
        ("law.pack_disabled", "ci.convocation_latest_sending", {"session_date": "2026-02-05"}),
        ("law.missing_input", "ma.visa_latest", {}),
        ("law.missing_input", "ma.visa_latest", {"received": None}),
        ("law.missing_input", "fr.convocation_latest_sending", {"session_date": "2026-02-05"}),
        ("law.missing_input", "ma.decisions_posted_latest", {"adopted_date": "2026-02-05"}),
        ("law.unknown_input", "ma.visa_latest", {"recieved": "2026-02-05"}),
        ("law.bad_date", "ma.visa_latest", {"received": "5/2/2026"}),
        ("law.bad_date", "ma.visa_latest", {"received": "20260205"}),
        ("law.bad_date", "ma.visa_latest", {"received": 20260205}),
        ("law.bad_date", "ma.visa_latest", {"received": ["2026-02-05"]}),
        ("law.no_such_date", "ma.visa_latest", {"received": "2026-02-29"}),
        ("law.date_out_of_range", "ma.visa_latest", {"received": "0001-01-01"}),
        ("law.date_out_of_range", "ma.visa_latest", {"received": "9999-12-31"}),
        (
            "law.bad_number",
            "fr.convocation_latest_sending",
            {"session_date": "2026-02-05", "population": "many"},
        ),
        (
            "law.bad_number",
            "fr.convocation_latest_sending",
            {"session_date": "2026-02-05", "population": True},
        ),
        (
            "law.bad_flag",
            "fr.convocation_latest_sending",
            {"session_date": "2026-02-05", "emergency": "perhaps"},
        ),
        (
            "law.bad_session_kind",
            "ma.convocation_latest_sending",
            {"session_date": "2026-02-05", "session_kind": "extra-ordinary"},
        ),
        ("law.bad_holidays", "ma.opposition_latest", {"received": "2026-02-05", "holidays": 3}),
        ("law.bad_date", "ma.opposition_latest", {"received": "2026-02-05", "holidays": ["x"]}),
        (
            "law.wrong_order",
            "fr.second_meeting_earliest",
            {"first_meeting_date": "2026-02-05", "second_convocation_sent": "2026-02-04"},
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_three_languages(
    key: str, rule: str, inputs: dict[str, object]
) -> None:
    assert refusal(rule, **inputs) == key


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("name", [*law.pack("ma").deadlines, *law.pack("fr").deadlines])
def test_every_deadline_explains_itself_in_every_language(name: str, language: str) -> None:
    wanted = law.pack(name[:2]).deadlines[name]
    inputs: dict[str, object] = dict.fromkeys(wanted.inputs, "2026-07-01")
    inputs |= {"session_kind": "ordinary", "population": 100, "emergency": False}

    found = law.deadline(name, inputs, language=language)

    assert found.article in found.sentence
    month = {"fr": "juillet", "ar": "يوليوز", "en": "July"}[language]
    assert month in found.sentence


def test_a_sentence_shows_the_derivation() -> None:
    found = law.deadline("ma.convocation_latest_sending", {"session_date": "2026-02-05"})
    assert found.sentence == (
        "10 days before Thursday 5 February 2026: send the convocations by "
        "Monday 26 January 2026 (art. 35 of organic law 113-14)."
    )


def test_a_sentence_names_the_holidays_it_passed_over() -> None:
    found = law.deadline("ma.opposition_latest", {"received": "2026-11-04"}, language="fr")
    assert "sans compter les jours fériés (vendredi 6 novembre 2026)" in found.sentence


def test_a_session_knows_when_its_convocations_leave_at_the_latest() -> None:
    ordinary = law.convocation_latest("ma", date(2026, 2, 5))
    governors = law.convocation_latest(
        "ma", date(2026, 2, 5), kind=SessionKind.EXTRAORDINARY_GOVERNOR
    )
    village = law.convocation_latest("fr", date(2026, 2, 5), population=900)
    assert [one.date for one in (ordinary, governors, village)] == [
        date(2026, 1, 26),
        date(2026, 2, 2),
        date(2026, 2, 1),
    ]
