"""A holiday announced the day before: who is in charge hears what moved, and what fails."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from actions.duties.shifting_deadlines import announce, take_back
from actions.sessions.planning import plan
from domain.actors import OPERATOR
from domain.bodies import Role
from domain.clock import HandClock
from domain.register import Newcomer
from domain.session_facts import SessionFact
from domain.sessions import SessionKind, SessionState
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

EVE = datetime(2026, 3, 19, 20, tzinfo=UTC)
CLOSED = date(2026, 3, 9)
EID_TOO = date(2026, 3, 23)  # a Monday; the library has the Friday before
NAMES = {"Nadia": Role.COUNCIL_SECRETARIAT, "Amine": Role.PRESIDENT, "Salma": Role.MEMBER}


@pytest.fixture
async def town(store: Store, clock: HandClock) -> Store:
    clock.move_to(EVE)
    await founded(store)
    async with store.unit() as unit:
        seats = [Newcomer(name, "fr", seats=(("council", NAMES[name]),)) for name in NAMES]
        await unit.register.add(1, seats)
    return store


async def session(unit: Unit, starts: datetime, state: SessionState) -> int:
    kind = SessionKind.ORDINARY
    session_id = await plan(unit, "council", kind=kind, starts=starts, actor=OPERATOR)
    planned = await unit.sessions.by_id(session_id)
    assert planned
    await unit.sessions.change(replace(planned, state=state))
    return session_id


async def told(unit: Unit) -> dict[str, str]:
    """Return what each was told, in French."""
    said = {}
    for name in NAMES:
        [person_id] = await unit.people.named(name)
        for notice_id in await unit.notices.expanding():
            notice = await unit.notices.by_id(notice_id)
            if notice and notice.audience.ref == str(person_id):
                said[name] = notice.content["fr"].text
    return said


async def closed(unit: Unit) -> None:
    session_id = await session(unit, datetime(2026, 3, 25, 10), SessionState.CLOSED)
    for fact, day in ((SessionFact.OPENED, date(2026, 3, 2)), (SessionFact.CLOSED, CLOSED)):
        await unit.session_facts.note(session_id, fact, day)


async def test_who_owes_a_deadline_in_working_days_hears_from_which_day_to_which(
    town: Store,
) -> None:
    async with town.unit() as unit:
        await closed(unit)
        done = await announce(unit, EID_TOO, "Aïd al-Fitr", actor=OPERATOR)
        moved = {one.owed.duty.name: one for one in done.shifts}
        shift = moved["send_minutes_to_governor"]
        assert list(moved) == ["send_minutes_to_governor"]
        assert (shift.before, shift.owed.duty.deadline.date) == (
            date(2026, 3, 31),
            date(2026, 4, 1),
        )
        heard = await told(unit)
        assert list(heard) == ["Nadia"]
        assert "du mardi 31 mars 2026 au mercredi 1er avril 2026" in heard["Nadia"]


async def test_a_day_taken_back_moves_it_back_and_one_announced_twice_moves_nothing(
    town: Store,
) -> None:
    async with town.unit() as unit:
        await closed(unit)
        await announce(unit, EID_TOO, "Aïd al-Fitr", actor=OPERATOR)
        assert not (await announce(unit, EID_TOO, "Aïd al-Fitr", actor=OPERATOR)).is_changed
        back = await take_back(unit, EID_TOO, actor=OPERATOR)
        assert [one.owed.duty.deadline.date for one in back.shifts] == [date(2026, 3, 31)]


async def test_what_was_done_in_time_and_is_late_now_is_not_left_unsaid(town: Store) -> None:
    async with town.unit() as unit:
        await announce(unit, EID_TOO, "Aïd al-Fitr", actor=OPERATOR)
        await closed(unit)
        [sent] = [one.id for one in await unit.sessions.all()]
        await unit.session_facts.note(sent, SessionFact.MINUTES_SENT, date(2026, 4, 1))
        back = await take_back(unit, EID_TOO, actor=OPERATOR)
        assert [one.owed.duty.is_open for one in back.shifts] == [False]
        assert "mais le délai s’arrêtait le mardi 31 mars 2026" in (await told(unit))["Nadia"]


async def test_a_sitting_planned_for_that_day_is_told_to_those_who_call_it(town: Store) -> None:
    async with town.unit() as unit:
        starts = datetime(2026, 3, 23, 10)
        await session(unit, starts, SessionState.THIRD_MEETING)
        done = await announce(unit, EID_TOO, "Aïd al-Fitr", actor=OPERATOR)
        assert len(done.sittings) == 1
        heard = await told(unit)
        assert set(heard) == {"Nadia", "Amine"}
        assert "se tient ce jour férié, lundi 23 mars 2026 à 10:00" in heard["Amine"]
