"""The parts of a running process: started in order, ended in the reverse order."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog

Run = Callable[[], Coroutine[Any, Any, object]]

logger = structlog.get_logger()


class Parts:
    """Runs parts until they are ended; one that breaks, or ends by itself, ends them all."""

    def __init__(self, tasks: asyncio.TaskGroup, ends: AsyncExitStack) -> None:
        self._tasks = tasks
        self._ends = ends
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def alive(self) -> dict[str, bool]:
        return {name: not task.done() for name, task in self._running.items()}

    def start(self, name: str, run: Run, *, end: Callable[[], None] | None = None) -> None:
        """Start a part; it is ended by `end`, or by being cancelled."""
        is_ending = asyncio.Event()
        task = self._tasks.create_task(_kept(name, run, is_ending), name=name)
        self._running[name] = task

        async def finish() -> None:
            is_ending.set()
            (end or task.cancel)()
            await asyncio.wait([task])

        self._ends.push_async_callback(finish)


@asynccontextmanager
async def parts() -> AsyncIterator[Parts]:
    """Run parts beside a block, and end them after it, the last started first.

    Raises an ExceptionGroup, after ending the others, when a part broke.
    """
    async with asyncio.TaskGroup() as tasks, AsyncExitStack() as ends:
        yield Parts(tasks, ends)


async def _kept(name: str, run: Run, is_ending: asyncio.Event) -> None:
    try:
        await run()
    except Exception:
        logger.exception("part_broke", part=name)
        raise
    if not is_ending.is_set():
        logger.error("part_ended", part=name)
        raise RuntimeError(f"{name} ended by itself")
