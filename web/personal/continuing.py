"""A form that was refused until its sender is surely known: kept meanwhile, and sent on by them."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.people import waiting_forms
from actions.people.waiting_forms import WaitingForm
from web.forms import LARGE, WITH_FILES, any_form, is_sealed
from web.mistakes import Mistaken
from web.pace import Pace
from web.rendering import Page, page
from web.site import Site
from web.visiting import (
    TOKEN,
    AnyRequest,
    Visit,
    came_from,
    number,
    own_page,
    see_other,
    visit,
)

# Never kept: what proves who somebody is, and what shows that a form is ours, which is made anew.
SECRET = frozenset({"seal", "code", "answer", "national_id"})
LONGEST = 1_000_000  # characters of one form: a table of people that is to be taken in
MOST_BYTES = 3 * LONGEST  # as it is written in a form that is sent
MOST = 200  # forms kept for one network within an hour: a town hall is one
WITHIN = timedelta(hours=1)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_keeping(site), _going_on(site)]


def _keeping(site: Site) -> HTTPRouteHandler:
    kept = Pace(site.clock, most=MOST, within=WITHIN)

    @post("/continue", request_max_body_size=LARGE)
    async def keep(request: AnyRequest) -> Redirect:
        """Keep a form that web.failing sends here as it came, and lead to where it is proved."""
        found = await visit(site, request)
        then = came_from(request)
        said = await _said(found)
        form = _waiting(request, said)
        if form and kept.allows(found.network):
            async with site.store.unit() as unit:
                then = f"/continue/{await waiting_forms.keep(unit, form)}"
        if form and not is_sealed(found, said):
            return see_other(found, then)  # only stale: nobody needs to prove anything
        way = "/prove" if found.person else "/sign-in"
        return see_other(found, f"{way}?{urlencode({'then': then})}")

    return keep


def _going_on(site: Site) -> HTTPRouteHandler:
    @get("/continue/{token:str}")
    async def go_on(token: FromPath[str], request: AnyRequest) -> Page:
        """Show that nothing is lost; only a press of theirs sends the form."""
        found = await visit(site, request)
        form = None
        async with site.store.reading() as unit:
            if TOKEN.fullmatch(token):
                form = await waiting_forms.waiting(unit, token)
        if form is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        return page(found, "personal/continuing.html", form=form, with_files=WITH_FILES)

    return go_on


def _length(request: AnyRequest) -> int:
    """Return how many bytes are said to come; who does not say so may send anything."""
    return number(request.headers.get("content-length", "")) or MOST_BYTES + 1


async def _said(found: Visit) -> dict[str, str]:
    """Return what a form of ours says, without its files; nothing for another, or a vast one."""
    request = found.request
    if request.content_type[0] != WITH_FILES and _length(request) > MOST_BYTES:
        return {}
    try:
        return await any_form(found)
    except Mistaken:
        return {}


def _waiting(request: AnyRequest, said: Mapping[str, str]) -> WaitingForm | None:
    """Return what is kept of a form; None when it says nothing, or far too much."""
    to = own_page(request.query_params.get("to", ""), "")
    kept = {name: value for name, value in said.items() if name not in SECRET}
    if not (to and said) or sum(map(len, kept.values())) > LONGEST:
        return None
    had_file = request.content_type[0] == WITH_FILES
    return WaitingForm(to, came_from(request), kept, had_file)
