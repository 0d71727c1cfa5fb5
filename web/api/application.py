"""The API as an application of its own, beside the pages: its routes, limits and problems."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from litestar import Litestar, asgi
from litestar.handlers import ASGIRouteHandler, HTTPRouteHandler
from litestar.types import ASGIApp, Guard, Message, Receive, Scope, Send
from msgspec import DecodeError, json

from web.api import council, notices, papers, people, reference, subscriptions, systems, token
from web.api.bearers import AnyRequest, Gate
from web.api.problems import Fault, Mistaken, failing
from web.pace import Pace
from web.site import Site
from web.watching import note_failure

PATH = "/api/v1"
MOST_CALLS = 600  # with one token, within
MINUTE = timedelta(minutes=1)
LARGEST_BODY = 256 * 1024  # bytes: three long texts, in any script
JSON = "application/json"
ROUTES: tuple[Callable[[Gate], list[HTTPRouteHandler]], ...] = (
    notices.routes,
    people.routes,
    subscriptions.routes,
    council.routes,
    papers.routes,
    systems.routes,
    token.routes,
)


def api(site: Site) -> ASGIRouteHandler:
    """Return `/api/v1`."""
    gate = Gate(site, Pace(site.clock, most=MOST_CALLS, within=MINUTE))
    routes = [route for room in ROUTES for route in room(gate)]
    return mounted(PATH, [*routes, *reference.pages(site, PATH, routes)])


def mounted(
    path: str, routes: list[HTTPRouteHandler], guards: Sequence[Guard] = ()
) -> ASGIRouteHandler:
    """Return an application within ours that answers in JSON, problems too."""
    inside = Litestar(
        route_handlers=routes,
        guards=guards,
        exception_handlers=failing(),
        after_exception=[note_failure],
        before_request=_require_json,
        request_max_body_size=LARGEST_BODY,
        openapi_config=None,
        logging_config=None,
    )
    return asgi(path, is_mount=True, copy_scope=False)(_headed(inside, path))


async def _require_json(request: AnyRequest) -> None:
    """Raise Mistaken for a body that is no JSON, and for what no database keeps."""
    if request.method not in {"POST", "PUT", "PATCH"} or not (body := await request.body()):
        return
    if request.content_type[0] != JSON:
        raise Mistaken(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    try:
        json.decode(body)
    except (DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unreadable("it is no JSON in UTF-8") from error
    if b"\\u0000" in body:
        raise _unreadable("no text has the character U+0000")


def _unreadable(what: str) -> Mistaken:
    return Mistaken(HTTPStatus.BAD_REQUEST, faults=(Fault("body", what),))


def _headed(inside: ASGIApp, path: str) -> ASGIApp:
    """Return the application with the headers that its routes left, and its paths whole."""

    async def headed(scope: Scope, receive: Receive, send: Send) -> None:
        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                left: dict[str, str] = scope.get("state", {}).get("headers", {})
                more = [(name.lower().encode(), value.encode()) for name, value in left.items()]
                message["headers"] = [*message["headers"], *more]
                inner: Any = scope.get("path_template")
                scope["path_template"] = path + (inner or "") if inner != path else path
            await send(message)

        await inside(scope, receive, said)

    return headed
