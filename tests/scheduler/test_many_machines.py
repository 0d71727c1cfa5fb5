"""Three processes on one PostgreSQL: killed, stopped and cut off, and counted."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from aiohttp import web
from sqlalchemy import URL, make_url, text

from domain.addresses import Channel
from domain.clock import SystemClock
from domain.deliveries import UNFINISHED, State
from domain.notices import NoticeClass
from scheduler.recorder import FULL
from store.connecting import Store, opened
from tests.scheduler.machine import CARRIED, TEMPO, TOO_MANY
from tests.scheduler.town import commune, publish, rows, settle

PEOPLE = 150  # on each channel
NOTICES = (NoticeClass.INFORMATIONAL, NoticeClass.STATUTORY)
PATIENCE = 90  # seconds, on a machine that does much else
PAUSE = 4  # seconds
LONG = timedelta(seconds=60)  # a lease that no well machine loses, however slow it is made
# What a later version may do before its processes start: see docs/runbook.md.
EXPAND = (
    "ALTER TABLE deliveries ADD COLUMN of_the_next_version text",
    "ALTER TABLE notices ADD COLUMN of_the_next_version integer DEFAULT 7",
    "CREATE TABLE of_the_next_version (id bigint PRIMARY KEY)",
    "UPDATE alembic_version SET version_num = 'of_the_next_version'",
)
TOLD = 2  # seconds until the others know, on a machine that does much else


@dataclass(slots=True)
class Recorder:
    """The network's side: everything that was taken, in order, and when anything came."""

    url: str = ""
    taken: list[tuple[int, Channel, int]] = field(default_factory=list)
    came_at: dict[Channel, list[float]] = field(default_factory=lambda: defaultdict(list))
    floods: set[Channel] = field(default_factory=set)  # whose next is answered by 429
    flooded_at: float | None = None
    is_changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def hear(self, request: web.Request) -> web.Response:
        said = await request.json()
        now = asyncio.get_running_loop().time()
        channel = Channel(said["channel"])
        self.came_at[channel].append(now)
        self.is_changed.set()
        if channel in self.floods:
            self.floods.remove(channel)
            self.flooded_at = now
            return web.Response(status=TOO_MANY, headers={"Retry-After": str(PAUSE)})
        self.taken.append((said["id"], channel, said["machine"]))
        await asyncio.sleep(0.03)  # a network's time to answer
        return web.Response()

    @property
    def machines(self) -> set[int]:
        return {machine for _, _, machine in self.taken}

    async def until(self, count: int, *, machines: int = 1) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.taken) < count or len(self.machines) < machines:
                self.is_changed.clear()
                await self.is_changed.wait()


@pytest.fixture
async def recorder() -> AsyncIterator[Recorder]:
    recorder = Recorder()
    application = web.Application()
    application.router.add_post("/", recorder.hear)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    recorder.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield recorder
    await runner.cleanup()


class Wire:
    """A line to the database that can be cut, and mended."""

    def __init__(self, to: URL) -> None:
        self._to = to
        self._is_cut = False
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def lay(self) -> str:
        """Return the URL of our end."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        here = self._to.set(host="127.0.0.1", port=port, query={"sslmode": "disable"})
        return here.render_as_string(hide_password=False)

    def cut(self) -> None:
        self._is_cut = True
        for end in self._ends:
            end.transport.abort()

    def mend(self) -> None:
        self._is_cut = False

    async def remove(self) -> None:
        self.cut()
        if self._server:
            self._server.close()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        folder = str(self._to.query["host"])
        there = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        self._ends |= {writer, there[1]}
        with suppress(OSError):
            await asyncio.gather(_pump(reader, there[1]), _pump(there[0], writer))
        for end in (writer, there[1]):
            end.transport.abort()
            self._ends.discard(end)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.transport.abort()


@asynccontextmanager
async def machine(
    url: str, recorder: Recorder, *, lease: timedelta = TEMPO.lease
) -> AsyncIterator[Process]:
    seconds = str(int(lease.total_seconds()))
    program = (sys.executable, "-m", "tests.scheduler.machine", url, recorder.url, seconds)
    process = await asyncio.create_subprocess_exec(*program, stdout=PIPE)
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        assert await process.stdout.readline() == b"ready\n"
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.fixture
async def store(postgresql_url: str) -> AsyncIterator[Store]:
    store = opened(postgresql_url, SystemClock())
    yield store
    await store.close()


@pytest.fixture
async def wire(postgresql_url: str) -> AsyncIterator[tuple[Wire, str]]:
    wire = Wire(make_url(postgresql_url))
    yield wire, await wire.lay()
    await wire.remove()


async def announced(store: Store) -> int:
    tenant_id = await commune(store)
    for channel in CARRIED:
        await settle(store, tenant_id, PEOPLE, channel)
    for notice_class in NOTICES:
        await publish(store, tenant_id, notice_class=notice_class)
    return tenant_id


async def settled(store: Store, notices: int = len(NOTICES)) -> None:
    """Wait until nothing is to be sent any more."""
    expected = PEOPLE * len(CARRIED) * notices
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await rows(store)
            if len(found) == expected and not any(row.state in UNFINISHED for row in found):
                return
            await asyncio.sleep(0.2)


async def test_nothing_is_lost_and_little_repeats_whatever_befalls_machines(
    store: Store, postgresql_url: str, recorder: Recorder, wire: tuple[Wire, str]
) -> None:
    line, wired_url = wire
    async with (
        machine(postgresql_url, recorder) as killed,
        machine(postgresql_url, recorder) as stopped,
        machine(wired_url, recorder),
    ):
        await announced(store)
        await recorder.until(60, machines=2)  # a third may still look for work
        os.kill(stopped.pid, signal.SIGSTOP)
        line.cut()
        await asyncio.sleep((TEMPO.lease * 1.5).total_seconds())
        os.kill(stopped.pid, signal.SIGCONT)
        line.mend()
        killed.kill()
        await settled(store)

    found = await rows(store)
    async with store.reading() as unit:
        of_class = {one.id: one.notice_class for one in await unit.notices.recent()}
    times = Counter(delivery_id for delivery_id, _, _ in recorder.taken)
    keys = Counter((row.notice_id, row.person_id, row.channel, row.step) for row in found)
    assert len(keys) == keys.total() == PEOPLE * len(CARRIED) * len(NOTICES)
    for row in found:
        is_chat = row.channel is Channel.TELEGRAM
        must_not_repeat = is_chat and of_class[row.notice_id] is NoticeClass.INFORMATIONAL
        assert row.state is State.ACCEPTED or (must_not_repeat and row.state is State.UNCERTAIN)
        assert times[row.id] or row.state is State.UNCERTAIN
        assert times[row.id] <= (1 if must_not_repeat else 3)
    assert sum(count > 1 for count in times.values()) <= FULL


async def test_machines_that_are_well_send_everything_once_and_end_when_asked(
    store: Store, postgresql_url: str, recorder: Recorder
) -> None:
    async with (
        machine(postgresql_url, recorder, lease=LONG) as one,
        machine(postgresql_url, recorder, lease=LONG) as two,
    ):
        await announced(store)
        await settled(store)
        for process in (one, two):
            process.terminate()
            async with asyncio.timeout(PATIENCE):
                assert await process.wait() == 0
    times = Counter(delivery_id for delivery_id, _, _ in recorder.taken)
    assert len(times) == times.total() == PEOPLE * len(CARRIED) * len(NOTICES)
    assert len(recorder.machines) == 2


async def expanded(store: Store) -> None:
    """Bring in the next version's first step: it adds, and takes nothing from this one."""
    for statement in EXPAND:
        async with store.unit() as unit:
            await unit.connection.execute(text(statement))


async def test_a_newer_version_comes_in_process_by_process_and_nothing_is_lost_or_repeated(
    store: Store, postgresql_url: str, recorder: Recorder
) -> None:
    well = partial(machine, postgresql_url, recorder, lease=LONG)
    async with AsyncExitStack() as machines:
        old = [await machines.enter_async_context(well()) for _ in range(2)]
        tenant_id = await announced(store)
        await recorder.until(40)
        await expanded(store)
        assert await store.is_migrated()  # this version may go on, and be started again
        for process in old:
            await machines.enter_async_context(well())
            await publish(store, tenant_id)
            await recorder.until(len(recorder.taken) + 20)
            process.terminate()  # in the midst of it
            async with asyncio.timeout(PATIENCE):
                assert await process.wait() == 0
        await settled(store, notices=len(NOTICES) + len(old))
    times = Counter(delivery_id for delivery_id, _, _ in recorder.taken)
    assert len(times) == times.total() == PEOPLE * len(CARRIED) * (len(NOTICES) + len(old))
    assert {row.state for row in await rows(store)} == {State.ACCEPTED}
    assert len(recorder.machines) >= 3


async def test_a_pause_that_one_machine_was_asked_for_is_kept_by_all(
    store: Store, postgresql_url: str, recorder: Recorder
) -> None:
    recorder.floods = {Channel.EMAIL}
    async with machine(postgresql_url, recorder), machine(postgresql_url, recorder):
        await announced(store)
        await settled(store)
    assert recorder.flooded_at
    since = [at - recorder.flooded_at for at in recorder.came_at[Channel.EMAIL]]
    assert min(after for after in since if after > TOLD) >= PAUSE
