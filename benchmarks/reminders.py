"""How late planned reminders are handed over: by the real timetable, on the real clock.

Each person is reminded of one session at an instant of their own, spread over the measured time.
"""

import argparse
import asyncio
import json
import statistics
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import structlog
import uvloop

from actions.sessions.reminding import remind
from benchmarks._databases import DIALECTS, database, workplace
from benchmarks.fan_out import found, settle
from domain.addresses import Channel
from domain.bodies import BodyKind
from domain.channel import Capabilities, Parcel
from domain.clock import SystemClock, require_true_zones, wall_time, zone
from domain.reminders import Rule
from domain.sessions import SessionKind
from scheduler.digests import Digests
from scheduler.dispatcher import Dispatcher
from scheduler.escalation import Escalation
from scheduler.fan_out import FanOut
from scheduler.measures import Measures
from scheduler.ticking import Ticking
from scheduler.timetable import FAN_OUT, timetable
from store.connecting import Store, opened
from store.news import News
from store.unit import Unit

CASABLANCA = "Africa/Casablanca"
FIRST = timedelta(seconds=3)  # until the first is due: the parts have to rise
RATE = 10  # reminders a second


class Watch:
    """A provider that takes everything at once, and remembers when it was handed it."""

    channel = Channel.EMAIL
    capabilities = Capabilities(10_000, is_repeat_harmless=True, in_flight=100)

    def __init__(self, expected: int) -> None:
        self.handed: dict[str, datetime] = {}
        self.is_over = asyncio.Event()
        self._expected = expected

    async def deliver(self, parcel: Parcel) -> str:
        self.handed[parcel.address] = SystemClock().now()
        if len(self.handed) == self._expected:
            self.is_over.set()
        return str(parcel.delivery_id)

    async def answer_for_itself(self) -> str:
        return "a watch"

    async def close(self) -> None:
        """There is nothing to close."""


async def session(unit: Unit) -> int:
    """Plan a session for next week, and return its id."""
    body_id = await unit.bodies.add(
        1, key="council", kind=BodyKind.COUNCIL, names={"fr": "Conseil"}, seats=3
    )
    session_id = await unit.sessions.add(body_id, SessionKind.ORDINARY)
    starts = wall_time(unit.clock.now() + timedelta(days=7), zone(CASABLANCA))
    starts = starts.replace(tzinfo=None)
    await unit.sessions.add_sitting(
        session_id,
        number=1,
        starts=starts,
        ends=starts + timedelta(hours=3),
        zone_name=CASABLANCA,
        place="Salle",
    )
    return session_id


async def plan(store: Store, count: int) -> dict[str, datetime]:
    """Plan reminders, and return when each address is to be told."""
    due: dict[str, datetime] = {}
    chance = Random(7)  # noqa: S311 - instants, not secrets
    async with store.unit() as unit:
        session_id = await session(unit)
        began = unit.clock.now() + FIRST
        for person_id in range(1, count + 1):
            at = began + timedelta(seconds=chance.uniform(0, count / RATE))
            await unit.reminders.plan(session_id, person_id, Rule(days=1), due_at=at)
            due[f"p{person_id}@example.ma"] = at
    return due


async def measure(url: str, count: int) -> dict[str, float]:
    store, watch, measures = opened(url, SystemClock()), Watch(count), Measures()
    await found(store)
    await settle(store, 1, count)
    dispatcher = Dispatcher(store, [watch], clock=SystemClock(), chance=Random())  # noqa: S311 - jitter
    fan_out = FanOut(store, dispatcher.carried)
    ticking = Ticking(
        timetable(
            store,
            fan_out=fan_out,
            dispatcher=dispatcher,
            digests=Digests(store, dispatcher.carried),
            escalation=Escalation(store, dispatcher.carried),
            remind=remind,
            measures=measures,
        )
    )

    def hear(news: News) -> None:
        if news.has_published:
            ticking.soon(FAN_OUT)

    store.listeners.append(hear)
    due = await plan(store, count)
    async with asyncio.timeout(count / RATE + 60), asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(part) for part in (dispatcher.run(), ticking.run())]
        await watch.is_over.wait()
        for task in running:
            task.cancel()
    await store.close()
    late = [(watch.handed[address] - at).total_seconds() for address, at in due.items()]
    p99 = statistics.quantiles(late, n=100, method="inclusive")[98]
    return {"late_p99_s": round(p99, 3), "earliest_s": round(min(late), 3)}


def run(dialect: str, folder: Path, count: int) -> dict[str, float]:
    with database(dialect, folder) as url:
        return uvloop.run(measure(url, count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--database", choices=DIALECTS, default="sqlite")
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    with workplace() as folder:
        figures = run(arguments.database, folder, 100 if arguments.quick else 1_000)
    print(f"late by {figures['late_p99_s']} s at p99, by {figures['earliest_s']} s at the least")
    print(json.dumps({"reminders": {"late_p99_s": figures["late_p99_s"]}}))


if __name__ == "__main__":
    main()
