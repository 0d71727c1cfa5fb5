"""The chat that any page of the town's site may hold: an anonymous visitor talks with the bot."""

import re
import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Any, TypeGuard

from litestar import Request, Response, get, post
from litestar.exceptions import HTTPException, SerializationException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.types import ExceptionHandlersMap

from actions.people.signing_in import secret
from domain.addresses import Channel
from domain.chats import LASTS, reference
from domain.errors import Unavailable
from domain.messages import CHOICE_BYTES, MESSAGE_OF_A_TALKER, Heard, Incoming
from domain.phrasebook import phrasebook
from store.chats import Answered
from web.forms import SMALL
from web.mistakes import Mistaken
from web.papers import handed_over
from web.same_origin import require_same_origin
from web.site import Site
from web.visiting import TOKEN, AnyRequest, cookie, named, spoken

WAITED = timedelta(seconds=25)  # proxies commonly end what is silent for 30 or 60 seconds
AT_ONCE = 100  # messages in one answer
NAME = re.compile(r"[A-Za-z0-9_-]{1,48}")
CHAT_LENGTH = 32  # of its address, in the name of an update: a hundred characters are kept
BEARER = "Bearer "
TOLD = frozenset({400, 401, 403, 404, 429, 503})  # of any other failure: 500
SAID_AS = {405: 404, 413: 400}

Json = Response[dict[str, Any]]


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_beginning(site), _hearing(site), _answering(site), _paper(site)]


def _beginning(site: Site) -> HTTPRouteHandler:
    @post("/chat/sessions", request_max_body_size=SMALL, exception_handlers=_failing(site))
    async def begin(request: AnyRequest) -> Json:
        """Open a chat that lasts a day; its secret is the browser's alone."""
        require_same_origin(request)
        if not site.begun.allows(request.client.host if request.client else ""):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS)
        token = secret()
        async with site.store.unit() as unit:
            await unit.chats.begin(token, lasts=LASTS)
        kept = cookie(site, "chat", token, int(LASTS.total_seconds()))
        ends = site.clock.now() + LASTS
        told = {"token": token, "expires_at": ends.isoformat()}
        return Response(told, status_code=HTTPStatus.CREATED, cookies=[kept])

    return begin


def _hearing(site: Site) -> HTTPRouteHandler:
    @post("/chat/messages", request_max_body_size=SMALL, exception_handlers=_failing(site))
    async def say(request: AnyRequest) -> Json:
        """Hear a text or a press, once however often it comes; the answer is asked for apart."""
        require_same_origin(request)
        address = await _address(site, request)
        await site.hear(_heard(site, request, address, await _said(request)))
        return Response({"heard": True}, status_code=HTTPStatus.ACCEPTED)

    return say


def _answering(site: Site) -> HTTPRouteHandler:
    @get("/chat/messages", exception_handlers=_failing(site))
    async def answers(request: AnyRequest) -> Json:
        """Tell what was answered since a message, waiting for it; without one, all that stands."""
        require_same_origin(request)
        address = await _address(site, request)
        asked = request.query_params.get("after")
        after = _number(asked)
        with site.chatrooms.waiting(address, after) as waiter:
            if waiter is None:
                raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS)
            found = await _answers(site, address, after)
            if not found and asked is not None and await waiter.told(WAITED):
                found = await _answers(site, address, after)
        told = [site.chat_shown(one.id, one.message) for one in found]
        return Response({"messages": told, "after": found[-1].id if found else after})

    return answers


def _paper(site: Site) -> HTTPRouteHandler:
    @get("/chat/messages/{answer_id:int}/papers/{sha256:str}", exception_handlers=_failing(site))
    async def paper(
        answer_id: FromPath[int], sha256: FromPath[str], request: AnyRequest
    ) -> Response[bytes]:
        """Hand over a document that an answer in this chat came with."""
        require_same_origin(request)
        address = await _address(site, request)
        async with site.store.reading() as unit:
            message = await unit.chats.answer(address, answer_id)
            held = message.attachments if message else ()
            one = next((paper for paper in held if paper.sha256 == sha256), None)
            if one is None:
                raise Mistaken(HTTPStatus.NOT_FOUND)
            return handed_over(one, await unit.documents.content(sha256))

    return paper


async def _address(site: Site, request: AnyRequest) -> str:
    """Return the address of the chat whose secret a request brings, or raise Mistaken."""
    said = request.headers.get("authorization", "")
    brought = said.removeprefix(BEARER) if said else request.cookies.get(named(site, "chat"), "")
    address = None
    if TOKEN.fullmatch(brought):
        async with site.store.reading() as unit:
            address = await unit.chats.address(brought)
    if address is None:
        raise Mistaken(HTTPStatus.UNAUTHORIZED)
    return address


async def _answers(site: Site, address: str, after: int) -> list[Answered]:
    async with site.store.reading() as unit:
        return await unit.chats.answers(address, after=after, most=AT_ONCE)


async def _said(request: AnyRequest) -> dict[str, Any]:
    if request.content_type[0] != "application/json":
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    try:
        said = await request.json()
    except (SerializationException, RecursionError) as error:
        raise Mistaken(HTTPStatus.BAD_REQUEST) from error
    if not isinstance(said, dict):
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    return said


def _heard(site: Site, request: AnyRequest, address: str, said: dict[str, Any]) -> Incoming:
    """Translate `{"text": …}`, or `{"press": VALUE, "message": ID}`; `id` names it in this chat."""
    pressed, text, of, name = (said.get(key) for key in ("press", "text", "message", "id"))
    words = pressed if pressed is not None else text
    most = SMALL if pressed is None else CHOICE_BYTES
    if not _is_said(words, most) or not (name is None or _is_name(name)):
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    return Incoming(
        channel=Channel.WEB,
        address=address,
        update_ref=f"{address[:CHAT_LENGTH]}:{name or secrets.token_urlsafe(16)}",
        kind=Heard.TEXT if pressed is None else Heard.PRESS,
        at=site.clock.now(),
        text=words.strip()[:MESSAGE_OF_A_TALKER],
        language=spoken(site, request),
        message_ref=reference(of) if isinstance(of, int) else None,
    )


def _is_said(words: object, most: int) -> TypeGuard[str]:
    """Say whether this is something that was said: Unicode, not blank, and not too long."""
    if not isinstance(words, str) or not words.strip():
        return False
    try:
        return len(words.encode()) <= most
    except UnicodeEncodeError:  # half of a letter: JSON can write one
        return False


def _is_name(name: object) -> bool:
    return isinstance(name, str) and NAME.fullmatch(name) is not None


def _number(asked: str | None) -> int:
    """Return which message was told last; 0 for none, or for what names none."""
    is_one = asked is not None and asked.isdecimal() and len(asked) < 16  # noqa: PLR2004 - digits of an id
    return int(asked or 0) if is_one else 0


def _failing(site: Site) -> ExceptionHandlersMap:
    """Return who answers for errors: with JSON, in the visitor's language."""

    def failed(request: Request[Any, Any, Any], error: Exception) -> Json:
        status = 503 if isinstance(error, Unavailable) else getattr(error, "status_code", 500)
        status = SAID_AS.get(status, status)
        key = f"chat.error_{status if status in TOLD else 500}"
        language = spoken(site, request)
        told = {"error": phrasebook().say(key, language), "language": language}
        return Response(told, status_code=status)

    return {Exception: failed, HTTPException: failed}
