import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest

from domain.addresses import Channel
from domain.clock import HandClock
from domain.deliveries import State
from domain.errors import Unavailable
from scheduler.digests import Digests
from scheduler.dispatcher import Dispatcher
from scheduler.draining import drain
from scheduler.escalation import Escalation
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.ticking import Ticking, tick
from scheduler.timetable import Line, timetable
from store.connecting import Store
from store.news import News
from store.unit import Unit
from tests.scheduler.networks import Network
from tests.scheduler.town import commune, publish, rows, settle

OFTEN = timedelta(milliseconds=5)
RARELY = timedelta(hours=1)


class Bell:
    """Counts how often it was rung, and says when it was often enough."""

    def __init__(self, times: int) -> None:
        self._left = times
        self.is_enough = asyncio.Event()

    async def ring(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.is_enough.set()


async def rung(
    ticking: Ticking, bell: Bell, *, meanwhile: Callable[[], None] = lambda: None
) -> None:
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(ticking.run())
        await asyncio.sleep(0)
        meanwhile()
        await bell.is_enough.wait()
        task.cancel()


async def test_the_clock_ticks_until_it_is_stopped() -> None:
    bell = Bell(3)
    await rung(Ticking([Line("bell", OFTEN, bell.ring)]), bell)


async def test_a_tick_can_be_brought_forward() -> None:
    bell = Bell(1)
    ticking = Ticking([Line("bell", RARELY, bell.ring)])
    await rung(ticking, bell, meanwhile=lambda: ticking.soon("bell"))


async def test_a_tick_that_is_wanted_while_it_runs_is_followed_by_another() -> None:
    bell = Bell(2)

    async def ring() -> None:
        await bell.ring()
        if not bell.is_enough.is_set():
            ticking.soon("bell")

    ticking = Ticking([Line("bell", RARELY, ring)])
    await rung(ticking, bell, meanwhile=lambda: ticking.soon("bell"))


@pytest.mark.parametrize("error", [Unavailable("away"), ZeroDivisionError()])
async def test_a_tick_that_fails_does_not_stop_the_clock(error: Exception) -> None:
    bell = Bell(2)

    async def what() -> None:
        await bell.ring()
        raise error

    await rung(Ticking([Line("broken", OFTEN, what)]), bell)


def works(store: Store, clock: HandClock, network: Network) -> tuple[Dispatcher, FanOut]:
    dispatcher = Dispatcher(store, [network], clock=clock, chance=Random(5))
    return dispatcher, FanOut(store, dispatcher.carried)


async def nobody(_unit: Unit, _now: datetime) -> int:
    return 0


async def test_every_line_of_the_timetable_may_run_many_times_at_once(
    store: Store, clock: HandClock
) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, 20, Channel.EMAIL)
    await publish(store, tenant_id)
    dispatcher, fan_out = works(store, clock, Network())
    lines = timetable(
        store,
        fan_out=fan_out,
        dispatcher=dispatcher,
        digests=Digests(store, dispatcher.carried),
        escalation=Escalation(store, dispatcher.carried),
        remind=nobody,
        measures=Measures(),
    )
    await asyncio.gather(*(tick(line) for line in lines * 3))
    assert len(await rows(store)) == 20


async def test_draining_reminds_expands_and_sends_what_is_due(
    store: Store, clock: HandClock
) -> None:
    tenant_id = await commune(store)
    await settle(store, tenant_id, 3, Channel.EMAIL)
    network = Network()
    dispatcher, fan_out = works(store, clock, network)
    asked: list[datetime] = []

    async def remind(_unit: Unit, now: datetime) -> int:
        asked.append(now)
        return 0

    await publish(store, tenant_id)
    await drain(store, fan_out=fan_out, dispatcher=dispatcher, remind=remind)
    assert asked == [clock.now()]
    assert len(network.parcels) == 3
    assert Counter(row.state for row in await rows(store)) == {State.ACCEPTED: 3}


async def test_a_published_notice_is_told_at_once(store: Store) -> None:
    told: list[News] = []
    store.listeners.append(told.append)
    tenant_id = await commune(store)
    assert told == []
    await publish(store, tenant_id)
    assert told == [News(has_published=True)]


async def test_what_was_sent_is_counted(store: Store, clock: HandClock) -> None:
    measures = Measures()
    tenant_id = await commune(store)
    await settle(store, tenant_id, 3, Channel.EMAIL)
    await publish(store, tenant_id)
    dispatcher = Dispatcher(store, [Network()], clock=clock, chance=Random(5), measures=measures)
    await drain(store, fan_out=FanOut(store, dispatcher.carried), dispatcher=dispatcher)
    value = measures.registry.get_sample_value
    assert value("beffroi_deliveries_total", {"channel": "email", "state": "accepted"}) == 3
    assert value("beffroi_queue_depth", {"channel": "email"}) == 0
    assert value("beffroi_send_seconds_count", {"channel": "email"}) == 3
    assert value("beffroi_last_accepted_at_seconds", {"channel": "email"})
