"""The pages about oneself: on which devices one is signed in, and in which language one reads."""

from functools import partial
from http import HTTPStatus

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.people import signing_in
from domain import devices
from domain.clock import wall_time
from domain.phrasebook import LANGUAGES, phrasebook
from store.web_sessions import WebSession
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import (
    SEE_OTHER,
    YEAR,
    AnyRequest,
    Visit,
    cookie,
    known_visit,
    own_page,
    see_other,
    visit,
)

# What a browser keeps of us goes with the session: the last inbox, and the page that shows it.
FORGOTTEN = {"Clear-Site-Data": '"cache", "storage"'}


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/account")
    async def account(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        async with site.store.reading() as unit:
            held = await unit.web_sessions.of_person(person.id)
            counts = await unit.letters.counts(person.id)
        return page(
            found,
            "personal/account.html",
            sessions=held,
            called=partial(_called, found.language),
            at=lambda instant: wall_time(instant, found.zone),
            unread=counts.unread,
        )

    @post("/account", request_max_body_size=SMALL)
    async def sign_out(request: AnyRequest) -> Redirect:
        """End this session, another one by its id, or all."""
        found, person, here = await known_visit(site, request)
        which = (await form(found)).get("end", "")
        async with site.store.unit() as unit:
            held = await unit.web_sessions.of_person(person.id)
            ended = {"here": here, **{str(one.id): one for one in held}}.get(which)
            if ended is None and which != "all":
                raise Mistaken(HTTPStatus.NOT_FOUND)
            await signing_in.sign_out(unit, person, ended)
        is_left = ended is None or ended.id == here.id
        return left(found) if is_left else see_other(found, "/account")

    @post("/language", request_max_body_size=SMALL)
    async def choose(request: AnyRequest) -> Redirect:
        found = await visit(site, request)
        said = await form(found)
        if (language := said.get("language")) not in LANGUAGES:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        led = see_other(found, own_page(said.get("back", "")))
        led.cookies.append(cookie(site, "language", str(language), YEAR))
        return led

    return [account, sign_out, choose]


def _called(language: str, session: WebSession) -> str:
    """Return a device by the name its owner knows it by."""
    say = phrasebook().say
    browser, system = devices.named(session.device)
    if browser and system:
        return say("web.browser_on", language, browser=browser, system=system)
    return browser or system or say("web.unnamed_device", language)


def left(found: Visit, path: str = "/sign-in") -> Redirect:
    """Lead somebody on whose session here has ended."""
    gone = cookie(found.site, "session", "", 0)
    return Redirect(path, status_code=SEE_OTHER, cookies=[gone], headers=FORGOTTEN)
