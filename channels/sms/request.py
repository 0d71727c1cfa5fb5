"""How Twilio's library reaches the network here: one kept-open aiohttp session.

Its own client ignores its time limit, and sends a message again when a server stumbles.
"""

import json
import logging
from datetime import timedelta
from http import HTTPStatus

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from channels.sms.failures import Answered, Unanswered, Unsent

API = "https://api.twilio.com"
ANSWERING = timedelta(seconds=15)  # for one whole request
CONNECTING = timedelta(seconds=5)
CONNECTIONS = 32
LARGEST_ANSWER = 1024 * 1024  # bytes; a page of messages is some hundred kilobytes

# Failures of aiohttp in which no whole request can have left this machine.
NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientConnectionResetError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class AiohttpTwilio(AsyncHttpClient):
    """Asks once: whether a request may be repeated is not known here.

    Opened by its first request; `close` it in the same loop. `base_url` stands in the place of
    Twilio's address. Addresses and bodies hold numbers and texts, so no error of aiohttp's is let
    through or chained, and nothing is logged.
    """

    def __init__(self, base_url: str = API, *, answering: timedelta = ANSWERING) -> None:
        super().__init__(logging.getLogger(__name__), is_async=True)
        self._base_url = base_url.rstrip("/")
        self._patience = aiohttp.ClientTimeout(
            total=answering.total_seconds(), connect=CONNECTING.total_seconds()
        )
        self._session: aiohttp.ClientSession | None = None

    async def request(  # type: ignore[override]  # noqa: PLR0917 - as the library's own async client
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - one limit for all requests
        allow_redirects: bool = False,  # noqa: ARG002, FBT001, FBT002 - a POST is never led elsewhere
    ) -> Response:
        """Return a 2xx answer; raises Unsent, Unanswered or Answered."""
        try:
            async with self._opened().request(
                method,
                self._base_url + uri.removeprefix(API),
                params=_written(params),
                data=_written(data),
                headers={**(headers or {}), **_authorization(auth)},
                timeout=self._patience,
                allow_redirects=False,
            ) as response:
                status, answer = response.status, await response.content.read(LARGEST_ANSWER)
                retry_after = _seconds(response.headers.get("Retry-After", ""))
                text = answer.decode("utf-8", "replace")
        except NEVER_LEFT as error:
            failure: Exception = Unsent(type(error).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            failure = Unanswered(type(error).__name__)
        else:
            if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
                return Response(status, text)
            failure = Answered(status, _code(text), retry_after)
        raise failure

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session


def _written(fields: dict[str, object] | None) -> dict[str, str]:
    return {name: _word(value) for name, value in (fields or {}).items() if value is not None}


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _authorization(auth: tuple[str, str] | None) -> dict[str, str]:
    return {"Authorization": aiohttp.encode_basic_auth(*auth)} if auth else {}


def _code(answer: str) -> int:
    """Return Twilio's own code of an error, or 0 where the answer names none."""
    try:
        return int(json.loads(answer)["code"])
    except (ValueError, KeyError, TypeError):
        return 0


def _seconds(header: str) -> timedelta | None:
    return timedelta(seconds=int(header)) if header.isascii() and header.isdecimal() else None
