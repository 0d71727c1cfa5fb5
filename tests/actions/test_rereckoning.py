"""Instants that were reckoned under older zone data."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from actions.duties.rereckoning import rereckon
from actions.sessions.convening import convene
from domain.actors import OPERATOR
from store.tables.council import reminders, sittings
from tests.actions.conftest import OPENS, Council

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


async def test_instants_follow_the_zone_data_and_wall_times_stay(council: Council) -> None:
    async with council.store.unit() as unit:
        await convene(unit, council.session_id, actor=OPERATOR)
        true_reminders = [one.due_at for one in await unit.reminders.of(council.session_id)]
        ((_, true_sitting),) = await unit.sessions.upcoming(council.clock.now())
        await unit.connection.execute(update(sittings).values(starts_at=NEW_YEAR))
        await unit.connection.execute(
            update(reminders).values(due_at=council.clock.now() + timedelta(days=1))
        )
    async with council.store.unit() as unit:
        assert await rereckon(unit, "2026.6")
    async with council.store.reading() as unit:
        assert [one.due_at for one in await unit.reminders.of(council.session_id)] == true_reminders
        ((_, sitting),) = await unit.sessions.upcoming(council.clock.now())
    assert sitting == true_sitting
    assert sitting.starts == OPENS


async def test_the_same_zone_data_changes_nothing(council: Council) -> None:
    async with council.store.unit() as unit:
        assert await rereckon(unit, "2026.6")
        assert not await rereckon(unit, "2026.6")
        assert await rereckon(unit, "2027.1")
