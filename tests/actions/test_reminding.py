from datetime import datetime, time

import pytest

from actions.sessions.convening import convene
from actions.sessions.reminding import forget, remind, remind_me
from domain.actors import OPERATOR
from domain.clock import zone
from domain.errors import Refused
from domain.notices import AudienceKind, NoticeKind
from domain.reminders import ReminderState, Rule
from tests.actions.conftest import Council

CASABLANCA = zone("Africa/Casablanca")
TWO_DAYS = Rule(days=2, at=time(9, 30))


@pytest.fixture
async def convened(council: Council) -> Council:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
    return council


async def test_a_member_is_reminded_when_they_wish(convened: Council) -> None:
    async with convened.store.unit() as unit:
        member = await convened.member(unit)
        reminder = await remind_me(unit, member, convened.session_id, TWO_DAYS)
    assert reminder.due_at == datetime(2026, 2, 10, 9, 30, tzinfo=CASABLANCA)
    convened.clock.move_to(reminder.due_at)
    async with convened.store.unit() as unit:
        await remind(unit, convened.clock.now())
        notices = await unit.notices.of_session(convened.session_id)
    mine = [one for one in notices if one.audience.kind is AudienceKind.PERSON]
    assert [one.audience.ref for one in mine] == [str(member.id)]
    assert mine[0].kind is NoticeKind.REMINDER
    assert mine[0].expires_at is not None


async def test_the_same_wish_twice_is_one_reminder(convened: Council) -> None:
    async with convened.store.unit() as unit:
        member = await convened.member(unit)
        await remind_me(unit, member, convened.session_id, TWO_DAYS)
        await remind_me(unit, member, convened.session_id, TWO_DAYS)
        assert len(await unit.reminders.of_person(member.id)) == 1


async def test_a_reminder_can_be_taken_back(convened: Council) -> None:
    async with convened.store.unit() as unit:
        member = await convened.member(unit)
        await remind_me(unit, member, convened.session_id, TWO_DAYS)
        assert await forget(unit, member, None) == 1
        assert await unit.reminders.of_person(member.id) == []
        assert await forget(unit, member, convened.session_id) == 0


async def test_a_reminder_for_an_hour_that_has_passed_is_refused(convened: Council) -> None:
    async with convened.store.unit() as unit:
        member = await convened.member(unit)
        with pytest.raises(Refused, match=r"reminder\.too_late"):
            await remind_me(unit, member, convened.session_id, Rule(days=40))


async def test_a_tick_repeated_sends_once(convened: Council) -> None:
    convened.clock.move_to(datetime(2026, 2, 10, 9, 0, tzinfo=CASABLANCA))
    async with convened.store.unit() as unit:
        assert await remind(unit, convened.clock.now()) == 1
        assert await remind(unit, convened.clock.now()) == 0


async def test_after_a_silence_only_what_is_still_useful_is_sent(convened: Council) -> None:
    convened.clock.move_to(datetime(2026, 2, 12, 7, 30, tzinfo=CASABLANCA))
    async with convened.store.unit() as unit:
        assert await remind(unit, convened.clock.now()) == 1
        states = {str(one.rule): one.state for one in await unit.reminders.of(convened.session_id)}
    assert states == {
        "P2D@09:00": ReminderState.DROPPED,
        "P1D@18:00": ReminderState.DROPPED,
        "PT2H": ReminderState.SENT,
    }


async def test_nobody_is_reminded_of_what_has_begun(convened: Council) -> None:
    convened.clock.move_to(datetime(2026, 2, 12, 9, 0, tzinfo=CASABLANCA))
    async with convened.store.unit() as unit:
        assert await remind(unit, convened.clock.now()) == 0
        assert {one.state for one in await unit.reminders.of(convened.session_id)} == {
            ReminderState.DROPPED
        }
