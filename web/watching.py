"""What every answer has in common: headers that forbid, a line in the log, a count."""

import time
import traceback
from pathlib import Path

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import Refused
from web.metrics import Figures

# Nothing here is for a browser to run, to frame, or to keep, unless the page itself says so.
HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
ONLY_SAFELY = (b"strict-transport-security", b"max-age=31536000")  # RFC 6797: a year
NO_PAGE = "none"
GONE = "client disconnected prematurely"  # as Litestar says of whoever leaves in mid-sentence

logger = structlog.get_logger()


class Watched:
    """An application seen from outside. Who asked, and for what exactly, is not kept."""

    def __init__(self, application: ASGIApp, figures: Figures, *, is_secure: bool = False) -> None:
        self._application = application
        self._figures = figures
        self._headers = [*HEADERS, ONLY_SAFELY] if is_secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._application(scope, receive, send)
            return
        began = time.perf_counter()
        # Whoever asks for the head alone is answered as for the whole (RFC 9110, section 9.3.2);
        # the server below, which still knows what was asked for, sends no body.
        scope = scope if scope["method"] != "HEAD" else {**scope, "method": "GET"}

        async def seen(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                more = [header for header in self._headers if header[0] not in said]
                message["headers"] = [*message["headers"], *more]
                self._note(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self._application(scope, receive, seen)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        # The route's pattern: an address may hold a name, and anybody may invent one.
        page = scope.get("path_template") or NO_PAGE
        self._figures.answers.labels(page, status).inc()
        self._figures.lasting.labels(page).observe(seconds)
        logger.debug("answered", page=page, status=status, ms=round(seconds * 1000, 1))


async def note_failure(error: Exception, _scope: Scope) -> None:
    """Log a bug by its kind and place: its own text may quote a person."""
    status = getattr(error, "status_code", 500)
    if getattr(error, "detail", "") == GONE:
        return
    if status >= 500 and not isinstance(error, Refused):  # noqa: PLR2004 - HTTP: the server's own fault
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error(
            "page_failed",
            error=type(error).__name__,
            place=f"{Path(place.filename).name}:{place.lineno}",
        )
