"""The one door by which platforms call us."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from litestar import MediaType, Request, Response, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.channel import Call, Door
from domain.errors import BadUpdate, Stranger, Unavailable
from domain.messages import Event
from web.metrics import Figures

LARGEST_BODY = 1024 * 1024  # bytes; updates are some kilobytes
SOON = "5"  # seconds after which a platform may call again

Hear = Callable[[Event], Awaitable[None]]

logger = structlog.get_logger()


def door(doors: Mapping[str, Door], hear: Hear, figures: Figures) -> HTTPRouteHandler:
    """Return the page that hears what platforms tell: 2xx is said only once all of it is kept.

    A refusal says nothing about its cause, which is in the log.
    """

    @post("/webhooks/{channel:str}", request_max_body_size=LARGEST_BODY)
    async def webhook(channel: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
        known = doors.get(channel)
        if known is None:
            return Response(None, status_code=HTTPStatus.NOT_FOUND)
        status, answer = await _heard(known, request, hear)
        figures.events.labels(channel, status.phrase).inc()
        headers = {"Retry-After": SOON} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}
        # Twilio complains of an empty answer that calls itself JSON.
        kind = MediaType.TEXT if answer is None else MediaType.JSON
        return Response(answer, status_code=status, headers=headers, media_type=kind)

    return webhook


async def _heard(
    door: Door, request: Request[Any, Any, Any], hear: Hear
) -> tuple[HTTPStatus, Mapping[str, Any] | None]:
    try:
        call = Call(dict(request.headers), await request.body(), dict(request.query_params))
        for event in door.events(call):
            await hear(event)
        return HTTPStatus.OK, door.courtesy(call)
    except Stranger as error:
        status, cause = HTTPStatus.FORBIDDEN, str(error)
    except BadUpdate as error:
        status, cause = HTTPStatus.BAD_REQUEST, str(error)
    except Unavailable as error:
        status, cause = HTTPStatus.SERVICE_UNAVAILABLE, str(error)
    logger.warning("webhook_refused", channel=door.channel, status=int(status), cause=cause)
    return status, None
