"""How fast letters leave to one relay, beside smtp-source, which only sends.

Ours go through the store and the dispatcher, and every outcome is durable. The relay and the limit
are Postfix's own tools, smtp-sink and smtp-source (Debian: apt install postfix).
`python -m benchmarks.email`: as a module, so that the standard library's email stays itself.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import structlog
import uvloop

from benchmarks._databases import DIALECTS, database, workplace
from benchmarks.fan_out import found, publish, settle
from bot import wiring_email
from bot.settings import Email, Settings, Smtp, Tls
from domain.addresses import Channel
from domain.clock import SystemClock, require_true_zones
from domain.deliveries import State
from domain.errors import Unreadable
from domain.notices import Audience, AudienceKind
from scheduler.dispatcher import Dispatcher
from scheduler.fan_out import FanOut
from store.connecting import opened

ROUNDS = 3
LINES = 32  # to the relay at once, of both
LETTER = 1_500  # bytes, about as long as ours
STARTING = 10  # seconds


def tool(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if found is None:
        sys.exit(
            f"{name} is missing: install Postfix, which brings it (Debian: apt install postfix)"
        )
    return found


@contextmanager
def relay() -> Iterator[int]:
    """Run a relay that takes everything and keeps nothing; answer its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    with subprocess.Popen([tool("smtp-sink"), *as_nobody, f"127.0.0.1:{port}", "1000"]) as sink:  # noqa: S603 - Postfix's own
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
        yield port
        sink.terminate()


def limit(port: int, count: int) -> float:
    """Return letters a second, of smtp-source."""
    command = [tool("smtp-source"), "-s", str(LINES), "-m", str(count), "-l", str(LETTER)]
    addresses = ["-f", "council@commune.ma", "-t", "p@example.ma"]
    began = time.perf_counter()
    subprocess.run([*command, *addresses, f"127.0.0.1:{port}"], check=True)  # noqa: S603 - Postfix's own
    return count / (time.perf_counter() - began)


async def no_files(sha256: str) -> bytes:
    raise Unreadable(sha256)


async def ours(port: int, count: int, database_url: str, folder: Path) -> float:
    """Return letters a second, from a full outbox to durable outcomes."""
    clock = SystemClock()
    store = opened(database_url, clock)
    await found(store)
    await settle(store, 1, count)
    settings = Settings(
        email=Email(folder=folder), smtp=Smtp(host="127.0.0.1", port=port, tls=Tls.NEVER)
    )
    provider = wiring_email.provider(settings, no_files, store, clock)
    await FanOut(store, {Channel.EMAIL: provider.capabilities}).expand(
        await publish(store, Audience(AudienceKind.EVERYONE))
    )
    dispatcher = Dispatcher(store, [provider], clock=clock, chance=Random())  # noqa: S311 - jitter
    began = time.perf_counter()
    await dispatcher.drain()
    seconds = time.perf_counter() - began
    async with store.reading() as unit:
        left = await unit.overview.deliveries(channel=Channel.EMAIL, most=count)
    await provider.close()
    await store.close()
    if len([one for one in left if one.state is State.ACCEPTED]) != count:
        raise RuntimeError("not every letter was accepted")
    return count / seconds


def run(dialect: str, folder: Path, count: int) -> dict[str, float]:
    """Run both in turn, several times, and return the medians."""
    rates: dict[str, list[float]] = {"ours": [], "limit": []}
    with relay() as port:
        for _ in range(ROUNDS):
            rates["limit"].append(limit(port, count))
            with database(dialect, folder) as url:
                rates["ours"].append(uvloop.run(ours(port, count, url, folder / "mail")))
    return {f"{name}_per_s": round(statistics.median(of)) for name, of in rates.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--database", choices=DIALECTS, default="sqlite")
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    with workplace() as folder:
        found = run(arguments.database, folder, 1_000 if arguments.quick else 10_000)
    ratio = found["ours_per_s"] / found["limit_per_s"]
    print(f"ours {found['ours_per_s']:,}/s, smtp-source {found['limit_per_s']:,}/s, {ratio:.0%}")
    print(json.dumps({"email": found}))


if __name__ == "__main__":
    main()
