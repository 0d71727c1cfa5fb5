"""Chunks on their way as jobs of Procrastinate, on PostgreSQL: its only home.

What is true stays in our own tables. A job that is lost costs a second or two, one that comes twice
finds a chunk that is held or finished.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from psycopg import Error
from psycopg_pool import AsyncConnectionPool
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.errors import Unavailable
from store.outbox import Ready, Urgency

TASK = "send_chunk"
HEARTBEAT = 5  # seconds
SILENCE = 30  # seconds without a heartbeat, after which a worker counts as dead
CONNECTIONS = 4
PATIENCE = 10  # seconds to wait for one of them
APPLIED = "CREATE TABLE IF NOT EXISTS procrastinate_applied (name text PRIMARY KEY)"
ALREADY = "SELECT name FROM procrastinate_applied"

log: Any = structlog.get_logger(__name__)


class Jobs:
    """Puts jobs, and takes them as one worker who is alive as long as its heart beats."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connector = PsycopgConnector()
        self._pool: AsyncConnectionPool | None = None
        self._manager = App(connector=self._connector).job_manager
        self._worker_id: int | None = None
        self._in_hand: defaultdict[int, list[int]] = defaultdict(list)  # job ids by chunk
        self._done: asyncio.Queue[int | None] = asyncio.Queue()

    async def put(self, connection: AsyncConnection, ready: Sequence[Ready]) -> None:
        """Put a job for each chunk, in the transaction of this connection."""
        raw = await connection.get_raw_connection()
        with _told_apart():
            await self._manager.batch_defer_jobs_async(
                [_job(one) for one in ready], connection=raw.driver_connection
            )

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Be a worker; jobs can be taken meanwhile."""
        await self._connect()
        async with asyncio.TaskGroup() as tasks:
            beating = tasks.create_task(self._beat())
            finishing = tasks.create_task(self._finish())
            try:
                yield
            finally:
                beating.cancel()
                self._done.put_nowait(None)
                with suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE):
                        await asyncio.wait([finishing])
                        await self._leave()
                finishing.cancel()

    async def take(self, channel: Channel, urgencies: Collection[Urgency]) -> Ready | None:
        """Take the next job of a channel, the most urgent first; None when none is due."""
        queues = [queue(channel, urgency) for urgency in urgencies]
        with _told_apart():
            try:
                job = await self._manager.fetch_job(queues, await self._worker())
            except ConnectorException:
                self._worker_id = None  # others may have taken us for dead
                raise
        if job is None or job.id is None:
            return None
        chunk_id = int(job.task_kwargs["chunk_id"])  # type: ignore[arg-type]  # ours: see _job
        self._in_hand[chunk_id].append(job.id)
        return Ready(chunk_id, channel, Urgency(-job.priority))

    def done(self, chunk_ids: Collection[int]) -> None:
        """Have the jobs of chunks that are settled, or not ours to send, finished soon."""
        for chunk_id in chunk_ids:
            for job_id in self._in_hand.pop(chunk_id, ()):
                self._done.put_nowait(job_id)

    async def retry_stalled(self) -> int:
        """Bring back the jobs of workers that are dead, and return how many. Safe to repeat."""
        await self._connect()
        with _told_apart():
            await self._manager.prune_stalled_workers(SILENCE)
            stalled = list(await self._manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE))
        for job in stalled:
            log.warning("job_brought_back", job=job.id, queue=job.queue)
            try:
                await self._manager.retry_job(job)
            except ConnectorException:
                log.debug("job_brought_back_by_another", job=job.id)
        return len(stalled)

    async def close(self) -> None:
        if self._pool:
            await self._pool.close()

    async def _connect(self) -> None:
        """Have connections, from the first time they are needed."""
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                self._conninfo, min_size=1, max_size=CONNECTIONS, timeout=PATIENCE, open=False
            )
            await self._pool.open()
            await self._connector.open_async(self._pool)

    async def _worker(self) -> int:
        if self._worker_id is None:
            self._worker_id = await self._manager.register_worker()
        return self._worker_id

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            try:
                await self._manager.update_heartbeat(await self._worker())
            except (ConnectorException, Error) as away:
                log.warning("heartbeat_not_heard", error=type(away).__name__)

    async def _finish(self) -> None:
        while (job_id := await self._done.get()) is not None:
            await self._end(job_id)

    async def _end(self, job_id: int) -> None:
        try:
            await self._manager.finish_job_by_id_async(job_id, Status.SUCCEEDED, delete_job=True)
        except (ConnectorException, Error):
            # Finished by whoever took us for dead; or it will be brought back, and find nothing.
            log.debug("job_not_finished", job=job_id)

    async def _leave(self) -> None:
        """Say that we are gone; whatever is in hand is somebody else's now."""
        if self._worker_id is not None:
            try:
                await self._manager.unregister_worker(self._worker_id)
            except (ConnectorException, Error):
                log.debug("worker_not_unregistered", worker=self._worker_id)
        self._worker_id = None
        self._in_hand.clear()


async def prepare(connection: AsyncConnection) -> None:
    """Make Procrastinate's tables, or bring them to the version that is installed."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    await raw.execute(APPLIED)
    applied = {name for (name,) in await (await raw.execute(ALREADY)).fetchall()}
    missing = [step for step in _steps() if step.name not in applied]
    for script in missing if applied else [files("procrastinate.sql") / "schema.sql"]:
        await raw.execute(script.read_text("utf-8"))
    for step in missing:
        await raw.execute("INSERT INTO procrastinate_applied VALUES (%s)", [step.name])


async def is_prepared(connection: AsyncConnection) -> bool:
    """Say whether its tables are those of the version that is installed."""
    raw: Any = (await connection.get_raw_connection()).driver_connection
    found = await (await raw.execute("SELECT to_regclass('procrastinate_applied')")).fetchone()
    if found == (None,):
        return False
    applied = {name for (name,) in await (await raw.execute(ALREADY)).fetchall()}
    return all(step.name in applied for step in _steps())


def _steps() -> list[Traversable]:
    folder = files("procrastinate.sql.migrations")
    return sorted(
        (step for step in folder.iterdir() if step.name.endswith(".sql")),
        key=lambda step: step.name,
    )


def queue(channel: Channel, urgency: Urgency) -> str:
    return f"{channel}.{urgency.name.lower()}"


def _job(ready: Ready) -> Job:
    return Job(
        queue=queue(ready.channel, ready.urgency),
        lock=None,
        queueing_lock=None,
        task_name=TASK,
        task_kwargs={"chunk_id": ready.chunk_id},
        priority=-ready.urgency,  # there, the greater goes first
        scheduled_at=ready.due_at,
    )


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except (ConnectorException, Error) as error:
        raise Unavailable(type(error.__cause__ or error).__name__) from error
