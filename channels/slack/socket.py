"""Listening to Slack without a public address: one line that is kept open (Socket Mode)."""

import asyncio
import random
import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import structlog
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from channels.slack.failures import NotAsAsked
from channels.slack.inbound import translate
from channels.slack.web_api import WebApi
from channels.slack.windows import Check, objections
from domain.clock import Clock
from domain.errors import BadUpdate, Failed, Unavailable, Unreachable
from domain.messages import Event

HEARTBEAT = timedelta(seconds=15)  # how often the line is tried; one that is dead is opened anew
CONNECTING = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=1)

Hear = Callable[[Event], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]

logger = structlog.get_logger()


class SocketListener:
    """Hears what Slack sends down the line.

    An envelope is acknowledged only after `hear` has returned: Slack sends again what is not. A
    window whose answers `check` objects to stays open, and nothing was heard.
    `app_token` is an app-level one (xapp-), with connections:write. `chance` answers numbers from
    0 to 1; `sleep` takes seconds.
    """

    def __init__(
        self,
        api: WebApi,
        app_token: str,
        hear: Hear,
        clock: Clock,
        check: Check,
        *,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._api = api
        self._app_token = app_token
        self._hear = hear
        self._clock = clock
        self._check = check
        self._sleep = sleep
        self._chance = chance
        self._failures = 0
        self.heard_at: datetime | None = None
        """When Slack last sent anything at all down the line."""

    async def run(self) -> None:
        """Listen until cancelled; no trouble ends it."""
        try:
            async with aiohttp.ClientSession() as session:
                while True:
                    try:
                        await self._listen(session)
                    except (
                        Failed,
                        NotAsAsked,
                        aiohttp.ClientError,
                        TimeoutError,
                        OSError,
                    ) as error:
                        await self._pause(error)
        finally:
            await self._api.close()

    async def _listen(self, session: aiohttp.ClientSession) -> None:
        """Open one line and hear what comes down it, until Slack has us open another."""
        answer = await self._api.ask_form("apps.connections.open", token=self._app_token)
        timeout = aiohttp.ClientWSTimeout(ws_close=1)
        async with (
            asyncio.timeout(CONNECTING.total_seconds()) as opening,
            session.ws_connect(
                str(answer.get("url")), heartbeat=HEARTBEAT.total_seconds(), timeout=timeout
            ) as line,
        ):
            opening.reschedule(None)
            async with asyncio.TaskGroup() as hearing:
                async for message in line:
                    plain = _plain(message)
                    self.heard_at = self._clock.now()
                    self._failures = 0
                    if plain.get("type") == "disconnect":
                        return
                    hearing.create_task(self._take(line, plain))
        raise Unreachable("line_closed")

    async def _take(self, line: aiohttp.ClientWebSocketResponse, plain: dict[str, Any]) -> None:
        envelope = SocketModeRequest.from_dict(plain)
        if envelope is None:  # a greeting
            return
        try:
            answer = await self._heard(envelope.payload)
        except Unavailable:
            logger.warning("slack_waits_for_the_store")
            return
        except Exception as error:  # noqa: BLE001 - one envelope must not silence the bot for all
            # An error's own text may quote the person, so only its kind and place are kept.
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(  # noqa: TRY400 - see above
                "slack_envelope_failed",
                error=type(error).__name__,
                place=f"{Path(place.filename).name}:{place.lineno}",
            )
            return
        with suppress(aiohttp.ClientError, OSError):  # a line that has gone: it will come again
            await line.send_json(SocketModeResponse(envelope.envelope_id, answer).to_dict())

    async def _heard(self, payload: Mapping[str, Any]) -> dict[str, Any] | None:
        """Hear what came, and return what Slack wants to know at once."""
        try:
            event = translate(payload, self._clock.now())
            wrong = objections(payload, self._check)
        except BadUpdate as error:
            logger.warning("slack_envelope_unreadable", reason=str(error))
            return None
        if event and not wrong:
            await self._hear(event)
        return wrong

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        seconds = pause(self._failures, self._chance()).total_seconds()
        if isinstance(error, Unreachable) and error.retry_after:
            seconds = error.retry_after.total_seconds()
        word = getattr(error, "word", None) or getattr(error, "code", type(error).__name__)
        logger.warning("slack_line_down", cause=word, again_in=round(seconds, 1))
        await self._sleep(seconds)


def pause(failures: int, chance: float) -> timedelta:
    """Return how long to wait after so many failures: doubling, with full jitter."""
    longest = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(failures, 10)))
    return longest * chance


def _plain(message: aiohttp.WSMessage) -> dict[str, Any]:
    if message.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        plain = message.json()
    except ValueError:
        return {}
    return plain if isinstance(plain, dict) else {}
