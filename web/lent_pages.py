"""Pages that channels bring along: served here, written there."""

from collections.abc import Iterable
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.handlers import HTTPRouteHandler

from domain.channel import Call
from domain.pages import Page


def lent(pages: Iterable[Page]) -> list[HTTPRouteHandler]:
    return [_handler(page) for page in pages]


def _handler(page: Page) -> HTTPRouteHandler:
    @get(page.path)
    async def answered(request: Request[Any, Any, Any]) -> Response[str]:
        call = Call(dict(request.headers), b"", dict(request.query_params))
        reply = await page.answer(call)
        return Response(
            reply.text,
            status_code=reply.status,
            headers=dict(reply.headers),
            media_type=MediaType.TEXT,
        )

    return answered
