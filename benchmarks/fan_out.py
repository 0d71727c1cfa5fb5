"""How fast a notice becomes deliveries, and what memory it takes, as its audience grows.

Each person has a mailbox and an e-mail address, so a notice to N / 2 people makes N deliveries.
Every size is measured in a process of its own, on a database of its own, and beside the same rows
put in by the driver's `executemany`, a page a transaction, by somebody who knew them beforehand.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import structlog
import uvloop
from sqlalchemy import RowMapping, insert, select, text

from benchmarks._databases import DIALECTS, database, workplace
from domain.addresses import Channel
from domain.channel import Capabilities
from domain.clock import SystemClock, require_true_zones
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from scheduler.fan_out import FanOut
from store.connecting import Store, opened
from store.tables.outbox import deliveries

SIZES = (1_000, 10_000, 100_000, 1_000_000)
QUICK_SIZES = (1_000, 10_000, 50_000)
CARRIED = {
    channel: Capabilities(1_000, is_repeat_harmless=True)
    for channel in (Channel.INBOX, Channel.EMAIL)
}
PEOPLE = """
    INSERT INTO people (id, tenant_id, name, language)
    WITH RECURSIVE numbers(n) AS (
        SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM numbers WHERE n < :last
    )
    SELECT n, 1, 'P' || n, CASE n % 2 WHEN 0 THEN 'fr' ELSE 'ar' END FROM numbers
"""
MAILBOXES = """
    INSERT INTO addresses (person_id, channel, value)
    SELECT id, 'inbox', CAST(id AS VARCHAR(20)) FROM people WHERE id >= :first
"""
EMAILS = """
    INSERT INTO addresses (person_id, channel, value, verified_at)
    SELECT id, 'email', 'p' || id || '@example.ma', '2026-01-28 09:00:00'
    FROM people WHERE id >= :first
"""
RAW_PAGE = 1_000  # rows: as many as two pages of ours make
WARM_UP = 10  # people to whom an unmeasured notice goes first: it compiles what is compiled once


async def found(store: Store) -> None:
    await store.migrate()
    async with store.unit() as unit:
        await unit.bodies.found(
            slug="ain-chock",
            names={"fr": "Aïn Chock"},
            rule_pack="ma",
            zone="Africa/Casablanca",
            population=377_000,
        )


async def settle(store: Store, first: int, last: int) -> None:
    """Let people live in the commune, numbered from `first` to `last`."""
    async with store.unit() as unit:
        await unit.connection.execute(text(PEOPLE), {"first": first, "last": last})
        for statement in (MAILBOXES, EMAILS):
            await unit.connection.execute(text(statement), {"first": first})
        if store.dialect == "postgresql":
            await unit.connection.execute(text("ANALYZE"))


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


async def measure(url: str, size: int) -> dict[str, float]:
    """Expand one notice to everyone; `rss_mb` is the peak above what the program had before."""
    store = opened(url, SystemClock())
    await found(store)
    fan_out = FanOut(store, CARRIED)
    await settle(store, 1, WARM_UP)
    await fan_out.expand(await publish(store, Audience(AudienceKind.EVERYONE)))
    await settle(store, WARM_UP + 1, size // 2)
    notice_id = await publish(store, Audience(AudienceKind.EVERYONE))
    idle = memory("VmRSS")
    began = time.perf_counter()
    made = await fan_out.expand(notice_id)
    seconds = time.perf_counter() - began
    rss_mb = round(memory("VmHWM") - idle, 1)
    raw = await put_in(store, notice_id, await publish(store, Audience(AudienceKind.EVERYONE)))
    await store.close()
    return {"made": made, "seconds": seconds, "rss_mb": rss_mb, "raw_seconds": raw}


async def put_in(store: Store, notice_id: int, other_id: int) -> float:
    """Put the deliveries of a notice in once more, as another's; return the seconds of writing."""
    after, seconds = 0, 0.0
    while rows := await _rows(store, notice_id, after):
        after = rows[-1]["id"]
        page = [{**row, "notice_id": other_id} for row in rows]
        for row in page:
            del row["id"]
        began = time.perf_counter()
        async with store.unit() as unit:
            await unit.connection.execute(insert(deliveries), page)
        seconds += time.perf_counter() - began
    return seconds


async def _rows(store: Store, notice_id: int, after: int) -> Sequence[RowMapping]:
    async with store.reading() as unit:
        found = await unit.connection.execute(
            select(deliveries)
            .where(deliveries.c.notice_id == notice_id, deliveries.c.id > after)
            .order_by(deliveries.c.id)
            .limit(RAW_PAGE)
        )
        return found.mappings().all()


def memory(name: str) -> float:
    """Return what the kernel says of this process's memory (proc(5)), in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith(name))


def measured(dialect: str, size: int, folder: Path) -> dict[str, float]:
    with database(dialect, folder) as url:
        done = subprocess.run(  # noqa: S603 - this very script
            [sys.executable, "-m", "benchmarks.fan_out", "--measure", url, str(size)],
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
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    require_true_zones()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(30))
    if arguments.measure:
        url, size = arguments.measure
        print(json.dumps(uvloop.run(measure(url, int(size)))))
        return
    print(json.dumps({"fan_out": compared(QUICK_SIZES if arguments.quick else SIZES)}))


def compared(sizes: Sequence[int]) -> dict[str, dict[str, dict[str, float]]]:
    """Measure every size on every database, and print a table of it."""
    figures: dict[str, dict[str, dict[str, float]]] = {}
    head = f"{'database':<12}{'deliveries':>12}{'per s':>10}{'raw':>10}{'seconds':>10}"
    print(f"{head}{'MB above idle':>16}")
    with workplace() as folder:
        for dialect in DIALECTS:
            figures[dialect] = {}
            for size in sizes:
                now = measured(dialect, size, folder)
                per_s = round(size / now["seconds"])
                raw_per_s = round(size / now["raw_seconds"])
                figures[dialect][str(size)] = {
                    "per_s": per_s,
                    "raw_per_s": raw_per_s,
                    "rss_mb": now["rss_mb"],
                }
                row = f"{dialect:<12}{size:>12,}{per_s:>10,}{raw_per_s:>10,}{now['seconds']:>10.2f}"
                print(f"{row}{now['rss_mb']:>16}", flush=True)
    return figures


if __name__ == "__main__":
    main()
