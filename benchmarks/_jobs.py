"""What one would write otherwise: one Procrastinate job a message, and nothing besides."""

import asyncio
import json
import time
from typing import Any

import aiohttp
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException

BATCH = 1_000  # jobs deferred at once
LOOK = 0.02  # seconds between two looks at how much is left
LEFT = "SELECT count(*) AS jobs FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"


async def sent_by_jobs(
    url: str, sink_url: str, http: aiohttp.ClientSession, *, messages: int, at_once: int
) -> float:
    """Return messages a second of one worker, from full queues to the last job's end."""
    app = App(connector=PsycopgConnector(conninfo=url))

    @app.task(name="send")
    async def send(to: str, text: str) -> None:
        async with http.post(sink_url, data=json.dumps({"to": to, "text": text})) as answer:
            await answer.json()

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for start in range(0, messages, BATCH):
            numbers = range(start, min(start + BATCH, messages))
            jobs: list[dict[str, Any]] = [
                {"to": f"p{number}@example.ma", "text": "Bonjour"} for number in numbers
            ]
            await send.batch_defer_async(*jobs)
        began = time.perf_counter()
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(
                app.run_worker_async(concurrency=at_once, install_signal_handlers=False)
            )
            while await _left(app):  # noqa: ASYNC110 - the worker tells nobody
                await asyncio.sleep(LOOK)
            seconds = time.perf_counter() - began
            working.cancel()
    return messages / seconds


async def _left(app: App) -> int:
    try:
        return int((await app.connector.execute_query_one_async(LEFT))["jobs"])
    except ConnectorException as error:
        raise RuntimeError("the database of the jobs is away") from error
