"""How python-telegram-bot reaches the network here: one kept-open aiohttp session.

Its own HTTP client costs ten times the processor time a message.
"""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

READING = timedelta(seconds=20)  # Telegram answers a send within a few seconds
CONNECTING = timedelta(seconds=10)
UPLOADING = timedelta(minutes=5)  # 50 MB on a slow line

# Failures of aiohttp in which no whole request can have left this machine.
NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientConnectionResetError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)
NETWORK = (aiohttp.ClientError, TimeoutError, OSError)


class Flooded(TelegramError):
    """Telegram asks for a pause.

    python-telegram-bot's own RetryAfter warns of its own future whenever it is made.
    """

    def __init__(self, retry_after: timedelta | None) -> None:
        super().__init__("flooded")
        self.retry_after = retry_after


class Unsent(NetworkError):
    """No whole request left: nothing can have happened."""


class Unanswered(TimedOut):
    """The request left and no answer came: anything can have happened."""


class AiohttpRequest(BaseRequest):
    """Opened by its first request; `close` it in the same loop.

    The token is a part of every address, so no error of aiohttp's is let through or chained.
    """

    def __init__(self, *, reading: timedelta = READING, connections: int = 64) -> None:
        self._reading = reading.total_seconds()
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._reading

    async def initialize(self) -> None:
        self._opened()

    async def shutdown(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the library's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one limit covers both
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - always CONNECTING
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the dispatcher paces
    ) -> tuple[int, bytes]:
        reading = self._reading if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        try:
            async with self._opened().request(
                method,
                url,
                allow_redirects=False,
                timeout=_patience(reading, request_data),
                **_body(request_data),
            ) as response:
                status, answer = response.status, await response.read()
        except NETWORK as error:
            failure = _failure(error)
        else:
            _refuse(status, answer)
            return status, answer
        raise failure

    async def download(self, url: str, *, most: int) -> bytes:
        """Return what lies at an address; raise BadRequest when it is gone, or more than `most`."""
        patience = _patience(UPLOADING.total_seconds(), None)
        try:
            async with self._opened().get(url, allow_redirects=False, timeout=patience) as response:
                if response.status != HTTPStatus.OK:
                    raise BadRequest("file is not there any more")
                return await _read(response, most)
        except NETWORK as error:
            failure = _failure(error)
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer, or raise Unanswered: one that cannot be read says nothing."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise Unanswered("unreadable answer")
        return answer

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session


def _failure(error: Exception) -> NetworkError:
    """Say whether anything can have happened."""
    kind = Unsent if isinstance(error, NEVER_LEFT) else Unanswered
    return kind(type(error).__name__)


async def _read(response: aiohttp.ClientResponse, most: int) -> bytes:
    content = bytearray()
    async for part in response.content.iter_any():
        content += part
        if len(content) > most:
            raise BadRequest("file is too big")
    return bytes(content)


def _patience(reading: float, data: RequestData | None) -> aiohttp.ClientTimeout:
    connecting = CONNECTING.total_seconds()
    writing = UPLOADING.total_seconds() if data and data.contains_files else 0
    return aiohttp.ClientTimeout(
        total=connecting + writing + reading, connect=connecting, sock_read=reading
    )


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        body = json.dumps(data.parameters).encode()
        return {"data": body, "headers": {"Content-Type": "application/json"}}
    # Telegram shows a file's name as it is written here, so it goes unquoted.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=media_type)
    return {"data": form}


def _refuse(status: int, answer: bytes) -> None:
    """Raise for the answers that python-telegram-bot would not tell apart."""
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("file is too big")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Flooded(_retry_after(answer))


def _retry_after(answer: bytes) -> timedelta | None:
    """Return the pause Telegram names (Bot API, ResponseParameters), in seconds there."""
    try:
        return timedelta(seconds=json.loads(answer)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
