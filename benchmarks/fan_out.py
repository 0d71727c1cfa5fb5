"""How fast a notice becomes deliveries, and what memory it takes, as its audience grows.

Each person has a mailbox and an e-mail address, so a notice to N / 2 people makes N deliveries.
Every size is measured in a process of its own, on a database of its own.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import structlog
import uvloop
from sqlalchemy import text

from benchmarks._databases import DIALECTS, database, workplace
from domain.addresses import Channel
from domain.channel import Capabilities
from domain.clock import SystemClock, require_true_zones
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from scheduler.fan_out import FanOut
from store.connecting import Store, opened

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000, 10_000, 50_000)
CARRIED = {
    channel: Capabilities(1_000, is_repeat_harmless=True)
    for channel in (Channel.INBOX, Channel.EMAIL)
}
PEOPLE = """
    INSERT INTO people (id, tenant_id, name, language)
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most)
    SELECT n, 1, 'P' || n, CASE n % 2 WHEN 0 THEN 'fr' ELSE 'ar' END FROM numbers
"""
MAILBOXES = """
    INSERT INTO addresses (person_id, channel, value)
    SELECT id, 'inbox', CAST(id AS VARCHAR(20)) FROM people
"""
EMAILS = """
    INSERT INTO addresses (person_id, channel, value, verified_at)
    SELECT id, 'email', 'p' || id || '@example.ma', '2026-01-28 09:00:00' FROM people
"""


async def settle(url: str, count: int) -> None:
    """Make a commune of so many people."""
    store = opened(url, SystemClock())
    await store.migrate()
    async with store.unit() as unit:
        await unit.bodies.found(
            slug="ain-chock",
            names={"fr": "Aïn Chock"},
            rule_pack="ma",
            zone="Africa/Casablanca",
            population=count,
        )
        await unit.connection.execute(text(PEOPLE), {"most": count})
        for statement in (MAILBOXES, EMAILS):
            await unit.connection.execute(text(statement))
    if store.dialect == "postgresql":
        async with store.unit() as unit:
            await unit.connection.execute(text("ANALYZE"))
    await store.close()


async def publish(store: Store, audience: Audience) -> int:
    async with store.unit() as unit:
        notice_id = await unit.notices.publish(
            1,
            notice_class=NoticeClass.INFORMATIONAL,
            kind=NoticeKind.ANNOUNCEMENT,
            audience=audience,
            content={"fr": Message("Bonjour", "fr"), "ar": Message("مرحبا", "ar")},
            created_by="bench",
        )
    if notice_id is None:
        raise LookupError("the notice stood already")
    return notice_id


async def measure(url: str) -> dict[str, float]:
    """Expand one notice to everyone; `rss_mb` is the peak above what the program had before."""
    clock = SystemClock()
    store = opened(url, clock)
    fan_out = FanOut(store, CARRIED)
    await fan_out.expand(await publish(store, Audience(AudienceKind.PERSON, "1")))
    notice_id = await publish(store, Audience(AudienceKind.EVERYONE))
    idle = memory("VmRSS")
    began = time.perf_counter()
    made = await fan_out.expand(notice_id)
    seconds = time.perf_counter() - began
    rss_mb = round(memory("VmHWM") - idle, 1)
    await store.close()
    return {"made": made, "seconds": seconds, "rss_mb": rss_mb}


def memory(name: str) -> float:
    """Return what the kernel says of this process's memory (proc(5)), in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))


def measured(dialect: str, size: int, folder: Path) -> dict[str, float]:
    with database(dialect, folder) as url:
        asyncio.run(settle(url, size // 2))
        done = subprocess.run(  # noqa: S603 - this very script
            [sys.executable, "-m", "benchmarks.fan_out", "--measure", url],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if result["made"] != size:
        raise RuntimeError(f"{result['made']} deliveries were made, not {size}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under a minute")
    parser.add_argument("--measure", metavar="URL", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    if arguments.measure:
        print(json.dumps(uvloop.run(measure(arguments.measure))))
        return
    figures: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{'database':<12}{'deliveries':>12}{'per s':>10}{'seconds':>10}{'MB above idle':>16}")
    with workplace() as folder:
        for dialect in DIALECTS:
            figures[dialect] = {}
            for size in QUICK_SIZES if arguments.quick else SIZES:
                found = measured(dialect, size, folder)
                per_s = round(size / found["seconds"])
                figures[dialect][str(size)] = {"per_s": per_s, "rss_mb": found["rss_mb"]}
                print(
                    f"{dialect:<12}{size:>12,}{per_s:>10,}{found['seconds']:>10.2f}"
                    f"{found['rss_mb']:>16}",
                    flush=True,
                )
    print(json.dumps({"fan_out": figures}))


if __name__ == "__main__":
    main()
