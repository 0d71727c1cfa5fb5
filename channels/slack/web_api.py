"""Slack's Web API, asked by method name over one kept-open session."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from channels.slack.failures import told_apart
from domain.errors import Undeliverable, Unreachable

BASE_URL = "https://slack.com/api/"
CONNECTING = timedelta(seconds=10)
READING = timedelta(seconds=20)
UPLOADING = timedelta(minutes=5)

# The library logs requests and answers, with what people wrote in them: nobody hears it.
SILENCE = logging.getLogger("channels.slack.library")
SILENCE.setLevel(logging.CRITICAL + 1)


class WebApi:
    """Opened by its first request; `close` it in the same loop. It repeats nothing by itself."""

    def __init__(self, base_url: str = BASE_URL, *, reading: timedelta = READING) -> None:
        self.base_url = base_url
        self._reading = reading
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, method: str, *, token: str | None = None, **fields: Any) -> dict[str, Any]:
        """Call a method with JSON; raise NotAsAsked, Unreachable or Uncertain."""
        with told_apart(method):
            return _read(await self.client(token).api_call(method, json=fields))

    async def ask_form(
        self, method: str, *, token: str | None = None, **fields: Any
    ) -> dict[str, Any]:
        """Call one of the methods that take no JSON; raise as `ask` does."""
        with told_apart(method):
            return _read(await self.client(token).api_call(method, data=fields))

    async def upload(self, content: bytes, name: str, *, token: str, channel: str) -> str:
        """Put a file into a channel and return its id; raise as `ask` does."""
        with told_apart("files.completeUploadExternal"):
            answer = await self.client(token).files_upload_v2(
                filename=name, content=content, title=name, channel=channel
            )
            files: list[Mapping[str, Any]] = answer["files"]
            return str(files[0]["id"])

    async def download(self, url: str, *, token: str, most: int) -> bytes:
        """Return what is at an address of Slack's; raise Unreachable or Undeliverable.

        Where our token does not open it, Slack shows a page to log in instead, with a 200.
        """
        headers = {"Authorization": f"Bearer {token}"}
        with told_apart("files.info"):
            async with self._opened().get(url, headers=headers, allow_redirects=False) as answer:
                if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise Unreachable("unreachable")
                if answer.status != HTTPStatus.OK or answer.content_type == "text/html":
                    raise Undeliverable("file_gone")
                content = await answer.content.read(most + 1)
                while len(content) <= most and (more := await answer.content.read(most + 1)):
                    content += more
        if len(content) > most:
            raise Undeliverable("file_too_big")
        return content

    def client(self, token: str | None) -> AsyncWebClient:
        return AsyncWebClient(
            token,
            base_url=self.base_url,
            session=self._opened(),
            logger=SILENCE,
            retry_handlers=[],
        )

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(
                total=UPLOADING.total_seconds(),
                connect=CONNECTING.total_seconds(),
                sock_read=self._reading.total_seconds(),
            )
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session


def _read(answer: AsyncSlackResponse) -> dict[str, Any]:
    if not isinstance(answer.data, dict):
        raise TypeError("an answer that is no object")
    return answer.data
