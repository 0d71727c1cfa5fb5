"""The directory of people, and the sessions a page lists: alike on both databases."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from actions.sessions.planning import plan
from domain.actors import OPERATOR
from domain.addresses import Channel
from domain.bodies import COUNCIL, Role
from domain.clock import HandClock
from domain.register import Newcomer, Place
from domain.sessions import SessionKind, SessionState
from store.connecting import Store
from store.directory import Wanted
from tests.communes import founded

TODAY = date(2026, 1, 28)
PEOPLE = (
    Newcomer("Amina Alaoui", "fr", ((COUNCIL, Role.MEMBER),)),
    Newcomer("Driss 100%", "ar", ((COUNCIL, Role.PRESIDENT),), (Place(Channel.EMAIL, "d@x.ma"),)),
    Newcomer("Hind Alaoui", "fr"),
)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["Amina Alaoui", "Driss 100%", "Hind Alaoui"]),
        (Wanted("aLAOUI"), ["Amina Alaoui", "Hind Alaoui"]),
        (Wanted("0%"), ["Driss 100%"]),
        (Wanted("_"), []),
        (Wanted(body_key=COUNCIL), ["Amina Alaoui", "Driss 100%"]),
        (Wanted(role=Role.PRESIDENT), ["Driss 100%"]),
        (Wanted(is_dead=True), ["Driss 100%"]),
    ],
)
async def test_people_are_listed_by_what_is_asked(
    store: Store, clock: HandClock, wanted: Wanted, names: list[str]
) -> None:
    await founded(store)
    async with store.unit() as unit:
        tenant = await unit.bodies.tenant()
        assert tenant
        await unit.register.add(tenant.id, PEOPLE)
        await unit.people.quarantine(Channel.EMAIL, ["d@x.ma"], code="550", at=clock.now())
    async with store.reading() as unit:
        found = await unit.directory.page(wanted, on=TODAY)
        assert [one.name for one in found] == names
        after = await unit.directory.page(wanted, on=TODAY, offset=1, most=1)
        assert [one.name for one in after] == names[1:2]


async def test_sessions_are_listed_by_state_the_latest_first(store: Store) -> None:
    await founded(store)
    days = [datetime(2026, 2, day, 10) for day in (5, 12, 19)]
    async with store.unit() as unit:
        ids = [
            await plan(unit, COUNCIL, kind=SessionKind.ORDINARY, starts=day, actor=OPERATOR)
            for day in days
        ]
        first = await unit.sessions.by_id(ids[0])
        assert first
        await unit.sessions.change(replace(first, state=SessionState.CANCELLED))
    async with store.reading() as unit:
        drafts = await unit.sessions.opening_in({SessionState.DRAFT}, body_keys=[COUNCIL])
        assert [session.id for session, _ in drafts] == [ids[2], ids[1]]
        assert await unit.sessions.opening_in({SessionState.DRAFT}, body_keys=["bureau"]) == []
        (last,) = await unit.sessions.opening_in(
            {SessionState.DRAFT}, body_keys=[COUNCIL], offset=1, most=1
        )
        assert last[0].id == ids[1]
