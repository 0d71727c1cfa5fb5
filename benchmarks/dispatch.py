"""How fast messages leave, beside a bare HTTP client and beside Apprise, in the same run.

Ours go through the store and the dispatcher, with every outcome durable before the clock stops.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import aiohttp
import structlog
import uvloop
from apprise import Apprise
from sqlalchemy import func, select

from benchmarks._databases import DIALECTS, database, workplace
from benchmarks.fan_out import found, publish, settle
from domain.addresses import Channel
from domain.channel import Capabilities, Parcel
from domain.clock import SystemClock, require_true_zones
from domain.deliveries import State
from domain.errors import Unreachable
from domain.notices import Audience, AudienceKind
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import opened
from store.tables.outbox import deliveries

IN_FLIGHT = 100
ROUNDS = 3
CAN = Capabilities(10_000, is_repeat_harmless=True, in_flight=IN_FLIGHT)


@dataclass(frozen=True, slots=True)
class Race:
    """A provider that answers after `delay` milliseconds, and how many messages each is given."""

    name: str
    delay: int
    ours: int
    apprise: int


RACES = (Race("100ms", 100, 6_000, 300), Race("at_once", 0, 20_000, 2_000))
QUICK_RACES = (Race("100ms", 100, 2_000, 120), Race("at_once", 0, 5_000, 500))


class Poster:
    """Posts each message as JSON."""

    channel = Channel.EMAIL
    capabilities = CAN

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http = http
        self._url = url

    async def deliver(self, parcel: Parcel) -> str:
        body = {"to": parcel.address, "text": parcel.message.text}
        try:
            async with self._http.post(self._url, json=body) as answer:
                return str((await answer.json())["ref"])
        except aiohttp.ClientError as error:
            raise Unreachable("away") from error

    async def answer_for_itself(self) -> str:
        return "a sink"

    async def close(self) -> None:
        await self._http.close()


def session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=IN_FLIGHT),
        timeout=aiohttp.ClientTimeout(total=20),
    )


async def bare(url: str, count: int) -> float:
    """Post with nothing around it; return the seconds it took."""
    left = iter(range(count))

    async def worker(http: aiohttp.ClientSession) -> None:
        for number in left:
            body = {"to": f"p{number}@example.ma", "text": "Bonjour"}
            async with http.post(url, json=body) as answer:
                await answer.json()

    async with session() as http:
        began = time.perf_counter()
        await asyncio.gather(*(worker(http) for _ in range(IN_FLIGHT)))
        return time.perf_counter() - began


async def apprise(url: str, count: int) -> float:
    """Notify by Apprise; return the seconds it took."""
    there = Apprise()
    there.add(url.replace("http://", "json://"))
    left = iter(range(count))

    async def worker() -> None:
        for number in left:
            if not await there.async_notify(body="Bonjour", title=f"p{number}"):
                raise RuntimeError("Apprise was not heard")

    began = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    return time.perf_counter() - began


async def ours(url: str, count: int, database_url: str) -> tuple[float, float]:
    """Drain an outbox of `count` messages; return seconds, and milliseconds of CPU a message."""
    clock = SystemClock()
    store = opened(database_url, clock)
    await found(store)
    await settle(store, 1, count)
    notice_id = await publish(store, Audience(AudienceKind.EVERYONE))
    await FanOut(store, {Channel.EMAIL: CAN}).expand(notice_id)
    async with session() as http:
        dispatcher = Dispatcher(store, [Poster(http, url)], clock=clock, chance=Random())  # noqa: S311 - jitter
        began, cpu = time.perf_counter(), time.process_time()
        await dispatcher.drain()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    async with store.reading() as unit:
        done = await unit.connection.execute(
            select(func.count(deliveries.c.id)).where(deliveries.c.state == State.ACCEPTED)
        )
        if done.scalar_one() != count:
            raise RuntimeError("not everything was accepted")
    await store.close()
    return seconds, cpu / count * 1000


@contextmanager
def sink(delay: int) -> Iterator[str]:
    """Run a provider's edge in another process, and answer its URL."""
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks._sink", str(delay)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("the sink has no pipes")
        yield f"http://127.0.0.1:{int(child.stdout.readline())}/"
        child.stdin.close()
        child.wait(10)


def run(race: Race, dialect: str, folder: Path) -> dict[str, float]:
    """Run everybody in turn, several times, and return the medians."""
    rates: dict[str, list[float]] = {"ours": [], "bare": [], "apprise": []}
    cpu = []
    with sink(race.delay) as url:
        for _ in range(ROUNDS):
            rates["bare"].append(race.ours / uvloop.run(bare(url, race.ours)))
            with database(dialect, folder) as database_url:
                seconds, spent = uvloop.run(ours(url, race.ours, database_url))
            rates["ours"].append(race.ours / seconds)
            cpu.append(spent)
        rates["apprise"].append(race.apprise / uvloop.run(apprise(url, race.apprise)))
    medians = {f"{name}_per_s": round(statistics.median(of)) for name, of in rates.items()}
    return {**medians, "ours_cpu_ms": round(statistics.median(cpu), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--database", choices=DIALECTS, default="sqlite")
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    figures = {}
    print(f"{'answers':<10}{'ours/s':>9}{'bare/s':>9}{'ratio':>8}{'Apprise/s':>11}{'CPU ms':>9}")
    with workplace() as folder:
        for race in QUICK_RACES if arguments.quick else RACES:
            found = figures[race.name] = run(race, arguments.database, folder)
            ratio = found["ours_per_s"] / found["bare_per_s"]
            print(
                f"{race.name:<10}{found['ours_per_s']:>9,}{found['bare_per_s']:>9,}{ratio:>8.0%}"
                f"{found['apprise_per_s']:>11,}{found['ours_cpu_ms']:>9}",
                flush=True,
            )
    print(json.dumps({"dispatch": figures}))


if __name__ == "__main__":
    main()
