"""How much faster several processes send than one, on one PostgreSQL; and whether any sends twice.

The provider answers in 100 ms and counts. Beside it, one process with one job a message.
`--worker URL SINK` is one of the processes.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import aiohttp
import structlog
import uvloop
from sqlalchemy import func, select

from benchmarks._databases import database, workplace
from benchmarks._jobs import sent_by_jobs
from benchmarks.dispatch import CAN, Poster, session, sink
from benchmarks.fan_out import found, publish, settle
from domain.addresses import Channel
from domain.channel import Parcel
from domain.clock import SystemClock, require_true_zones
from domain.deliveries import UNFINISHED
from domain.notices import Audience, AudienceKind
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import Store, opened
from store.tables.outbox import deliveries

DELAY = 100  # milliseconds
IN_FLIGHT = 50  # of each process: two cores carry four of them, the provider and the database
PROCESSES = (1, 2, 4)
LOOK = 0.02  # seconds between two looks at how much is left


class CountedPoster(Poster):
    """Remembers which deliveries it posted."""

    capabilities = replace(CAN, in_flight=IN_FLIGHT)

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        super().__init__(http, url)
        self.posted: list[int] = []

    async def deliver(self, parcel: Parcel) -> str:
        self.posted.append(parcel.delivery_id)
        return await super().deliver(parcel)


async def work(url: str, sink_url: str) -> None:
    """Send until the input is closed."""
    store = opened(url, SystemClock())
    async with session() as http:
        poster = CountedPoster(http, sink_url)
        dispatcher = Dispatcher(store, [poster], clock=SystemClock(), chance=Random())  # noqa: S311 - jitter
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            listening = tasks.create_task(store.listen())
            sending = tasks.create_task(dispatcher.run())
            print("ready", flush=True)
            await loop.run_in_executor(None, sys.stdin.readline)
            listening.cancel()
            sending.cancel()
    await store.close()
    print(*poster.posted)


@contextmanager
def workers(count: int, url: str, sink_url: str) -> Iterator[list["subprocess.Popen[str]"]]:
    program = [sys.executable, "-m", "benchmarks.scale", "--worker", url, sink_url]
    running = [
        subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module
        for _ in range(count)
    ]
    try:
        for one in running:
            if one.stdout is None or one.stdout.readline() != "ready\n":
                raise RuntimeError("a worker did not start")
        yield running
    finally:
        for one in running:
            with suppress(ProcessLookupError):
                one.kill()
            one.wait()


async def left(store: Store) -> int:
    async with store.reading() as unit:
        found = await unit.connection.execute(
            select(func.count(deliveries.c.id)).where(deliveries.c.state.in_(UNFINISHED))
        )
        return int(found.scalar_one())


async def race(url: str, sink_url: str, processes: int, messages: int) -> tuple[float, int]:
    """Return messages a second, and how many deliveries were sent more than once."""
    store = opened(url, SystemClock())
    await found(store)
    await settle(store, 1, messages)
    with workers(processes, url, sink_url) as running:
        notice_id = await publish(store, Audience(AudienceKind.EVERYONE))
        await FanOut(store, {Channel.EMAIL: CAN}).expand(notice_id)
        waiting, began = await left(store), time.perf_counter()
        while await left(store):  # noqa: ASYNC110 - who sends is in other processes
            await asyncio.sleep(LOOK)
        per_s = waiting / (time.perf_counter() - began)
        sent = [int(line) for one in running for line in one.communicate("\n")[0].split()]
    await store.close()
    if len(set(sent)) != messages:
        raise RuntimeError(f"{len(set(sent))} of {messages} were sent")
    return per_s, len(sent) - messages


async def by_jobs(url: str, sink_url: str, messages: int) -> float:
    async with session() as http:
        return await sent_by_jobs(url, sink_url, http, messages=messages, at_once=IN_FLIGHT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--worker", nargs=2, metavar=("URL", "SINK"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    if arguments.worker:
        uvloop.run(work(*arguments.worker))
        return
    messages, rounds = (3_000, 1) if arguments.quick else (8_000, 3)
    figures: dict[str, float] = {}
    twice = 0
    with workplace() as folder, sink(DELAY) as sink_url:
        for processes in PROCESSES:
            rates = []
            for _ in range(rounds):
                per_s, again = run(folder, sink_url, processes, messages * processes)
                rates.append(per_s)
                twice += again
            figures[str(processes)] = round(statistics.median(rates))
            ratio = figures[str(processes)] / figures["1"]
            print(
                f"{processes} processes {figures[str(processes)]:>8,}/s {ratio:>6.2f}×", flush=True
            )
        with database("postgresql", folder) as url:
            jobs_per_s = round(uvloop.run(by_jobs(url, sink_url, messages)))
    print(f"1 process, one job a message {jobs_per_s:>8,}/s")
    print(json.dumps({"scale": {**figures, "claimed_twice": twice, "jobs_per_s": jobs_per_s}}))


def run(folder: Path, sink_url: str, processes: int, messages: int) -> tuple[float, int]:
    with database("postgresql", folder) as url:
        return uvloop.run(race(url, sink_url, processes, messages))


if __name__ == "__main__":
    main()
