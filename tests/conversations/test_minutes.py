from dataclasses import replace
from datetime import date

import pytest

from actions.papers import recording
from domain.actors import OPERATOR
from domain.agenda import ItemState
from domain.approvals import ApprovalState
from domain.bodies import Role
from domain.documents import DocumentKind, Visibility
from domain.publications import Text
from domain.rolls import RollCall
from domain.session_facts import SessionFact
from domain.sessions import SessionState
from domain.votes import Count, Majority, Result, Vote
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


@pytest.fixture
async def president(town: Town) -> Talker:
    return await town.resident("Nabila", "ar", seats=["council"], role=Role.PRESIDENT)


async def drawn_up(town: Town, clerk: Talker) -> int:
    """Have the clerk draw up the minutes of a session that voted on one item of two."""
    titles = ["Éclairage public", "Voirie"]
    session_id = await town.session(starts=HELD, state=SessionState.CLOSED, titles=titles)
    lighting = await town.item(session_id, "1")
    count = Count(7, 1, 2)
    async with town.store.unit() as unit:
        await unit.rolls.keep(RollCall(session_id, 1, HELD.date(), 10, 10, 6, has_quorum=True))
        vote = Vote(lighting.id, 1, HELD.date(), count, 10, Majority.CAST, Result.ADOPTED)
        await unit.votes.keep(vote)
        await unit.agenda.change(replace(lighting, state=ItemState.ADOPTED))
        for fact in (SessionFact.OPENED, SessionFact.CLOSED):
            await unit.session_facts.note(session_id, fact, HELD.date())
    await clerk.returns(f"draftpv:{session_id}")
    await clerk.presses("Oui")
    return session_id


async def agreed(clerk: Talker, secretary: Talker, president: Talker) -> None:
    await clerk.returns("submit:1")
    await secretary.returns(secretary.messages()[-1].choices[0].value)
    await president.returns(president.messages()[-1].choices[0].value)
    await president.presses("نعم")


async def test_minutes_go_from_the_records_to_every_member_and_are_found_by_their_words(
    town: Town, clerk: Talker, councillor: Talker, stranger: Talker, president: Talker
) -> None:
    secretary = await town.resident("Karim", seats=["council"], role=Role.SECRETARY)
    session_id = await drawn_up(town, clerk)
    assert "PV-2026-1 est rédigé" in clerk.sees()
    assert "7 pour, 1 contre, 2 abstention(s)" in clerk.sees()
    assert "10 membres présents sur 10" in clerk.sees()
    signing = f"minute:{session_id}:minutes_signed"
    assert "n’est pas encore approuvé" in await clerk.returns(signing)
    await agreed(clerk, secretary, president)
    assert "PV-2026-1 : signé" in await clerk.returns(signing)
    await clerk.presses("Remettre aux membres")
    assert "envoyé aux membres" in await clerk.presses("Oui")
    assert councillor.files()[-1] == "PV-2026-1-fr.txt"
    assert "PV-2026-1" in await councillor.says("/search éclairage public")
    assert "PV-2026-1" not in await stranger.says("/search éclairage public")
    assert "remis aux membres" in await stranger.says("où en est le PV-2026-1 ?")
    await clerk.returns(f"minute:{session_id}:minutes_published")
    await stranger.says("le PV-2026-1")
    assert "PV-2026-1-fr.txt" in stranger.files()
    await corrected(town, clerk, councillor, stranger)


async def corrected(town: Town, clerk: Talker, councillor: Talker, stranger: Talker) -> None:
    """Correct what was signed by another text, agreed to and signed as well."""
    await clerk.says("où en est le PV-2026-1 ?")
    await clerk.presses("Rectifier")
    assert "La rectification de PV-2026-1 est commencée" in await clerk.presses("Oui")
    assert "Rectification en cours : APP-2" in await clerk.says("où en est le PV-2026-1 ?")
    async with town.store.unit() as unit:
        text = await unit.publications.by_id(2)
        assert text
        right = {"fr": Text("Éclairage", "8 pour."), "ar": Text("الإنارة", "8")}
        content = await unit.publications.write(2, right, by=clerk.person_id)
        agreed_to = replace(text, state=ApprovalState.APPROVED, content=content)
        await unit.publications.change(agreed_to)
    assert "ne peut plus être modifié" in await clerk.returns("recall:1:yes")
    await clerk.says("où en est le PV-2026-1 ?")
    await clerk.presses("Noter la signature de la rectification")
    assert "PV-2026-1 : rectifié" in await clerk.presses("Oui")
    assert councillor.files()[-1] == "PV-2026-1-2-fr.txt"
    await stranger.says("le PV-2026-1")
    assert "PV-2026-1-2-fr.txt" in stranger.files()


async def test_what_was_signed_is_not_rewritten_and_what_was_rejected_keeps_its_number(
    town: Town, clerk: Talker
) -> None:
    secretary = await town.resident("Karim", seats=["council"], role=Role.SECRETARY)
    session_id = await drawn_up(town, clerk)
    assert "a déjà son procès-verbal" in await clerk.returns(f"draftpv:{session_id}:yes")
    await clerk.returns("submit:1")
    await secretary.says("rejeter APP-1")
    await secretary.says("Tout est faux.")
    await secretary.says("oui")
    assert "PV-2026-1 est rédigé" in await clerk.returns(f"draftpv:{session_id}:yes")
    async with town.store.unit() as unit:
        minutes = await unit.minutes.of_session(session_id)
        assert minutes
        assert minutes.publication_id == 2
        text = await unit.publications.by_id(2)
        assert text
        await unit.publications.change(replace(text, state=ApprovalState.APPROVED))
        await recording.record(unit, OPERATOR, session_id, SessionFact.MINUTES_SIGNED)
    assert "ne peut plus être modifié" in await clerk.returns("recall:2:yes")


async def test_only_who_keeps_the_records_draws_minutes_up_and_only_of_a_closed_session(
    town: Town, clerk: Talker, councillor: Talker, session_id: int
) -> None:
    coming = await town.session()
    await councillor.returns(f"draftpv:{session_id}:yes")
    assert "n’est pas close" in await clerk.returns(f"draftpv:{coming}:yes")
    async with town.store.reading() as unit:
        assert await unit.minutes.all() == []
