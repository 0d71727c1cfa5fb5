"""Sessions that do not go as planned: moved twice, short of a member, their agenda changed late."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from actions.agenda import listing
from actions.meetings import meeting
from actions.sessions import rolling
from actions.sessions.attending import confirm
from actions.sessions.changing import move
from actions.sessions.convening import convene
from actions.sessions.forecasting import expected
from actions.sessions.opening import open_session
from actions.sessions.telling_changes import tell_now, tell_settled
from domain.actors import OPERATOR, Actor
from domain.addresses import Channel
from domain.clock import zone
from domain.errors import Refused
from domain.notices import NoticeKind
from domain.rolls import Presence
from domain.sessions import SessionState
from store.tables.people import memberships
from store.unit import Unit
from tests.actions.conftest import OPENS, Council

LATER, LAST = OPENS + timedelta(days=7), OPENS + timedelta(days=5)


@pytest.fixture
async def convened(council: Council) -> Council:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
    return council


async def kinds(unit: Unit, council: Council) -> list[NoticeKind]:
    return [one.kind for one in await unit.notices.of_session(council.session_id)]


async def leaves(unit: Unit, council: Council, number: int, on: date) -> None:
    """Have a member leave office, on their last day."""
    await unit.connection.execute(
        update(memberships)
        .where(memberships.c.person_id == council.member_ids[number])
        .values(ended_on=on)
    )


async def test_a_session_moved_twice_is_told_twice_and_stands_where_it_was_moved_last(
    convened: Council,
) -> None:
    async with convened.store.unit() as unit:
        await move(unit, convened.session_id, starts=LATER, actor=OPERATOR)
        again = await move(unit, convened.session_id, starts=LAST, place="Annexe", actor=OPERATOR)
        notices = await unit.notices.of_session(convened.session_id)
        reminders = await unit.reminders.of(convened.session_id)
        [sitting] = await unit.sessions.sittings(convened.session_id)
    events = [one.content["fr"].event for one in notices]
    assert [one.sequence for one in events if one] == [0, 1, 2]
    assert len({one.uid for one in events if one}) == 1
    assert "19 février 2026" in notices[-1].content["fr"].text  # where they thought it was
    assert "17 février 2026" in notices[-1].content["fr"].text
    assert (sitting.starts, sitting.place) == (LAST, "Annexe")
    due = {one.rule.due_at(LAST, zone(sitting.zone)) for one in reminders}
    assert {one.due_at for one in reminders} == due
    assert again.session.sequence == 2


async def test_each_move_is_held_to_the_laws_days(convened: Council) -> None:
    async with convened.store.unit() as unit:
        far = await move(unit, convened.session_id, starts=LATER, actor=OPERATOR)
        near = OPENS - timedelta(days=9)
        close = await move(unit, convened.session_id, starts=near, actor=OPERATOR)
    assert far.warnings == ()
    assert [one.code for one in close.warnings] == ["late"]


async def test_who_leaves_office_before_the_sitting_counts_no_more_though_they_said_they_come(
    convened: Council,
) -> None:
    async with convened.store.unit() as unit:
        member = await convened.member(unit)
        whose = Actor.of(member, Channel.EMAIL, "member0@elus.example")
        await confirm(unit, whose, convened.session_id)
        await leaves(unit, convened, 0, date(2026, 2, 1))
    convened.clock.move_by(timedelta(days=15))
    async with convened.store.unit() as unit:
        called = await meeting(unit, convened.session_id)
        promised = await expected(unit, called)
        assert (promised.confirmed, promised.in_office, promised.needed) == (0, 2, 2)
        known = await rolling.roll(unit, called)
        assert member.id not in {seat.person_id for seat in known.seats}
        gone = await unit.people.by_id(member.id, on=date(2026, 2, 12))
        assert gone
        with pytest.raises(Refused, match=r"attendance\.no_seat"):
            await confirm(unit, Actor.of(gone, Channel.EMAIL, "x"), convened.session_id)
        there = {member.id: Presence.PRESENT}
        with pytest.raises(Refused, match=r"sitting\.no_member"):
            await rolling.mark(unit, OPERATOR, convened.session_id, there)
        both = {seat.person_id: Presence.PRESENT for seat in known.seats}
        await rolling.mark(unit, OPERATOR, convened.session_id, both)
        opened = await open_session(unit, OPERATOR, convened.session_id)
        assert (opened.counted.present, opened.counted.in_office) == (2, 2)


async def test_an_agenda_changed_after_the_convocation_is_told_in_one_go_with_what_changed(
    convened: Council,
) -> None:
    async with convened.store.unit() as unit:
        added = await listing.add(
            unit, convened.session_id, "Subvention", language="fr", actor=OPERATOR
        )
        await listing.withdraw(unit, convened.session_id, "2", "Étude", actor=OPERATOR)
        assert await tell_settled(unit) == 0  # still being changed
    convened.clock.move_by(timedelta(minutes=16))
    async with convened.store.unit() as unit:
        assert await tell_settled(unit) == 1
        assert await tell_settled(unit) == 0
        assert await kinds(unit, convened) == [NoticeKind.CONVOCATION, NoticeKind.AGENDA_CHANGED]
        told = (await unit.notices.of_session(convened.session_id))[-1].content["fr"].text
    assert f"+ {added.number}. Subvention" in told
    assert "− 2. Point 2" in told


async def test_a_late_change_is_warned_about_and_a_second_convocation_calls_to_the_first_agenda(
    convened: Council,
) -> None:
    convened.clock.move_by(timedelta(days=10))  # five days are left of ten
    async with convened.store.unit() as unit:
        await listing.reword(unit, convened.session_id, "1", "Budget", actor=OPERATOR)
        warnings = await tell_now(unit, convened.session_id, actor=OPERATOR)
        assert [one.code for one in warnings] == ["late"]
        session = await unit.sessions.by_id(convened.session_id)
        assert session
        await unit.sessions.change(replace(session, state=SessionState.RECONVENED))
        with pytest.raises(Refused, match=r"listing\.fixed"):
            await listing.add(unit, convened.session_id, "X", language="fr", actor=OPERATOR)


@pytest.mark.parametrize("starts", [OPENS, datetime(2026, 1, 2, 9)])
async def test_a_session_that_has_opened_is_moved_no_more(
    convened: Council, starts: datetime
) -> None:
    async with convened.store.unit() as unit:
        session = await unit.sessions.by_id(convened.session_id)
        assert session
        await unit.sessions.change(replace(session, state=SessionState.OPEN))
        with pytest.raises(Refused, match=r"meeting\.cannot_move"):
            await move(unit, convened.session_id, starts=starts, actor=OPERATOR)
