"""What the law asks next, read from what is on record."""

from datetime import date, datetime

import pytest

from actions.duties.due import due, of_session
from actions.papers.recording import record, strike
from actions.sessions.convening import convene
from actions.sessions.planning import plan
from domain.actors import OPERATOR, Actor
from domain.bodies import Role
from domain.errors import Refused
from domain.law import pack
from domain.law.rules import DutyOf
from domain.session_facts import SessionFact
from domain.sessions import SessionKind, SessionState
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

OPENS = datetime(2026, 2, 26, 10)


async def planned(unit: Unit) -> int:
    return await plan(unit, "council", kind=SessionKind.ORDINARY, starts=OPENS, actor=OPERATOR)


async def asked(unit: Unit, *owners: Role) -> list[tuple[str, str]]:
    found = await due(unit, language="fr", owners=owners)
    return [(one.duty.name, one.duty.deadline.date.isoformat()) for one in found]


async def test_a_planned_session_is_asked_for_its_papers_by_day(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        await planned(unit)
        assert await asked(unit) == [
            ("send_agenda_to_governor", "2026-02-06"),
            ("send_convocations", "2026-02-16"),
        ]
        assert await asked(unit, Role.PRESIDENT) == []


async def test_what_is_recorded_is_done_and_gives_rise_to_what_comes_next(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        session_id = await planned(unit)
        await record(unit, OPERATOR, session_id, SessionFact.AGENDA_SENT)
        await record(unit, OPERATOR, session_id, SessionFact.AGENDA_RECEIVED)
        assert await asked(unit) == [
            ("hear_from_governor", "2026-02-05"),
            ("send_convocations", "2026-02-16"),
        ]
        session = await unit.sessions.by_id(session_id)
        assert session
        assert session.state is SessionState.AGENDA_SENT
        told = await of_session(unit, session_id, language="ar")
        assert [one.duty.done_on for one in told if one.duty.name == "send_agenda_to_governor"] == [
            date(2026, 1, 28)
        ]


async def test_a_session_of_which_nothing_is_open_is_not_even_read(store: Store) -> None:
    await founded(store)
    duties = pack("ma").duties.values()
    rules = [one for one in duties if one.of is DutyOf.SESSION]
    async with store.unit() as unit:
        session_id, other = await planned(unit), await planned(unit)
        fulfilled = {fact for rule in rules for fact in rule.done} & set(SessionFact)
        for fact in fulfilled - {SessionFact.MINUTES_SENT, SessionFact.AGENDA_SENT}:
            await unit.session_facts.note(session_id, SessionFact(fact), OPENS.date())
        await convene(unit, session_id, actor=OPERATOR)
        await unit.session_facts.note(session_id, SessionFact.AGENDA_SENT, OPENS.date())
        assert [one.id for one in await unit.sessions.owing(rules)] == [session_id, other]
        assert ("send_minutes_to_governor", "2026-03-19") in await asked(unit)
        await unit.session_facts.note(session_id, SessionFact.MINUTES_SENT, OPENS.date())
        assert [one.id for one in await unit.sessions.owing(rules)] == [other]


async def test_a_mistake_is_struck_from_the_record(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        session_id = await planned(unit)
        await record(unit, OPERATOR, session_id, SessionFact.AGENDA_SENT)
        await strike(unit, OPERATOR, session_id, SessionFact.AGENDA_SENT)
        assert ("send_agenda_to_governor", "2026-02-06") in await asked(unit)
        with pytest.raises(Refused):
            await strike(unit, OPERATOR, session_id, SessionFact.AGENDA_SENT)


@pytest.mark.parametrize(
    ("fact", "on", "key"),
    [
        (SessionFact.AGENDA_SENT, date(2026, 1, 29), "record.to_come"),
        (SessionFact.AGENDA_RECEIVED, None, "record.not_yet"),
        (SessionFact.OPENED, None, "record.not_by_hand"),
    ],
)
async def test_what_cannot_have_happened_is_refused(
    store: Store, fact: SessionFact, on: date | None, key: str
) -> None:
    await founded(store)
    async with store.unit() as unit:
        session_id = await planned(unit)
        with pytest.raises(Refused) as refused:
            await record(unit, OPERATOR, session_id, fact, on)
        assert refused.value.key == key


async def test_not_everybody_keeps_the_record(store: Store) -> None:
    await founded(store)
    async with store.unit() as unit:
        session_id = await planned(unit)
        with pytest.raises(Refused) as refused:
            await record(unit, Actor.of(None), session_id, SessionFact.AGENDA_SENT)
    assert refused.value.key == "access.not_allowed"
