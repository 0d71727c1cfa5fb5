"""How long one conversation turn takes, from a platform's call to the answer in the outbox.

A hundred people speak French, Arabic and English, or press buttons, through the program's own
webhook page on SQLite; the page is called without a socket, so the network is left out.

Latency is measured with an open loop: calls arrive at a fixed rate, whether or not earlier ones
were answered, and each is timed from when it should have begun. The rate is measured with a closed
loop: each of the hundred speaks again as soon as they are answered.
"""

import argparse
import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import structlog
import uvloop
from pydantic import SecretStr

from benchmarks._databases import database, workplace
from bot.settings import Settings
from bot.wiring import Program, wired
from channels.memory import MemoryProvider
from channels.telegram.door import TelegramDoor
from domain.addresses import Channel
from domain.agenda import AgendaItem
from domain.bodies import BodyKind, Role
from domain.clock import SystemClock, require_true_zones
from domain.sessions import AgendaState, Session, SessionKind, SessionState
from store.tables.people import memberships
from store.unit import Unit
from web.app import application
from web.health import Vitals

PEOPLE = 100
ARRIVALS = 100  # a second: each of the hundred says something every second
SECRET = "bench"  # noqa: S105 - nobody calls this door but us
WARM_UP = 200  # turns: statements are compiled, examples are read
TARGET = "target: p99 <= 50 ms, >= 300 turns/s"

SAID = (
    "l'ordre du jour de la prochaine session",
    "ما هو جدول الأعمال؟",
    "when is the next council session?",
    "le point 3",
    "/agenda",
    "rappelle-moi deux jours avant à 9h30",
    "شكرا",
    "je viens à la session",
)
PRESSED = ("agenda:1", "session:1", "docs:1", "attend:1:yes")

Post = Callable[[bytes], Awaitable[int]]


def updates() -> Iterator[bytes]:
    """Answer Telegram's updates: the hundred in turn, two of three things said, one pressed."""
    for number in count(1):
        person = number % PEOPLE + 1
        chat = {"id": person, "type": "private", "first_name": "P"}
        sender = {"id": person, "is_bot": False, "first_name": "P", "language_code": "fr"}
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender}
        if number % 3:
            said = SAID[number % len(SAID)]
            plain: dict[str, Any] = {"message": {**message, "text": said}}
        else:
            pressed = PRESSED[number % len(PRESSED)]
            query = {"id": str(number), "from": sender, "chat_instance": "1", "data": pressed}
            plain = {"callback_query": {**query, "message": {**message, "text": "…"}}}
        yield json.dumps({"update_id": number, **plain}).encode()


async def settle(program: Program) -> None:
    """Make a council of a hundred, whose next session has twelve items."""
    async with program.store.unit() as unit:
        body_id = await seated(unit)
        session_id = await unit.sessions.add(body_id, SessionKind.ORDINARY)
        await called(unit, session_id)


async def seated(unit: Unit) -> int:
    """Found the commune with its members, each known on Telegram; return the council's id."""
    tenant_id = await unit.bodies.found(
        slug="bench",
        names={"fr": "Commune"},
        rule_pack="ma",
        zone="Africa/Casablanca",
        population=3_000_000,
    )
    body_id = await unit.bodies.add(
        tenant_id, key="council", kind=BodyKind.COUNCIL, names={"fr": "Conseil"}, seats=PEOPLE
    )
    for number in range(1, PEOPLE + 1):
        person_id = await unit.people.add(tenant_id, name=f"P{number}", language="fr")
        await unit.connection.execute(
            memberships.insert().values(person_id=person_id, body_id=body_id, role=Role.MEMBER)
        )
        at = unit.clock.now()
        await unit.people.verify(person_id, Channel.TELEGRAM, str(number), at=at)
    return body_id


async def called(unit: Unit, session_id: int) -> None:
    """Convene a session to a day in three weeks, with an agenda of twelve items."""
    now = datetime.now  # noqa: TID251 - a benchmark lives in real time
    starts = now().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=20)
    await unit.sessions.add_sitting(
        session_id,
        number=1,
        starts=starts,
        ends=starts + timedelta(hours=3),
        zone_name="Africa/Casablanca",
        place="Salle des délibérations",
    )
    await unit.agenda.add(
        [
            AgendaItem(0, session_id, str(number), number, f"Point numéro {number}", "fr")
            for number in range(1, 13)
        ]
    )
    await unit.sessions.change(
        Session(
            session_id,
            "council",
            SessionKind.ORDINARY,
            SessionState.CONVENED,
            agenda_state=AgendaState.PUBLISHED,
            convened_at=unit.clock.now(),
        )
    )


def door(program: Program) -> Post:
    """Return what calls the program's webhook page as a platform does."""
    doors = [TelegramDoor(SECRET, program.clock)]
    pages: Any = application(doors=doors, hear=program.engine.hear, vital_signs=_vitals)
    headers = [
        (b"content-type", b"application/json"),
        (b"x-telegram-bot-api-secret-token", SECRET.encode()),
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/webhooks/telegram",
        "raw_path": b"/webhooks/telegram",
        "query_string": b"",
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def post(body: bytes) -> int:
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        length = (b"content-length", str(len(body)).encode())
        await pages({**scope, "headers": [*headers, length]}, receive, send)
        return statuses[0]

    return post


async def _vitals() -> Vitals:
    return Vitals(store_answers=True)


async def open_loop(post: Post, bodies: Iterator[bytes], seconds: float) -> list[float]:
    """Return each turn's latency in milliseconds, at a fixed rate of arrivals."""
    latencies: list[float] = []
    begun = time.perf_counter()

    async def call(due: float, body: bytes) -> None:
        status = await post(body)
        assert status in range(200, 300), status  # noqa: S101 - a figure of failures is no figure
        latencies.append((time.perf_counter() - due) * 1000)

    async with asyncio.TaskGroup() as calls:
        for number in range(int(seconds * ARRIVALS)):
            due = begun + number / ARRIVALS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            calls.create_task(call(due, next(bodies)))
    return sorted(latencies)


async def closed_loop(post: Post, bodies: Iterator[bytes], seconds: float) -> float:
    """Return how many turns a second come out when nobody waits longer than for an answer."""
    turns = 0
    begun = time.perf_counter()

    async def talk() -> None:
        nonlocal turns
        while time.perf_counter() - begun < seconds:
            await post(next(bodies))
            turns += 1

    async with asyncio.TaskGroup() as people:
        for _ in range(PEOPLE):
            people.create_task(talk())
    return turns / (time.perf_counter() - begun)


async def measured(url: str, *, seconds: float) -> dict[str, float]:
    networks = {Channel.TELEGRAM: MemoryProvider(Channel.TELEGRAM)}
    settings = Settings(database_url=SecretStr(url), turns_a_minute=1_000_000)
    async with wired(settings, SystemClock(), providers=lambda *_: networks) as program:
        await settle(program)
        post, bodies = door(program), updates()
        for _ in range(WARM_UP):
            await post(next(bodies))
        per_s = await closed_loop(post, bodies, seconds)
        latencies = await open_loop(post, bodies, seconds)
    return {
        "people": PEOPLE,
        "p50_ms": round(quantile(latencies, 0.5), 1),
        "p99_ms": round(quantile(latencies, 0.99), 1),
        "per_s": round(per_s),
    }


def quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    options = parser.parse_args()
    require_true_zones()
    quiet = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=quiet)
    with workplace() as folder, database("sqlite", Path(folder)) as url:
        figures = uvloop.run(measured(url, seconds=5 if options.quick else 30))
    print(f"people {figures['people']}, {ARRIVALS} arrivals a second ({TARGET})")
    print(f"p50 {figures['p50_ms']} ms   p99 {figures['p99_ms']} ms   {figures['per_s']} turns/s")
    print(json.dumps({"turn": figures}))


if __name__ == "__main__":
    main()
