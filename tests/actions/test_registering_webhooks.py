from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from actions.systems.registering_webhooks import (
    OVERLAP,
    add,
    note_answer,
    note_failure,
    remove,
    resume,
    rotate,
)
from domain.actors import OPERATOR
from domain.clock import HandClock
from domain.errors import Failed, Refused, Undeliverable, Unreachable
from domain.notices import NoticeKind
from domain.webhooks import LONGEST_SILENCE, MOST_FAILURES, Webhook
from store.connecting import Store
from store.unit import Unit
from tests.communes import founded

URL = "https://gis.commune.ma/hook"
AWAY = Unreachable("http_503")


@pytest.fixture
async def unit(store: Store) -> AsyncIterator[Unit]:
    await founded(store)
    async with store.unit() as unit:
        yield unit


async def gis(unit: Unit) -> Webhook:
    webhook = await unit.webhooks.by_name("gis")
    assert webhook
    return webhook


async def fail(unit: Unit, clock: HandClock, times: int, failure: Failed = AWAY) -> None:
    for _ in range(times):
        await note_failure(unit, "gis", failure)
        clock.move_by(LONGEST_SILENCE / MOST_FAILURES)


async def test_a_system_is_registered_with_a_secret_of_its_own(unit: Unit) -> None:
    kinds = [NoticeKind.SESSION_MOVED]
    added = await add(unit, "gis", URL, kinds=kinds, bodies=["council"], actor=OPERATOR)
    other = await add(unit, "site", URL, actor=OPERATOR)
    assert await unit.webhooks.all() == [added, other]
    assert len(added.secret) == len(other.secret) == 43
    assert added.secret != other.secret


async def test_what_cannot_be_called_or_named_is_refused(unit: Unit) -> None:
    await add(unit, "gis", URL, actor=OPERATOR)
    for name, url, kinds, bodies in (
        ("gis", URL, [], []),
        ("GIS", URL, [], []),
        ("", URL, [], []),
        ("x" * 65, URL, [], []),
        ("site", "http://gis.commune.ma/", [], []),
        ("site", URL, [NoticeKind.REMINDER], []),
        ("site", URL, [], ["com:nothing"]),
    ):
        with pytest.raises(Refused):
            await add(unit, name, url, kinds=kinds, bodies=bodies, actor=OPERATOR)
    assert [one.name for one in await unit.webhooks.all()] == ["gis"]


async def test_a_system_silent_for_days_is_suspended_until_it_is_resumed(
    unit: Unit, clock: HandClock
) -> None:
    await add(unit, "gis", URL, actor=OPERATOR)
    await fail(unit, clock, MOST_FAILURES)
    assert (await gis(unit)).is_live
    await fail(unit, clock, 1)
    suspended = await gis(unit)
    assert (suspended.is_live, suspended.code) == (False, "http_503")
    await note_answer(unit, "gis")
    assert not (await gis(unit)).is_live
    assert await resume(unit, "gis", actor=OPERATOR)
    resumed = await gis(unit)
    assert (resumed.is_live, resumed.failures, resumed.failing_since) == (True, 0, None)
    assert not await resume(unit, "gis", actor=OPERATOR)


async def test_one_answer_ends_the_count(unit: Unit, clock: HandClock) -> None:
    await add(unit, "gis", URL, actor=OPERATOR)
    await fail(unit, clock, MOST_FAILURES)
    await note_answer(unit, "gis")
    await fail(unit, clock, MOST_FAILURES)
    assert (await gis(unit)).is_live


async def test_many_failures_within_an_hour_suspend_nobody(unit: Unit, clock: HandClock) -> None:
    await add(unit, "gis", URL, actor=OPERATOR)
    for _ in range(MOST_FAILURES * 3):
        await note_failure(unit, "gis", AWAY)
        clock.move_by(timedelta(minutes=1))
    assert (await gis(unit)).is_live


async def test_a_system_that_says_it_is_gone_is_suspended_at_once(
    unit: Unit, clock: HandClock
) -> None:
    await add(unit, "gis", URL, actor=OPERATOR)
    await fail(unit, clock, 1, Undeliverable("too_large"))
    assert (await gis(unit)).is_live
    await fail(unit, clock, 1, Undeliverable("http_410", is_address_dead=True))
    assert not (await gis(unit)).is_live


async def test_who_is_not_registered_is_refused_and_never_counted(unit: Unit) -> None:
    await add(unit, "gis", URL, actor=OPERATOR)
    await remove(unit, "gis", actor=OPERATOR)
    for act in (remove, resume):
        with pytest.raises(Refused):
            await act(unit, "gis", actor=OPERATOR)
    await note_failure(unit, "gis", AWAY)
    await note_answer(unit, "gis")
    assert await unit.webhooks.all() == []


async def test_a_new_secret_signs_beside_the_old_one_for_a_day(
    unit: Unit, clock: HandClock
) -> None:
    old = (await add(unit, "gis", URL, actor=OPERATOR)).secret
    new = (await rotate(unit, "gis", actor=OPERATOR)).secret
    assert (await gis(unit)).secrets(clock.now()) == (new, old)
    assert (await gis(unit)).secrets(clock.now() + OVERLAP) == (new,)
    await rotate(unit, "gis", actor=OPERATOR)
    assert old not in (await gis(unit)).secrets(clock.now())
