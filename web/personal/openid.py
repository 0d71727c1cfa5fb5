"""The way in for staff with an account of the town hall: to its provider, and back."""

import hashlib
import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.people import signing_in
from domain.errors import Refused
from web.entering import device, signed_in
from web.mistakes import Mistaken
from web.openid import Asked, OpenId
from web.personal.signing_in import spare
from web.rendering import Page, page
from web.site import Site
from web.visiting import SEE_OTHER, TOKEN, AnyRequest, Visit, cookie, named, own_page, visit

BACK = "/sign-in/openid/back"
LASTS = 600  # seconds to sign in at the provider
STATE = "openid"  # the cookie that ties an answer to the browser that asked
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


def pages(site: Site) -> list[HTTPRouteHandler]:
    """Return the pages; none where no provider is named."""
    return [_leading(site, site.openid), _coming_back(site, site.openid)] if site.openid else []


def _leading(site: Site, provider: OpenId) -> HTTPRouteHandler:
    @get("/sign-in/openid")
    async def lead(request: AnyRequest) -> Redirect:
        """Lead to the provider; only this browser's cookie remembers that it was."""
        found = await visit(site, request)
        spare(site, found)
        state = signing_in.secret()
        then = own_page(request.query_params.get("then", ""))
        asked = cookie(site, STATE, f"{state}|{then}", LASTS)
        path = await provider.leading(_asking(found, state))
        return Redirect(path, status_code=SEE_OTHER, cookies=[*found.cookies(), asked])

    return lead


def _coming_back(site: Site, provider: OpenId) -> HTTPRouteHandler:
    @get(BACK)
    async def back(request: AnyRequest) -> Page | Redirect:
        """Sign in whom the provider vouches for, in the browser that asked, once."""
        found = await visit(site, request)
        spare(site, found)
        state, _, then = request.cookies.get(named(site, STATE), "").partition("|")
        given = request.query_params
        is_ours = TOKEN.fullmatch(state) and hmac.compare_digest(state, given.get("state", ""))
        if not is_ours:
            raise Mistaken(HTTPStatus.FORBIDDEN)
        asked = _asking(found, state)
        email = await provider.email(asked, given.get("code", ""), site.clock.now())
        forgotten = cookie(site, STATE, "", 0)
        try:
            async with site.store.unit() as unit:
                token = await signing_in.sign_in_staff(unit, email or "", device=device(request))
        except Refused as refused:
            return page(
                found,
                "personal/sign_in.html",
                then=own_page(then),
                wrong=refused.key,
                status=WRONG,
                cookies=[forgotten],
            )
        led = signed_in(site, token, own_page(then))
        led.cookies.append(forgotten)
        return led

    return back


def _asking(found: Visit, state: str) -> Asked:
    """Return what this browser asks: nobody without its secret makes the nonce and the verifier."""
    nonce, verifier = (
        hmac.new(found.browser.encode(), f"{what}:{state}".encode(), hashlib.sha256).hexdigest()
        for what in ("nonce", "verifier")
    )
    origin = urlsplit(found.origin)
    return Asked(state, nonce, verifier, f"{origin.scheme}://{origin.netloc}{BACK}")
