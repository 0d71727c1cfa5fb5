"""The page by which somebody leaves a channel from a letter (RFC 8058)."""

from collections.abc import Sequence
from html import escape
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.people.unsubscribing import Leaving, leave, leaving
from domain.errors import Unavailable
from domain.leaving import PATH
from domain.messages import RIGHT_TO_LEFT
from domain.phrasebook import ELSEWHERE, LANGUAGES, Named, phrasebook
from store.connecting import Store

ADDRESS = f"{PATH}{{token:str}}"
SMALL = 4096  # bytes of a form that says nothing, or List-Unsubscribe=One-Click
SOON = {"Retry-After": "60"}  # seconds
# No address of this page may be kept or passed on: it is a key.
PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""
BUTTON = '<form method="post"><button type="submit">{}</button></form>'

Page = Response[str]
AnyRequest = Request[Any, Any, Any]


def pages(store: Store) -> list[HTTPRouteHandler]:
    """Return the page that asks, which changes nothing, and the one that does it at once.

    Scanners of mail open every link they find, so only a POST counts.
    """

    @get(ADDRESS, media_type=MediaType.HTML)
    async def ask(token: FromPath[str], request: AnyRequest) -> Page:
        try:
            async with store.reading() as unit:
                found = await leaving(unit, token)
        except Unavailable:
            return _later(request)
        if found is None:
            return _unknown(request)
        return _told(found, "done" if found.has_left else "question", asks=not found.has_left)

    @post(
        ADDRESS,
        media_type=MediaType.HTML,
        request_max_body_size=SMALL,
        status_code=HTTPStatus.OK,
    )
    async def do(token: FromPath[str], request: AnyRequest) -> Page:
        try:
            async with store.unit() as unit:
                found = await leave(unit, token)
        except Unavailable:
            return _later(request)
        return _told(found, "done") if found else _unknown(request)

    return [ask, do]


def _told(found: Leaving, what: str, *, asks: bool = False) -> Page:
    language = found.person.language
    say = phrasebook().say
    names = found.commune.names
    about = {
        "commune": names.get(language) or names.get(ELSEWHERE) or found.commune.slug,
        "channel": Named(f"delivery.channel_{found.leaver.channel.value}"),
    }
    paragraphs = [
        say(f"unsubscribe.{what}", language, **about),
        say("unsubscribe.still", language),
    ]
    button = BUTTON.format(escape(say("unsubscribe.button", language))) if asks else ""
    return _page(language, paragraphs, button)


def _unknown(request: AnyRequest) -> Page:
    return _plain(request, "unknown", HTTPStatus.NOT_FOUND)


def _later(request: AnyRequest) -> Page:
    answer = _plain(request, "later", HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers.update(SOON)
    return answer


def _plain(request: AnyRequest, what: str, status: HTTPStatus) -> Page:
    language = _language(request.headers.get("accept-language", ""))
    return _page(language, [phrasebook().say(f"unsubscribe.{what}", language)], status=status)


def _page(
    language: str, paragraphs: Sequence[str], button: str = "", status: HTTPStatus = HTTPStatus.OK
) -> Page:
    told = [f"<p>{escape(one)}</p>" for one in paragraphs]
    html = PAGE.format(
        language=escape(language),
        direction="rtl" if language in RIGHT_TO_LEFT else "ltr",
        title=escape(phrasebook().say("unsubscribe.title", language)),
        content="\n".join([*told, button]),
    )
    return Response(html, media_type=MediaType.HTML, status_code=status)


def _language(accepted: str) -> str:
    """Return the first language a browser asks for that we speak."""
    asked = (one.strip()[:2].lower() for one in accepted.split(","))
    return next((one for one in asked if one in LANGUAGES), ELSEWHERE)
