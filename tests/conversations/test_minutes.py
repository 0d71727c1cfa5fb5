from datetime import date

import pytest

from domain.documents import DocumentKind, Visibility
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from tests.town import OPENS, Talker, Town

HELD = OPENS.replace(month=1, day=12)


@pytest.fixture
async def session_id(town: Town) -> int:
    session_id = await town.session(starts=HELD, state=SessionState.CLOSED)
    async with town.store.unit() as unit:
        for fact in (SessionFact.OPENED, SessionFact.CLOSED):
            await unit.session_facts.note(session_id, fact, HELD.date())
    return session_id


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("le pv est-il signé ?", "en préparation"),
        ("هل تم توقيع المحضر؟", "المحضر قيد الإعداد"),
        ("are the minutes ready?", "being drawn up"),
    ],
)
async def test_anybody_may_ask_where_the_minutes_of_the_last_session_stand(
    stranger: Talker, session_id: int, question: str, answer: str
) -> None:
    assert session_id
    said = await stranger.says(question)
    assert answer in said
    assert "⏳" not in said


async def test_who_keeps_the_records_notes_each_step_reads_what_is_due_and_takes_it_back(
    town: Town, clerk: Talker, session_id: int
) -> None:
    assert "⏳" in await clerk.says("où en est le pv ?")
    said = await clerk.presses("Noter aujourd’hui : procès-verbal remis")
    assert "✅ procès-verbal remis aux membres" in said
    assert "Noter aujourd’hui : procès-verbal remis" not in "\n".join(clerk.offered())
    assert "en préparation" in await clerk.presses("Annuler")
    async with town.store.reading() as unit:
        assert SessionFact.MINUTES_GIVEN not in await unit.session_facts.of(session_id)


async def test_whoever_may_not_note_a_step_cannot_forge_the_button(
    town: Town, stranger: Talker, session_id: int
) -> None:
    await stranger.returns(f"minute:{session_id}:minutes_given")
    async with town.store.reading() as unit:
        assert SessionFact.MINUTES_GIVEN not in await unit.session_facts.of(session_id)


async def test_minutes_are_sent_to_those_who_may_read_them_and_their_state_told_to_others(
    town: Town, stranger: Talker, councillor: Talker, session_id: int
) -> None:
    await town.document(
        session_id, "PV du 12", kind=DocumentKind.MINUTES, visibility=Visibility.MEMBERS
    )
    async with town.store.unit() as unit:
        await unit.session_facts.note(session_id, SessionFact.MINUTES_SETTLED, date(2026, 1, 15))
    assert "PV du 12" in await councillor.says("le pv de la dernière session")
    said = await stranger.says("le pv de la dernière session")
    assert "PV du 12" not in said
    assert "✅ procès-verbal arrêté — jeudi 15 janvier 2026" in said
