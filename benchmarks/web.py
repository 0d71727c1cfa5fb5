"""What the pages cost: a thousand open inboxes on one process, and two hundred pages a second.

The demonstration's town on SQLite; its pages are served by a process of their own, and asked for on
a socket by this one. Calls arrive at a fixed rate, whether or not earlier ones were answered, and
each is timed from when it should have begun. Each open inbox is a stream of server-sent events.
"""

import argparse
import asyncio
import gc
import json
import logging
import multiprocessing
import socket
import time
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import aiohttp
import structlog
import uvloop
from pydantic import SecretStr

from actions.people.signing_in import sign_in
from actions.sessions.convening import convene
from actions.sessions.planning import plan
from benchmarks._databases import database, workplace
from bot.demonstration.stage import pretended_telegram, rehearsing
from bot.demonstration.town import fill_agenda, found_town
from bot.running import serve
from bot.settings import Email, Settings, Web
from bot.wiring import wired
from domain.actors import OPERATOR
from domain.clock import SystemClock
from domain.sessions import SessionKind

STREAMS = 1000
PER_PERSON = 10  # open pages: a process allows twenty
ARRIVALS = 200  # pages a second
PATHS = ("/inbox", "/sessions", "/sessions/1", "/items/1", "/decisions", "/account", "/")
TARGET = "target: p95 <= 50 ms at 200 pages/s, 1,000 streams within 300 MB"


def settings(url: str, folder: Path, port: int = 0) -> Settings:
    return Settings(
        database_url=SecretStr(url),
        email=Email(folder=folder / "mail"),
        web=Web(host="127.0.0.1", port=port),
    )


async def settled(url: str, folder: Path) -> list[str]:
    """Found the town and convene its council; return the secrets of sessions, ten a person."""
    telegram = pretended_telegram()
    async with wired(
        settings(url, folder), SystemClock(), providers=rehearsing(telegram)
    ) as program:
        async with program.store.unit() as unit:
            town = await found_town(unit, seed=7)
            session_id = await plan(
                unit,
                "council",
                kind=SessionKind.ORDINARY,
                starts=datetime.now() + timedelta(days=20),  # noqa: TID251, DTZ005 - a wall time
                place="Salle des délibérations",
                actor=OPERATOR,
            )
            await fill_agenda(unit, session_id)
            await convene(unit, session_id, actor=OPERATOR)
        await program.drain()
        async with program.store.unit() as unit:
            return [
                await sign_in(unit, person_id, device="bench")
                for person_id in town.councillor_ids[: STREAMS // PER_PERSON]
                for _ in range(PER_PERSON)
            ]


def serving(url: str, folder: Path, port: int) -> None:
    """Serve the town's pages, as the program does."""

    async def run() -> None:
        telegram = pretended_telegram()
        async with wired(
            settings(url, folder, port), SystemClock(), providers=rehearsing(telegram)
        ) as program:
            await serve(program, print)

    quiet()
    uvloop.run(run())


def quiet() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


async def measured(home: str, sessions: list[str], process: Any, seconds: int) -> dict[str, Any]:
    """Open the streams, ask for pages for a while, and return the figures."""
    async with aiohttp.ClientSession(
        home, connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
    ) as http:
        await _ready(http)
        streams = [await _stream(http, token) for token in sessions]
        gc.freeze()  # whoever measures must not stop to tidy up
        began = time.perf_counter()
        took = await _asked(http, sessions, seconds)
        lasted = time.perf_counter() - began
        held = sum(not one.content.at_eof() for one in streams)
        rss = resident(process.pid)
        for one in streams:
            one.close()
    took.sort()
    return {
        "p95_ms": round(took[int(len(took) * 0.95)] * 1000, 1),
        "per_s": round(len(took) / lasted),
        "streams": held,
        "rss_mb": rss,
    }


def resident(process_id: int) -> int:
    """Return the memory that a process holds, in MB, as Linux counts it."""
    status = Path(f"/proc/{process_id}/status").read_text("utf-8")
    line = next(one for one in status.splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 // 1_000_000


async def _ready(http: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                async with http.get("/health/live"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def _stream(http: aiohttp.ClientSession, token: str) -> aiohttp.ClientResponse:
    answer = await http.get("/inbox/live", headers={"Cookie": f"session={token}"}, timeout=_LONG)
    assert answer.status == 200, answer.status  # noqa: PLR2004, S101 - a measure of nothing else
    return answer


_LONG = aiohttp.ClientTimeout(total=None)


async def _asked(http: aiohttp.ClientSession, sessions: list[str], seconds: int) -> list[float]:
    """Ask for pages at the fixed rate; return what each took, in seconds."""
    took: list[float] = []
    tokens, paths = cycle(sessions), cycle(PATHS)

    async def ask(due: float) -> None:
        headers = {"Cookie": f"session={next(tokens)}", "Accept": "text/html"}
        async with http.get(next(paths), headers=headers) as answer:
            await answer.read()
            assert answer.status == 200, answer.url  # noqa: PLR2004, S101 - as above
        took.append(time.perf_counter() - due)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number in range(ARRIVALS * seconds):
            due = began + number / ARRIVALS
            await asyncio.sleep(max(0, due - time.perf_counter()))
            tasks.create_task(ask(due))
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="for some seconds")
    seconds = 5 if parser.parse_args().quick else 30
    quiet()
    with workplace() as folder, database("sqlite", folder) as url:
        sessions = asyncio.run(settled(url, folder))
        with socket.create_server(("127.0.0.1", 0)) as door:
            port = door.getsockname()[1]
        process = multiprocessing.get_context("spawn").Process(
            target=serving, args=(url, folder, port)
        )
        process.start()
        try:
            found = uvloop.run(measured(f"http://127.0.0.1:{port}", sessions, process, seconds))
        finally:
            process.terminate()
            process.join()
    print(TARGET)
    print(json.dumps({"web": found}))


if __name__ == "__main__":
    main()
