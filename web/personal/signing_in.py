"""The pages by which somebody signs in, with a code or with a link."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.people import confirming, signing_in
from domain.addresses import Channel
from domain.errors import Refused
from web.entering import device, signed_in
from web.forms import SMALL, form, is_new
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, own_page, see_other, visit

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_asking(site), *_by_code(site), *_by_link(site)]


def _asking(site: Site) -> list[HTTPRouteHandler]:
    @get("/sign-in")
    async def ask(request: AnyRequest) -> Page | Redirect:
        found = await visit(site, request)
        if found.person:
            return see_other(found, _then(request))
        return page(found, "personal/sign_in.html", then=_then(request))

    @post("/sign-in", request_max_body_size=SMALL)
    async def send(request: AnyRequest) -> Page | Redirect:
        """Send a code, and lead on: the same way, in the same time, whoever that is."""
        found = await visit(site, request)
        said = await form(found)
        if not site.asked.allows(found.network):
            raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.asked.within)
        then = own_page(said.get("then", ""))
        try:
            async with _evenly(site.evenly), site.store.unit() as unit:
                if await is_new(unit, found, said):
                    to = said.get("address", "")
                    await confirming.send_to(unit, Channel.INBOX, found.place, to)
        except Refused as refused:
            if refused.key == "confirm.too_many":
                raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, **refused.facts) from refused
            return page(
                found,
                "personal/sign_in.html",
                then=then,
                wrong=refused.key,
                typed=said.get("address", ""),
                status=WRONG,
            )
        return see_other(found, f"/sign-in/code?{urlencode({'then': then})}")

    return [ask, send]


def _by_code(site: Site) -> list[HTTPRouteHandler]:
    @get("/sign-in/code")
    async def ask_code(request: AnyRequest) -> Page | Redirect:
        found = await visit(site, request)
        if found.person:
            return see_other(found, _then(request))
        return page(found, "personal/code.html", then=_then(request), lasts=confirming.LASTS)

    @post("/sign-in/code", request_max_body_size=SMALL)
    async def try_code(request: AnyRequest) -> Page | Redirect:
        found = await visit(site, request)
        said = await form(found)
        spare(site, found)
        then = own_page(said.get("then", ""))
        async with site.store.unit() as unit:
            token = await signing_in.sign_in_by_code(
                unit, found.place, said.get("code", ""), device=device(request)
            )
        if token:
            return signed_in(site, token, then)
        wrong = "web.wrong_code"
        return page(
            found,
            "personal/code.html",
            then=then,
            lasts=confirming.LASTS,
            wrong=wrong,
            status=WRONG,
        )

    return [ask_code, try_code]


def _by_link(site: Site) -> list[HTTPRouteHandler]:
    """Return the page a link opens, which changes nothing: scanners of mail open every link."""

    @get("/sign-in/link/{token:str}")
    async def ask(token: FromPath[str], request: AnyRequest) -> Page:
        return page(await visit(site, request), "personal/link.html", token=token)

    @post("/sign-in/link/{token:str}", request_max_body_size=SMALL)
    async def use(token: FromPath[str], request: AnyRequest) -> Page | Redirect:
        found = await visit(site, request)
        await form(found)
        spare(site, found)
        async with site.store.unit() as unit:
            opened = await signing_in.sign_in_by_link(unit, token, device=device(request))
        if opened:
            return signed_in(site, opened, "/inbox")
        return page(
            found, "personal/link.html", token="", lasts=signing_in.LINK_LASTS, status=WRONG
        )

    return [ask, use]


def _then(request: AnyRequest) -> str:
    return own_page(request.query_params.get("then", ""))


def spare(site: Site, found: Visit) -> None:
    """Raise Mistaken when too much is tried from one place."""
    if not site.tried.allows(found.network):
        raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, wait=site.tried.within)


@asynccontextmanager
async def _evenly(lasting: timedelta) -> AsyncIterator[None]:
    """Let a block last so long, whatever happens in it."""
    clock = asyncio.get_running_loop().time
    until = clock() + lasting.total_seconds()
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, until - clock()))
