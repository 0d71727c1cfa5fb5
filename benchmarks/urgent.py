"""How soon an urgent notice is handed over while bulk waits, and how much of the way bulk keeps.

The provider answers in 100 ms. Notices to one person each, an emergency every half second, say how
soon; one emergency to many says what bulk keeps while it has to give way.
"""

import argparse
import asyncio
import json
import statistics
import time
from pathlib import Path
from random import Random

import structlog
import uvloop

from benchmarks._databases import DIALECTS, database, workplace
from benchmarks.dispatch import CAN, Poster, session, sink
from benchmarks.fan_out import found, settle
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import SystemClock, require_true_zones
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import Store, opened

DELAY = 100  # milliseconds
APART = 0.5  # seconds between two emergencies
EVERYONE = Audience(AudienceKind.EVERYONE)


class TimedPoster(Poster):
    """Remembers when it was handed which class of notice."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as Poster takes them
        self.handed: list[tuple[float, NoticeClass | None]] = []
        self.is_handed = asyncio.Event()

    async def deliver(self, parcel: Parcel) -> str:
        self.handed.append((time.perf_counter(), parcel.notice_class))
        if parcel.notice_class is NoticeClass.EMERGENCY:
            self.is_handed.set()
        return await super().deliver(parcel)


async def announce(store: Store, to: Audience, notice_class: NoticeClass) -> int:
    async with store.unit() as unit:
        notice_id = await unit.notices.publish(
            1,
            notice_class=notice_class,
            kind=NoticeKind.ANNOUNCEMENT,
            audience=to,
            content={"fr": Message("Bonjour", "fr"), "ar": Message("مرحبا", "ar")},
            created_by="bench",
        )
    if notice_id is None:
        raise LookupError("the notice stood already")
    return notice_id


async def singles(store: Store, fan_out: FanOut, poster: TimedPoster, count: int) -> list[float]:
    """Return the seconds from each emergency's publication to its hand-over."""
    waits = []
    for number in range(1, count + 1):
        poster.is_handed.clear()
        began = time.perf_counter()
        to = Audience(AudienceKind.PERSON, str(number))
        await fan_out.expand(await announce(store, to, NoticeClass.EMERGENCY))
        await poster.is_handed.wait()
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(APART)
    return waits


async def share(store: Store, fan_out: FanOut, poster: TimedPoster, people: int) -> float:
    """Return which part of what is handed over is bulk, while an emergency for many goes out."""
    before = len(poster.handed)
    expanding = fan_out.expand(await announce(store, EVERYONE, NoticeClass.EMERGENCY))
    await expanding
    while sum(one is NoticeClass.EMERGENCY for _, one in poster.handed[before:]) < people // 10:  # noqa: ASYNC110 - a glance
        await asyncio.sleep(0.05)
    of_them = [one for _, one in poster.handed[before:]]
    first = of_them.index(NoticeClass.EMERGENCY)
    bulk = sum(one is NoticeClass.INFORMATIONAL for one in of_them[first:])
    return bulk / len(of_them[first:])


async def measure(url: str, sink_url: str, bulk: int, count: int) -> dict[str, float]:
    store = opened(url, SystemClock())
    await found(store)
    await settle(store, 1, bulk)
    fan_out = FanOut(store, {Channel.EMAIL: CAN})
    await fan_out.expand(await announce(store, EVERYONE, NoticeClass.INFORMATIONAL))
    async with session() as http:
        poster = TimedPoster(http, sink_url)
        dispatcher = Dispatcher(store, [poster], clock=SystemClock(), chance=Random())  # noqa: S311 - jitter
        async with asyncio.TaskGroup() as tasks:
            sending = tasks.create_task(dispatcher.run())
            waits = await singles(store, fan_out, poster, count)
            bulk_share = await share(store, fan_out, poster, bulk)
            sending.cancel()
    await store.close()
    p99 = statistics.quantiles(waits, n=100, method="inclusive")[98]
    return {"p99_s": round(p99, 3), "bulk_share": round(bulk_share, 3)}


def run(dialect: str, folder: Path, bulk: int, count: int) -> dict[str, float]:
    with sink(DELAY) as sink_url, database(dialect, folder) as url:
        return uvloop.run(measure(url, sink_url, bulk, count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--database", choices=DIALECTS, default="sqlite")
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    bulk, count = (20_000, 10) if arguments.quick else (100_000, 60)
    with workplace() as folder:
        figures = run(arguments.database, folder, bulk, count)
    print(f"{bulk:,} wait: p99 {figures['p99_s']} s, bulk keeps {figures['bulk_share']:.0%}")
    print(json.dumps({"urgent": figures}))


if __name__ == "__main__":
    main()
