from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions.sessions.convening import convene
from domain.actors import OPERATOR
from domain.agenda import ItemState
from domain.clock import zone
from domain.documents import DocumentKind, Visibility
from domain.errors import Refused
from domain.messages import EventStatus
from domain.notices import Audience, AudienceKind, NoticeClass
from domain.phrasebook import LANGUAGES
from domain.reminders import ReminderState
from domain.sessions import AgendaState, SessionState
from tests.actions.conftest import OPENS, Council

CASABLANCA = zone("Africa/Casablanca")


async def test_a_convocation_calls_every_member_with_the_agenda_and_the_papers(
    council: Council,
) -> None:
    async with council.store.unit() as unit:
        convened = await convene(unit, council.session_id, actor=OPERATOR)
    async with council.store.reading() as unit:
        notice = await unit.notices.by_id(convened.notice_id)
        session = await unit.sessions.by_id(council.session_id)
    assert notice is not None
    assert session is not None
    assert notice.notice_class is NoticeClass.STATUTORY
    assert notice.audience == Audience(AudienceKind.BODY, "council")
    assert set(notice.content) == set(LANGUAGES)
    for language, said in notice.content.items():
        assert {one.name for one in said.attachments} == {
            f"agenda-{council.session_id}-{language}.txt",
            "rapport.txt",
        }
        assert "Point 2" in said.text
        assert said.event is not None
        assert (said.event.starts, said.event.status) == (OPENS, EventStatus.CONFIRMED)
    assert session.state is SessionState.CONVENED
    assert session.agenda_state is AgendaState.PUBLISHED


async def test_a_convocation_in_time_with_its_papers_is_not_warned_about(council: Council) -> None:
    async with council.store.unit() as unit:
        convened = await convene(unit, council.session_id, actor=OPERATOR)
    assert convened.warnings == ()


async def test_a_late_convocation_is_warned_about_with_the_article_and_goes_out(
    council: Council,
) -> None:
    council.clock.move_to(datetime(2026, 2, 3, 9, 0, tzinfo=CASABLANCA))
    async with council.store.unit() as unit:
        convened = await convene(unit, council.session_id, actor=OPERATOR, language="fr")
    assert [warning.code for warning in convened.warnings] == ["late"]
    assert "35" in convened.warnings[0].sentence
    assert "2 février 2026" in convened.warnings[0].sentence


async def test_an_empty_agenda_and_missing_papers_are_warned_about(council: Council) -> None:
    async with council.store.unit() as unit:
        body_id = (await unit.bodies.ids())["council"]
        first = await unit.sessions.by_id(council.session_id)
        assert first is not None
        session_id = await unit.sessions.add(body_id, first.kind)
        await unit.sessions.add_sitting(
            session_id, number=1, starts=OPENS, ends=OPENS, zone_name="Africa/Casablanca", place=""
        )
        convened = await convene(unit, session_id, actor=OPERATOR)
    assert [one.code for one in convened.warnings] == ["no_agenda", "no_documents"]


async def test_a_session_is_convened_once(council: Council) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
    async with council.store.unit() as unit:
        with pytest.raises(Refused, match=r"meeting\.already_convened"):
            await convene(unit, council.session_id, actor=OPERATOR)


async def test_a_session_nobody_knows_cannot_be_convened(council: Council) -> None:
    async with council.store.unit() as unit:
        with pytest.raises(Refused, match=r"meeting\.unknown"):
            await convene(unit, 999, actor=OPERATOR)


async def test_members_will_be_reminded_two_days_an_evening_and_two_hours_before(
    council: Council,
) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
        planned = await unit.reminders.of(council.session_id)
    # UTC+1 until 15 February 2026.
    assert [one.due_at.isoformat() for one in planned] == [
        "2026-02-10T08:00:00+00:00",
        "2026-02-11T17:00:00+00:00",
        "2026-02-12T06:00:00+00:00",
    ]
    assert {one.state for one in planned} == {ReminderState.PLANNED}


async def test_the_agenda_is_kept_as_a_document_in_each_language(council: Council) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
        papers = await unit.documents.of(council.session_id)
        agendas = [one for one in papers if one.kind is DocumentKind.AGENDA]
        text = (await unit.documents.content(agendas[0].sha256)).decode()
    assert [one.language for one in agendas] == list(LANGUAGES)
    assert "3. Point 3" in text


async def test_a_reminder_whose_hour_has_passed_is_not_planned(council: Council) -> None:
    council.clock.move_to(datetime(2026, 2, 11, 20, 0, tzinfo=CASABLANCA))
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
        planned = await unit.reminders.of(council.session_id)
    assert [str(one.rule) for one in planned] == ["PT2H"]
    assert planned[0].due_at - council.clock.now() == timedelta(hours=11)


async def test_a_draft_item_is_not_read_out_to_the_members(council: Council) -> None:
    async with council.store.unit() as unit:
        first, *_ = await unit.agenda.of(council.session_id)
        await unit.agenda.change(replace(first, state=ItemState.PROPOSED))
        convened = await convene(unit, council.session_id, actor=OPERATOR)
        notice = await unit.notices.by_id(convened.notice_id)
    assert notice is not None
    assert "Point 1" not in notice.content["fr"].text


async def test_an_agenda_that_names_a_closed_item_is_not_for_the_public(council: Council) -> None:
    async with council.store.unit() as unit:
        first, *_ = await unit.agenda.of(council.session_id)
        await unit.agenda.change(replace(first, is_public=False))
        await convene(unit, council.session_id, actor=OPERATOR)
        papers = await unit.documents.of(council.session_id)
    agendas = [one for one in papers if one.kind is DocumentKind.AGENDA]
    assert {one.visibility for one in agendas} == {Visibility.MEMBERS}
