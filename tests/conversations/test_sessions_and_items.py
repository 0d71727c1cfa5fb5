from dataclasses import replace
from datetime import datetime

import pytest

from domain.agenda import ItemState
from domain.documents import DocumentKind
from domain.sessions import SessionKind, SessionState
from tests.town import OPENS, Talker, Town

TITLES = ["Voirie", "Budget primitif", "Cession d’un terrain communal"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("c'est quand la prochaine session du conseil ?", "jeudi 5 février 2026 à 18:00"),
        ("when is the next council session?", "Thursday 5 February 2026 at 18:00"),
        ("متى تنعقد الدورة المقبلة للمجلس؟", "الخميس 5 فبراير 2026 على الساعة 18:00"),
        ("/next", "jeudi 5 février 2026 à 18:00"),
    ],
)
async def test_the_next_session_says_when_where_and_how_it_stands(
    town: Town, stranger: Talker, question: str, answer: str
) -> None:
    await town.session(titles=TITLES)
    said = await stranger.says(question)
    assert answer in said
    assert "Salle des délibérations" in said
    assert "📨" in said


async def test_what_was_cancelled_or_put_off_is_not_next(town: Town, stranger: Talker) -> None:
    await town.session(starts=OPENS.replace(day=3), state=SessionState.CANCELLED, reason="Pluie")
    await town.session(starts=OPENS.replace(day=4), state=SessionState.POSTPONED)
    await town.session()
    assert "5 février" in await stranger.says("/next")


async def test_the_sessions_of_a_week_are_listed_with_their_states(
    town: Town, stranger: Talker
) -> None:
    await town.session(starts=OPENS.replace(day=3), state=SessionState.CANCELLED, reason="Pluie")
    await town.session(kind=SessionKind.EXTRAORDINARY_GOVERNOR)
    said = await stranger.says("quelles sont les sessions de la semaine prochaine ?")
    assert "❌ mardi 3 février 2026" in said
    assert "annulée" in said
    assert "demande du gouverneur" in said
    assert "Motif : Pluie" in await stranger.presses("3 février")


async def test_a_long_list_says_how_many_more_there_are(town: Town, stranger: Talker) -> None:
    for day in range(1, 15):
        await town.session(starts=OPENS.replace(day=day))
    said = await stranger.says("les sessions de février")
    assert "et 2 autres" in said


async def test_a_session_is_told_by_its_day(town: Town, stranger: Talker) -> None:
    await town.session()
    said = await stranger.says("à quelle heure et dans quelle salle se tient la séance du 5/2 ?")
    if "Quel jour" in said:
        said = await stranger.presses("5 février")
    assert "18:00" in said
    assert "Salle des délibérations" in said


async def test_where_asked_again_is_the_session_last_spoken_of(
    town: Town, stranger: Talker
) -> None:
    await town.session(starts=OPENS.replace(day=3))
    later = await town.session(titles=TITLES)
    await stranger.returns(f"agenda:{later}")
    assert "5 février" in await stranger.says("/session")


@pytest.mark.parametrize("question", ["la 2", "le point 2", "item 2", "/item 2", "النقطة 2", "٢"])
async def test_one_item_is_told_by_its_number_with_its_papers(
    town: Town, stranger: Talker, question: str
) -> None:
    session_id = await town.session(titles=TITLES)
    await town.document(session_id, "rapport", item=await town.item(session_id, "2"))
    await stranger.says("/agenda")
    said = await stranger.says(question)
    assert "2. Budget primitif" in said
    assert stranger.files() == ["rapport.pdf"]


async def test_an_item_is_also_a_button_away(town: Town, stranger: Talker) -> None:
    await town.session(titles=TITLES)
    await stranger.says("/agenda")
    assert "3. Cession" in await stranger.presses("N° 3")


async def test_an_item_that_is_not_there_is_said(town: Town, stranger: Talker) -> None:
    await town.session(titles=TITLES)
    assert "pas de point 12" in await stranger.says("/item 12")


async def test_an_items_state_is_an_icon_and_a_word_and_has_its_reason(
    town: Town, stranger: Talker
) -> None:
    session_id = await town.session(titles=TITLES)
    item = await town.item(session_id, "3")
    await town.change_item(
        replace(item, state=ItemState.WITHDRAWN, withdrawn_reason="Expertise attendue")
    )
    assert "[↩️ retiré]" in await stranger.says("/agenda")
    said = await stranger.says("/item 3")
    assert "↩️ retiré" in said
    assert "Expertise attendue" in said


@pytest.mark.parametrize(
    "question", ["envoie-moi les documents", "send me the documents", "أرسل لي الوثائق", "/docs"]
)
async def test_a_sessions_papers_are_sent_as_files(
    town: Town, stranger: Talker, question: str
) -> None:
    session_id = await town.session(titles=TITLES)
    await town.document(session_id, "dossier")
    await town.document(session_id, "annexe", item=await town.item(session_id, "1"))
    await stranger.says(question)
    assert stranger.files() == ["dossier.pdf", "annexe.pdf"]


async def test_the_papers_of_one_item_are_asked_for_by_number(town: Town, stranger: Talker) -> None:
    session_id = await town.session(titles=TITLES)
    await town.document(session_id, "dossier")
    await town.document(session_id, "annexe", item=await town.item(session_id, "1"))
    await stranger.says("envoie-moi les documents du point 1")
    assert stranger.files() == ["annexe.pdf"]


async def test_many_papers_are_sent_ten_at_a_time(town: Town, stranger: Talker) -> None:
    session_id = await town.session(titles=TITLES)
    for number in range(12):
        await town.document(session_id, f"pièce {number}")
    await stranger.says("/docs")
    assert len(stranger.files()) == 10
    await stranger.presses("Suite")
    assert stranger.files() == ["pièce 10.pdf", "pièce 11.pdf"]


async def test_an_agenda_is_handed_out_in_the_readers_language(
    town: Town, stranger: Talker
) -> None:
    session_id = await town.session(titles=TITLES, state=SessionState.DRAFT)
    await town.convene(session_id)
    await stranger.says("send me the documents")
    assert stranger.files() == [f"agenda-{session_id}-en.txt"]


async def test_papers_of_a_kind_that_is_missing_are_said_to_be(
    town: Town, stranger: Talker
) -> None:
    session_id = await town.session(titles=TITLES)
    await town.document(session_id, "dossier", kind=DocumentKind.PRESS)
    await stranger.says("/agenda")
    said = await stranger.says("envoie-moi le procès-verbal")
    assert "il n’y a pas de procès-verbal" in said
    assert stranger.files() == []


async def test_papers_of_a_month_without_a_session_say_which_month(
    town: Town, stranger: Talker
) -> None:
    await town.session(titles=TITLES)
    assert "octobre 2025" in await stranger.says("pv de la session doctobre")


async def test_a_sitting_of_several_days_shows_the_one_ahead(town: Town, stranger: Talker) -> None:
    session_id = await town.session(starts=datetime(2026, 1, 20, 9, 0))
    async with town.store.unit() as unit:
        await unit.sessions.add_sitting(
            session_id,
            number=2,
            starts=OPENS,
            ends=OPENS.replace(hour=20),
            zone_name="Africa/Casablanca",
            place="",
        )
    assert "5 février" in await stranger.returns(f"session:{session_id}")
