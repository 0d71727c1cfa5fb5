"""kill -9 of a real process at every step: nothing is lost, and what repeats is what may."""

import asyncio
import signal
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.addresses import Channel
from domain.clock import HandClock
from domain.deliveries import State
from domain.notices import NoticeClass
from scheduler.measures import Measures
from scheduler.recorder import FULL
from scheduler.stalled import give_back
from store.connecting import Store
from tests.scheduler.crashing import ASKED, CARRIED, LEASE, TAKEN, send_everything
from tests.scheduler.town import commune, publish, rows, settle

PEOPLE = 20  # on each channel
PATIENCE = 120  # seconds, on a machine that does much else
NOTICES = (NoticeClass.INFORMATIONAL, NoticeClass.STATUTORY)
UNDER_WAY = sum(can.in_flight for can in CARRIED.values())

MARKS = [
    pytest.param("INSERT INTO deliveries", 2, id="in the middle of a page"),
    pytest.param("SELECT notices.expanded_to", 3, id="between two pages"),
    pytest.param("UPDATE chunks SET lease", 2, id="while claiming"),
    pytest.param(ASKED, 1, id="after the claim, before anything was sent"),
    pytest.param("UPDATE deliveries SET state", 1, id="while marking what is sent"),
    pytest.param(TAKEN, 1, id="after the first was sent"),
    pytest.param(TAKEN, 30, id="after the thirtieth was sent"),
    pytest.param("UPDATE deliveries SET state", 6, id="while recording"),
    pytest.param("INSERT INTO delivery_events", 3, id="in the middle of recording"),
    pytest.param("UPDATE chunks SET due_at", 2, id="while finishing a chunk"),
]


async def killed(url: str, now: datetime, file: Path, mark: str, nth: int) -> None:
    """Let another process send until it dies at a mark."""
    program = (sys.executable, "-m", "tests.scheduler.crashing")
    child = await asyncio.create_subprocess_exec(
        *program, url, now.isoformat(), str(file), mark, str(nth)
    )
    async with asyncio.timeout(PATIENCE):
        assert await child.wait() == -signal.SIGKILL


def sent(file: Path) -> Counter[int]:
    lines = file.read_text().split() if file.exists() else []
    return Counter(int(line) for line in lines)


async def classes(store: Store) -> dict[int, NoticeClass]:
    async with store.reading() as unit:
        return {notice.id: notice.notice_class for notice in await unit.notices.recent()}


@pytest.mark.parametrize(("mark", "nth"), MARKS)
async def test_whatever_is_killed_nothing_is_lost_and_little_repeats(
    store: Store, clock: HandClock, database_url: str, tmp_path: Path, mark: str, nth: int
) -> None:
    tenant_id = await commune(store)
    for channel in CARRIED:
        await settle(store, tenant_id, PEOPLE, channel)
    for notice_class in NOTICES:
        await publish(store, tenant_id, notice_class=notice_class)

    file = tmp_path / "sent"
    await killed(database_url, clock.now(), file, mark, nth)
    recorded = {row.id for row in await rows(store) if row.state is State.ACCEPTED}
    not_recorded = set(sent(file)) - recorded
    clock.move_by(LEASE)
    await give_back(store, Measures())
    await send_everything(store, file, clock)
    clock.move_by(timedelta(hours=1))
    await send_everything(store, file, clock)

    of_class = await classes(store)
    times = sent(file)
    for row in await rows(store):
        must_not_repeat = (
            row.channel is Channel.TELEGRAM and of_class[row.notice_id] is NoticeClass.INFORMATIONAL
        )
        assert row.state is State.ACCEPTED or (must_not_repeat and row.state is State.UNCERTAIN)
        assert times[row.id] >= 1 or row.state is State.UNCERTAIN
        assert times[row.id] <= (1 if must_not_repeat else 2)
    keys = Counter((row.notice_id, row.person_id, row.channel) for row in await rows(store))
    assert len(keys) == keys.total() == PEOPLE * len(CARRIED) * len(NOTICES)
    assert {delivery_id for delivery_id, count in times.items() if count > 1} <= not_recorded
    assert len(not_recorded) <= FULL
    assert sum(row.state is State.UNCERTAIN for row in await rows(store)) <= UNDER_WAY
