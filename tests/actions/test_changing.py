from datetime import datetime, timedelta

import pytest

from actions.sessions.changing import cancel, move
from actions.sessions.convening import convene
from actions.sessions.reminding import remind
from domain.actors import OPERATOR
from domain.clock import zone
from domain.errors import Refused
from domain.messages import EventStatus
from domain.notices import AudienceKind, NoticeKind
from domain.reminders import ReminderState
from domain.sessions import SessionState, SittingState
from tests.actions.conftest import OPENS, Council

CASABLANCA = zone("Africa/Casablanca")
LATER = OPENS + timedelta(days=7)


async def convened(council: Council) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)


async def test_a_moved_session_tells_whoever_was_told_and_its_calendar_entry_moves(
    council: Council,
) -> None:
    await convened(council)
    async with council.store.unit() as unit:
        moved = await move(unit, council.session_id, starts=LATER, actor=OPERATOR)
        notices = await unit.notices.of_session(council.session_id)
    assert [one.kind for one in notices] == [NoticeKind.CONVOCATION, NoticeKind.SESSION_MOVED]
    assert notices[1].audience.kind is AudienceKind.TOLD
    before, after = (one.content["fr"].event for one in notices)
    assert before is not None
    assert after is not None
    assert before.uid == after.uid
    assert after.sequence == before.sequence + 1 == moved.session.sequence
    assert after.starts == LATER
    assert "12 février 2026" in notices[1].content["fr"].text
    assert "19 février 2026" in notices[1].content["fr"].text


async def test_reminders_move_with_their_session_and_keep_the_wall_clock(council: Council) -> None:
    await convened(council)
    async with council.store.unit() as unit:
        await move(unit, council.session_id, starts=LATER, actor=OPERATOR)
        planned = await unit.reminders.of(council.session_id)
    # The clocks went back on 15 February: nine o'clock is nine UTC now.
    assert planned[0].due_at.isoformat() == "2026-02-17T09:00:00+00:00"
    assert {one.state for one in planned} == {ReminderState.PLANNED}


async def test_a_reminder_already_sent_is_due_again_after_a_move(council: Council) -> None:
    await convened(council)
    council.clock.move_to(datetime(2026, 2, 10, 9, 0, tzinfo=CASABLANCA))
    async with council.store.unit() as unit:
        assert await remind(unit, council.clock.now()) == 1
        await move(unit, council.session_id, starts=LATER, actor=OPERATOR)
    council.clock.move_to(datetime(2026, 2, 17, 9, 0, tzinfo=CASABLANCA))
    async with council.store.unit() as unit:
        assert await remind(unit, council.clock.now()) == 1


async def test_a_draft_moves_without_telling_anybody(council: Council) -> None:
    async with council.store.unit() as unit:
        await move(unit, council.session_id, starts=LATER, actor=OPERATOR)
        assert await unit.notices.of_session(council.session_id) == []


async def test_moving_closer_than_the_law_allows_is_warned_about(council: Council) -> None:
    await convened(council)
    async with council.store.unit() as unit:
        moved = await move(
            unit, council.session_id, starts=OPENS - timedelta(days=8), actor=OPERATOR
        )
    assert [one.code for one in moved.warnings] == ["late"]


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [
        (OPENS, r"meeting\.unchanged"),
        (datetime(2026, 1, 2, 9, 0), r"meeting\.in_the_past"),
    ],
)
async def test_a_senseless_move_is_refused(
    council: Council, starts: datetime, refusal: str
) -> None:
    async with council.store.unit() as unit:
        with pytest.raises(Refused, match=refusal):
            await move(unit, council.session_id, starts=starts, actor=OPERATOR)


async def test_a_cancelled_session_says_why_and_its_reminders_are_silent(council: Council) -> None:
    await convened(council)
    async with council.store.unit() as unit:
        session = await cancel(unit, council.session_id, reason="Deuil national", actor=OPERATOR)
    async with council.store.reading() as unit:
        notices = await unit.notices.of_session(council.session_id)
        planned = await unit.reminders.of(council.session_id)
        sittings = await unit.sessions.sittings(council.session_id)
    assert session.state is SessionState.CANCELLED
    assert sittings[0].state is SittingState.CANCELLED
    assert "Deuil national" in notices[-1].content["ar"].text
    event = notices[-1].content["fr"].event
    assert event is not None
    assert event.status is EventStatus.CANCELLED
    assert {one.state for one in planned} == {ReminderState.CANCELLED}


async def test_a_cancellation_needs_a_reason(council: Council) -> None:
    async with council.store.unit() as unit:
        with pytest.raises(Refused, match=r"meeting\.needs_reason"):
            await cancel(unit, council.session_id, reason="  ", actor=OPERATOR)


async def test_a_cancelled_session_is_not_cancelled_again_nor_moved(council: Council) -> None:
    async with council.store.unit() as unit:
        await cancel(unit, council.session_id, reason="x", actor=OPERATOR)
        with pytest.raises(Refused, match=r"meeting\.already_cancelled"):
            await cancel(unit, council.session_id, reason="x", actor=OPERATOR)
        with pytest.raises(Refused, match=r"meeting\.cannot_move"):
            await move(unit, council.session_id, starts=LATER, actor=OPERATOR)
