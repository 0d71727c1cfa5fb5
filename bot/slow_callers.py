"""Callers who do not come to an end: a request is read in good time, or its line is closed.

uvicorn waits for the rest of a request for ever, and its parser takes headers of any length.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 64 * 1024  # bytes
LEAST_PACE = 2_000  # bytes of a body a second: a file of ten megabytes from a slow telephone


class Caller(HttpToolsProtocol):
    """One caller's line: it counts what has come of a request, and closes on who takes too long."""

    head_lasts = 20.0  # seconds from the call, or from the first byte, to the end of the headers
    body_lasts = 30.0  # seconds, and more for what comes

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._closing: TimerHandle | None = None
        self._is_in_head = True
        self._came = 0  # bytes of the head, then of the body
        self._began = 0.0

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_in_head:
            self._came += len(data)
        super().data_received(data)
        is_whole = self._is_in_head and not self._came
        if not is_whole and self._closing is None:
            self._wait()
        if self._is_in_head and self._came > LARGEST_HEAD:
            self.transport.close()

    def on_headers_complete(self) -> None:
        self._turn(is_in_head=False)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._came += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._turn(is_in_head=True)
        super().on_message_complete()

    def _turn(self, *, is_in_head: bool) -> None:
        self._stop()
        self._is_in_head, self._came = is_in_head, 0

    def _wait(self) -> None:
        self._began = self.loop.time()
        lasts = self.head_lasts if self._is_in_head else self.body_lasts
        self._closing = self.loop.call_later(lasts, self._lose)

    def _lose(self) -> None:
        """Close the line, unless a body keeps coming at a pace that leads to an end."""
        granted = 0.0 if self._is_in_head else self.body_lasts + self._came / LEAST_PACE
        left = self._began + granted - self.loop.time()
        self._closing = self.loop.call_later(left, self._lose) if left > 0 else None
        if self._closing is None:
            self.transport.close()

    def _stop(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
