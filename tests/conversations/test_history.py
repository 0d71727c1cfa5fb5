from datetime import date

import pytest

from actions.agenda.listing import reword
from actions.papers.recording import record
from actions.sessions.changing import cancel
from domain.actors import OPERATOR
from domain.session_facts import SessionFact
from tests.town import Talker, Town


@pytest.fixture
async def session_id(town: Town) -> int:
    session_id = await town.session(titles=["Voirie", "Budget"])
    async with town.store.unit() as unit:
        await reword(unit, session_id, "2", "Budget primitif", actor=OPERATOR)
        day = date(2026, 1, 20)
        await record(unit, OPERATOR, session_id, SessionFact.AGENDA_SENT, day)
        await cancel(unit, session_id, reason="Intempéries", actor=OPERATOR)
    return session_id


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("l'historique du point 2", "Intitulé modifié (Budget → Budget primitif)"),
        ("/history item 2", "Intitulé modifié (Budget → Budget primitif)"),
        ("تاريخ النقطة 2", "تعديل عنوان النقطة"),
        ("historique de la session", "Session annulée (Intempéries)"),
    ],
)
async def test_whoever_works_on_a_thing_reads_its_whole_history(
    clerk: Talker, session_id: int, question: str, answer: str
) -> None:
    await clerk.returns(f"session:{session_id}")
    assert answer in await clerk.says(question)


async def test_a_citizen_reads_the_public_steps_alone_and_nobodys_name(
    stranger: Talker, session_id: int
) -> None:
    said = await stranger.says(f"historique session:{session_id}")
    assert "Session annulée (Intempéries)" in said
    assert "secrétariat" not in said
    assert "Mention" not in said
    await stranger.returns(f"session:{session_id}")
    assert "Intitulé" not in await stranger.says("l'historique du point 2")


@pytest.mark.parametrize("ref", ["APP-61", "PET-2026-0012", "person:1", "REQ-2026-4", "XYZ-1"])
async def test_what_is_not_theirs_to_see_is_answered_like_what_does_not_exist(
    stranger: Talker, session_id: int, ref: str
) -> None:
    assert session_id
    assert f"Je ne connais pas « {ref} »" in await stranger.says(f"historique {ref}")


async def test_an_item_offers_its_history_and_the_way_back(clerk: Talker, session_id: int) -> None:
    await clerk.returns(f"agenda:{session_id}")
    await clerk.presses("N° 2")
    assert "Intitulé modifié" in await clerk.presses("Historique")
    assert "Budget primitif" in await clerk.presses("N° 2")
