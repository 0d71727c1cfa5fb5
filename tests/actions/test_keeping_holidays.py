from datetime import date

import pytest

from actions.keeping_holidays import add, calendar, edits, remove
from actions.people.founding import found
from domain import law
from domain.actors import OPERATOR
from domain.errors import Refused
from store.connecting import Store

EID = date(2026, 3, 20)  # the library's estimate; really announced the evening before
EID_TOO = date(2026, 3, 23)
WORKDAY = date(2026, 3, 24)
CLOSED = date(2026, 3, 9)


@pytest.fixture
async def town(store: Store) -> Store:
    async with store.unit() as unit:
        await found(unit, {"fr": "Agadir"}, actor=OPERATOR)
    return store


async def added(town: Store, day: date, name: str = "Aïd al-Fitr") -> bool:
    async with town.unit() as unit:
        return await add(unit, day, name, actor=OPERATOR)


async def removed(town: Store, day: date) -> None:
    async with town.unit() as unit:
        await remove(unit, day, actor=OPERATOR)


async def minutes_due(town: Store) -> date:
    async with town.reading() as unit:
        commune = await unit.bodies.tenant()
        assert commune
        holidays = await edits(unit, commune)
    rule = "ma.minutes_to_governor_latest"
    return law.deadline(rule, {"close_date": CLOSED}, holidays=holidays).date


async def marks(town: Store) -> dict[date, tuple[bool, bool]]:
    async with town.reading() as unit:
        found_days = await calendar(unit, 2026, language="fr")
    assert [one.day for one in found_days] == sorted(one.day for one in found_days)
    return {one.day: (one.is_counted, one.is_own) for one in found_days}


async def acts(town: Store) -> list[tuple[str, object]]:
    async with town.reading() as unit:
        entries = await unit.audit.entries(after=1)
    return [(one.act, one.facts["day"]) for one in entries]


async def test_a_holiday_announced_the_day_before_moves_a_deadline_in_working_days(
    town: Store,
) -> None:
    before = await minutes_due(town)
    await added(town, EID_TOO)
    assert await minutes_due(town) > before
    await removed(town, EID_TOO)
    assert await minutes_due(town) == before
    await removed(town, EID)
    assert await minutes_due(town) < before


async def test_the_calendar_tells_the_towns_days_from_the_librarys(town: Store) -> None:
    await added(town, EID_TOO)
    await removed(town, EID)
    told = await marks(town)
    assert told[EID_TOO] == (True, True)
    assert told[EID] == (False, True)
    assert told[date(2026, 11, 18)] == (True, False)
    assert await acts(town) == [
        ("holiday.added", "2026-03-23"),
        ("holiday.removed", "2026-03-20"),
    ]


async def test_a_day_added_twice_is_added_once(town: Store) -> None:
    assert await added(town, EID_TOO)
    assert not await added(town, EID_TOO)
    assert len(await acts(town)) == 1


async def test_a_day_taken_away_can_be_given_back(town: Store) -> None:
    await removed(town, EID)
    assert await added(town, EID)
    assert (await marks(town))[EID] == (True, True)


async def test_a_day_that_was_added_and_taken_away_leaves_no_trace(town: Store) -> None:
    await added(town, EID_TOO)
    await removed(town, EID_TOO)
    assert EID_TOO not in await marks(town)


async def test_what_is_no_holiday_cannot_be_taken_away(town: Store) -> None:
    await removed(town, EID)
    for day in (WORKDAY, EID):
        with pytest.raises(Refused, match=r"founding\.no_holiday"):
            await removed(town, day)


async def test_a_holiday_needs_a_name_and_a_day_whose_calendar_is_known(town: Store) -> None:
    with pytest.raises(Refused, match=r"founding\.no_name"):
        await added(town, WORKDAY, " \u200b")
    with pytest.raises(Refused, match=r"law\.date_out_of_range"):
        await added(town, date(1066, 10, 14))


async def test_without_a_commune_there_are_no_holidays_to_keep(store: Store) -> None:
    with pytest.raises(Refused, match=r"meeting\.no_commune"):
        await added(store, EID_TOO)
