from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding import Intent
from handlers.understanding.utterance import uttered
from handlers.understanding.wanted import WANTED, filled
from tests.handlers.town_bodies import BODIES

CASABLANCA = ZoneInfo("Africa/Casablanca")
WEDNESDAY = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)


def slots(intent: Intent, text: str) -> dict[str, object]:
    return filled(intent, uttered(text, WEDNESDAY, CASABLANCA, BODIES))


def test_every_intent_says_what_it_wants_to_know() -> None:
    assert set(WANTED) == set(Intent)


@pytest.mark.parametrize(
    ("intent", "said", "slot", "reference"),
    [
        (Intent.PETITION_STATUS, "PET-2026-0012", "petition_ref", "PET-2026-0012"),
        (Intent.PETITION_STATUS, "petition status 2025-7", "petition_ref", "PET-2025-0007"),
        (Intent.PETITION_STATUS, "العريضة عدد ١٢", "petition_ref", "PET-2026-0012"),
        (Intent.PETITION_SIGN, "je signe la 12", "petition_ref", "PET-2026-0012"),
        (Intent.PETITION_SIGN, "n9der nsni l3arida ra9m 12 ?", "petition_ref", "PET-2026-0012"),
        (Intent.DECISION_QUERY, "délib 2025-143", "decision_ref", "DEL-2025-143"),
        (Intent.DECISION_QUERY, "المقرر رقم 143/2025", "decision_ref", "DEL-2025-143"),
        (Intent.APPROVAL_APPROVE, "ok pour APP-61", "approval_ref", "APP-61"),
        (Intent.APPROVAL_REJECT, "je refuse la 61", "approval_ref", "APP-61"),
    ],
)
def test_a_reference_is_read_however_it_is_given(
    intent: Intent, said: str, slot: str, reference: str
) -> None:
    assert slots(intent, said) == {slot: reference}


@pytest.mark.parametrize(
    "said", ["les décisions de 2025", "la délibération du 5 février", "les pétitions de mars"]
)
def test_a_day_or_a_year_is_no_reference(said: str) -> None:
    assert "decision_ref" not in slots(Intent.DECISION_QUERY, said)


@pytest.mark.parametrize(
    ("intent", "said", "topic"),
    [
        (Intent.PETITION_SIGN, "signer la pétition sur l’éclairage public", "éclairage public"),
        (Intent.PETITION_SIGN, "نوقع على العريضة ديال الجردة", "الجردة"),
        (Intent.DOSSIER_STATUS, "où en est le dossier du tramway d'Anfa ?", "tramway"),
        (Intent.ITEM_STATUS, "has the item about the bus fleet been voted?", "bus fleet"),
        (Intent.VOTE_RESULT, "qui a voté contre le budget ?", "budget"),
        (Intent.QUESTION_SUBMIT, "سؤال كتابي حول النقل موجه إلى الرئيسة", "النقل"),
        (Intent.PETITION_STATUS, "مآل العريضة المتعلقة بسوق الجملة", "سوق الجملة"),
        (Intent.PETITION_FILE, "Start a petition: a park on Bd Anfa", "a park on Bd Anfa"),
        (Intent.ITEM_STATUS, "wach dazt no9ta d lmizaniya wla t2ajlat", "lmizaniya"),
    ],
)
def test_a_subject_stays_in_the_persons_words(intent: Intent, said: str, topic: str) -> None:
    assert slots(intent, said)["topic"] == topic


@pytest.mark.parametrize(
    ("intent", "said", "found"),
    [
        (
            Intent.MAIL_REGISTER,
            "enregistre un courrier arrivée de la Wilaya, imputé à la division urbanisme",
            {"direction": "in", "sender": "Wilaya", "assignee": "division urbanisme"},
        ),
        (
            Intent.MEDIA_LOG,
            "Une journaliste de 2M veut réagir sur les déchets, réponse avant 18h",
            {"outlet": "2M", "topic": "déchets", "deadline": "2026-01-28T18:00"},
        ),
        (
            Intent.COMPLAINT,
            "il y a un nid de poule bd Zerktouni !!!",
            {"topic": "nid de poule", "place": "bd Zerktouni"},
        ),
        (
            Intent.APPROVAL_CHANGES,
            "je valide mais changez le titre",
            {"comment": "changez le titre"},
        ),
        (
            Intent.APPROVAL_STATUS,
            "Qui bloque le discours du maire ?",
            {"doc_kind": "speech", "ask": ["pending_with"]},
        ),
        (Intent.PETITION_REQUIREMENTS, "pour une pétition à Casablanca", {"body": "council"}),
        (Intent.REMINDER_CANCEL, "annule mon rappel de la séance", {"target": "session"}),
        (Intent.PREFS_DIGEST, "un résumé le lundi", {"frequency": "weekly", "weekday": "monday"}),
    ],
)
def test_what_an_intent_wants_to_know_is_found(
    intent: Intent, said: str, found: dict[str, object]
) -> None:
    assert slots(intent, said) == found


def test_decisions_are_looked_for_in_the_past_and_agendas_ahead() -> None:
    assert slots(Intent.DECISION_QUERY, "en octobre")["date_from"] == "2025-10-01"
    assert slots(Intent.AGENDA_QUERY, "en octobre")["date_from"] == "2026-10-01"
    assert slots(Intent.QUORUM_STATUS, "jeudi")["date"] == "2026-01-22"
    assert slots(Intent.QUORUM_STATUS, "chkoun ghadi yji nhar lkhmis")["date"] == "2026-01-29"


def test_the_session_of_a_lawful_month_is_the_councils() -> None:
    assert slots(Intent.AGENDA_QUERY, "la session de mai")["body"] == "council"
    assert "body" not in slots(Intent.AGENDA_QUERY, "la session de juin")
