from datetime import datetime

import pytest

from domain.sessions import AgendaState, SessionState
from tests.town import OPENS, Talker, Town

TODAY = datetime(2026, 1, 28, 15, 0)
TITLES = [f"Aménagement du quartier {number}" for number in range(1, 14)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("l'ordre du jour d'aujourd'hui", "Ordre du jour"),
        ("what is on the agenda today?", "Agenda"),
        ("ما هو جدول أعمال اليوم؟", "جدول الأعمال"),
    ],
)
async def test_todays_agenda_is_told_in_the_language_that_asks(
    town: Town, stranger: Talker, question: str, answer: str
) -> None:
    await town.session(starts=TODAY, titles=["Budget primitif", "Voirie"])
    said = await stranger.says(question)
    assert answer in said
    assert "1. Budget primitif" in said
    assert "15:00" in said


async def test_a_long_agenda_is_told_page_by_page(town: Town, stranger: Talker) -> None:
    await town.session(titles=TITLES)
    first = await stranger.says("l'ordre du jour du 5 février")
    assert "10. Aménagement du quartier 10" in first
    assert "11." not in first
    assert "3 autres points" in first
    second = await stranger.presses("Suite")
    assert "13. Aménagement du quartier 13" in second
    assert "10." not in second


async def test_without_a_day_the_next_agenda_is_told(town: Town, stranger: Talker) -> None:
    await town.session(titles=["Voirie"])
    said = await stranger.says("/agenda")
    assert "Pas de séance aujourd’hui" in said
    assert "1. Voirie" in said


@pytest.mark.parametrize(
    ("question", "not_said"),
    [
        ("l'ordre du jour de la prochaine session", "aujourd’hui"),
        ("agenda of the next session", "today"),
        ("جدول أعمال الدورة المقبلة", "اليوم"),
    ],
)
async def test_nobody_who_asks_for_the_next_agenda_is_told_of_today(
    town: Town, stranger: Talker, question: str, not_said: str
) -> None:
    await town.session(titles=["Voirie"])
    said = await stranger.says(question)
    assert "1. Voirie" in said
    assert not_said not in said


@pytest.mark.parametrize(
    ("said", "quoted"),
    [("31 février", "31 février"), ("february 30th", "february 30th"), ("٣١ فبراير", "٣١ فبراير")],
)
async def test_a_day_in_no_calendar_is_not_the_number_of_an_item(
    town: Town, stranger: Talker, said: str, quoted: str
) -> None:
    await town.session(titles=TITLES)
    await stranger.says("/agenda")
    answer = await stranger.says(said)
    assert quoted in answer
    assert "Aménagement" not in answer


async def test_a_day_without_a_session_names_the_next_one(town: Town, stranger: Talker) -> None:
    await town.session(titles=["Voirie"])
    said = await stranger.says("l'ordre du jour de demain")
    assert "Pas de séance : jeudi 29 janvier 2026" in said
    assert "jeudi 5 février 2026 à 18:00" in said
    assert "1. Voirie" in await stranger.presses("Conseil communal")


async def test_no_session_at_all_is_said(stranger: Talker) -> None:
    assert "Aucune session" in await stranger.says("/agenda")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AgendaState.MISSING, "pas encore publié"),
        (AgendaState.DRAFTED, "pas encore publié"),
        (AgendaState.PUBLISHED, "ne comporte aucun point"),
        (AgendaState.UNREADABLE, "n’a pas pu être lu"),
    ],
)
async def test_nothing_to_read_has_three_reasons_that_are_told_apart(
    town: Town, stranger: Talker, state: AgendaState, words: str
) -> None:
    await town.session(agenda=state)
    assert words in await stranger.says("l'ordre du jour du 5 février")


async def test_a_councillor_without_naming_a_body_means_their_own(
    town: Town, councillor: Talker, stranger: Talker
) -> None:
    await town.session("com:budget", starts=TODAY, titles=["Compte administratif"])
    await town.session("com:urbanisme", starts=TODAY, titles=["Plan d’aménagement"])
    assert "Compte administratif" in await councillor.says("l'ordre du jour d'aujourd'hui")
    assert "Compte administratif" not in await stranger.says("l'ordre du jour d'aujourd'hui")


async def test_another_body_is_asked_for_by_name(town: Town, stranger: Talker) -> None:
    await town.session("com:budget", starts=TODAY, titles=["Compte administratif"])
    said = await stranger.says("l'ordre du jour de la commission du budget aujourd'hui")
    assert "Compte administratif" in said


async def test_a_month_with_several_sessions_asks_which(town: Town, stranger: Talker) -> None:
    await town.session(titles=["Voirie"])
    await town.session(starts=OPENS.replace(day=19), titles=["Écoles"])
    said = await stranger.says("l'ordre du jour de février")
    assert "Laquelle" in said
    assert "1. Écoles" in await stranger.presses("19 février")


async def test_a_body_named_by_half_is_asked_with_choices(town: Town, stranger: Talker) -> None:
    await town.session("com:budget", titles=["Compte administratif"])
    said = await stranger.says("l'ordre du jour de la commission le 5 février")
    assert "Quelle instance" in said
    assert "Compte administratif" in await stranger.presses("budget")


async def test_the_commission_is_their_own_or_asked_of_who_sits_in_none(
    town: Town, councillor: Talker
) -> None:
    await town.session("com:budget", titles=["Compte administratif"])
    question = "l'ordre du jour de la commission le 5 février"
    assert "Compte administratif" in await councillor.says(question)
    member = await town.resident("Karim", seats=["council"])
    assert "Quelle instance" in await member.says(question)


async def test_an_ambiguous_day_is_asked_never_guessed(town: Town, stranger: Talker) -> None:
    await town.session(titles=["Voirie"])
    said = await stranger.says("what is on the agenda on 5/2/2026?")
    assert "Which day" in said or "1. Voirie" in said


async def test_a_day_that_does_not_exist_is_said_and_asked_again(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=["Voirie"])
    said = await stranger.says("l'ordre du jour du 30 février")
    assert "« 30 février » n’existe pas" in said
    assert "1. Voirie" in await stranger.says("le 5 février")


async def test_who_leaves_a_day_that_does_not_exist_is_not_held_to_it(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=["Voirie"])
    await stranger.says("l'ordre du jour du 30/02/2026")
    assert "n’existe pas" not in await stranger.says("quand est la prochaine session du conseil ?")


async def test_a_cancelled_session_keeps_its_agenda_and_says_why(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=["Voirie"], state=SessionState.CANCELLED, reason="Intempéries")
    said = await stranger.says("l'ordre du jour du 5 février")
    assert "❌ annulée" in said
    assert "Motif : Intempéries" in said
    assert "1. Voirie" in said


async def test_the_agenda_is_that_of_the_session_just_spoken_of(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=["Voirie"])
    await town.session(body="com:budget", starts=datetime(2026, 2, 12, 10), titles=["Comptes"])
    await stranger.says("quand se réunit la commission du budget ?")
    assert "Comptes" in await stranger.says("et l'ordre du jour ?")
    assert "Voirie" in await stranger.says("l'ordre du jour du conseil ?")
