from datetime import date

import pytest

from domain.files import Kept
from domain.forms import Fault, Field, Form, checked, faults, kept, not_past, sheet
from domain.session_forms import MOVING
from domain.sheets import FieldKind

TODAY = date(2026, 1, 28)
FILE = Kept("0f" * 32, 12, "application/pdf", "note.pdf").written
SUBJECT = Field("subject", FieldKind.SHORT)
DAY = Field("day", FieldKind.DATE, is_optional=True, check=not_past)
FORM = Form("anything", (SUBJECT, DAY))


@pytest.mark.parametrize(
    ("kind", "answer", "cleaned"),
    [
        (FieldKind.SHORT, "  deux\n mots ", "deux mots"),
        (FieldKind.LONG, " une\n\nligne ", "une\n\nligne"),
        (FieldKind.DATE, "2026-02-05", "2026-02-05"),
        (FieldKind.DATE, "20260205", "2026-02-05"),
        (FieldKind.MOMENT, "2026-02-05T18:00:00", "2026-02-05T18:00"),
        (FieldKind.NUMBER, "١٢ ٠٠٠", "12000"),
        (FieldKind.EMAIL, "Amina@Exemple.MA", "amina@exemple.ma"),
        (FieldKind.PHONE, "06 12 34 56 78", "+212612345678"),
        (FieldKind.YES_NO, "yes", "yes"),
        (FieldKind.FILE, FILE, FILE),
    ],
)
def test_an_answer_is_kept_as_it_is_compared(kind: FieldKind, answer: str, cleaned: str) -> None:
    assert checked(Field("any", kind), answer, TODAY) == cleaned


@pytest.mark.parametrize(
    ("kind", "answer", "key"),
    [
        (FieldKind.SHORT, " \u200b\u00a0", "form.needed"),
        (FieldKind.SHORT, "a" * 201, "form.too_long"),
        (FieldKind.DATE, "2026-02-30", "form.no_date"),
        (FieldKind.DATE, "0026-02-05", "form.no_date"),
        (FieldKind.DATE, "demain", "form.no_date"),
        (FieldKind.MOMENT, "2026-02-05", "form.no_moment"),
        (FieldKind.MOMENT, "2026-02-05T18:00+01:00", "form.no_moment"),
        (FieldKind.NUMBER, "douze", "form.no_number"),
        (FieldKind.NUMBER, "-1", "form.no_number"),
        (FieldKind.EMAIL, "amina@", "form.no_email"),
        (FieldKind.PHONE, "12", "form.no_phone"),
        (FieldKind.YES_NO, "perhaps", "form.no_option"),
        (FieldKind.FILE, "note.pdf", "form.no_file"),
    ],
)
def test_a_wrong_answer_has_a_fault_that_says_what_to_do(
    kind: FieldKind, answer: str, key: str
) -> None:
    fault = checked(Field("any", kind), answer, TODAY)
    assert isinstance(fault, Fault)
    assert fault.key == key


def test_a_choice_is_one_of_its_options() -> None:
    field = Field("to", FieldKind.CHOICE, options=("president", "bureau"))
    assert checked(field, "bureau", TODAY) == "bureau"
    assert checked(field, "governor", TODAY) == Fault("form.no_option")


def test_what_is_optional_may_be_left_empty() -> None:
    assert checked(DAY, "", TODAY) == ""


def test_a_check_comes_after_that_of_the_kind() -> None:
    assert checked(DAY, "2026-01-28", TODAY) == "2026-01-28"
    assert checked(DAY, "2026-01-27", TODAY) == Fault("form.past")
    assert checked(DAY, "hier", TODAY) == Fault("form.no_date")


def test_faults_are_sentences_by_field() -> None:
    found = faults(FORM, {"day": "2026-01-27"}, "en", today=TODAY)
    assert found == {
        "subject": "This answer is needed.",
        "day": "That day is over: give one to come.",
    }
    assert faults(FORM, {"subject": "Voirie"}, "en", today=TODAY) == {}


def test_a_draft_of_an_older_form_keeps_what_still_fits() -> None:
    older = {"gone": "x", "day": "2025-12-01", "subject": "Voirie"}
    assert kept(FORM, older, TODAY) == {"subject": "Voirie"}


def test_a_draft_keeps_that_a_question_was_skipped() -> None:
    answers = kept(FORM, {"day": "", "subject": "Voirie"}, TODAY)
    assert answers == {"subject": "Voirie", "day": ""}
    assert FORM.first_open(answers) is None


def test_a_form_is_shown_again_with_what_is_no_answer_of_its_kind() -> None:
    wrong = {one.name: "=cmd()" for one in MOVING.fields}
    shown = sheet(MOVING, wrong, "fr", zone="Africa/Casablanca")
    assert {blank.answer for blank in shown.blanks} == {"=cmd()"}
    assert shown.blanks[0].told == ""
