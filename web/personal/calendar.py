"""One's own calendar: the secret link to it, made and taken back, and what programs read by it."""

import hashlib
import hmac
from dataclasses import replace
from http import HTTPStatus

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.people import sharing_calendars
from domain.clock import wall_time
from domain.phrasebook import phrasebook
from domain.topics import body_of
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.public.calendars import ICS, given
from web.public.looking import Look
from web.rendering import Page, page
from web.site import Site
from web.visiting import TOKEN, AnyRequest, Visit, known_visit, see_other, visit


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_link(site), _own(site)]


def _link(site: Site) -> list[HTTPRouteHandler]:
    @get("/calendar")
    async def link(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        async with site.store.reading() as unit:
            made_at = await unit.calendars.opened_at(person.id)
        made_at = wall_time(made_at, found.zone) if made_at else None
        return page(found, "personal/calendar.html", made_at=made_at, secret="")

    @post("/calendar", request_max_body_size=SMALL)
    async def change(request: AnyRequest) -> Page | Redirect:
        """Make a link, and show it this once; or end the one there is."""
        found, _, _ = await known_visit(site, request)
        said = await form(found)
        async with site.store.unit() as unit:
            if said.get("do") == "close":
                await sharing_calendars.close_calendar(unit, found.actor)
                return see_other(found, "/calendar")
            token = _token(found, said.get("nonce", ""))
            await sharing_calendars.open_calendar(unit, found.actor, token)
            now = wall_time(unit.clock.now(), found.zone)
        return page(found, "personal/calendar.html", made_at=now, secret=token)

    return [link, change]


def _token(found: Visit, nonce: str) -> str:
    """Return what nobody else can reckon: the same for one form, however often it is sent."""
    words = f"calendar:{found.seal}:{nonce}"
    return hmac.new(found.browser.encode(), words.encode(), hashlib.sha256).hexdigest()


def _own(site: Site) -> HTTPRouteHandler:
    @get("/calendars/mine/{name:str}")
    async def own(name: FromPath[str], request: AnyRequest) -> Response[bytes]:
        """Give the sessions of who holds this link: of the bodies they sit in, and follow."""
        token = name.removesuffix(ICS)
        if not name.endswith(ICS) or not TOKEN.fullmatch(token):
            raise Mistaken(HTTPStatus.NOT_FOUND)
        found = await visit(site, request)
        async with site.store.reading() as unit:
            look = await _owner_s(Look(found, unit, {}), token)
            keys = await _theirs(look)
            title = phrasebook().say("public.own_calendar", look.visit.language)
            return await given(look, title, keys, is_public=False)

    return own


async def _owner_s(look: Look, token: str) -> Look:
    """Return a look through the eyes of who made a link, or raise Mistaken when it is none."""
    owner_id = await look.unit.calendars.owner(token)
    person = await look.unit.people.by_id(owner_id, on=look.today) if owner_id else None
    if person is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    theirs: Visit = replace(look.visit, person=person, session=None, language=person.language)
    return await Look.of(theirs, look.unit)


async def _theirs(look: Look) -> list[str]:
    person = look.visit.person
    if person is None:
        return []
    followed = (await look.unit.preferences.of(person.id)).now.followed
    keys = {*(held.body_key for held in person.memberships), *filter(None, map(body_of, followed))}
    return sorted(keys & look.bodies.keys())
