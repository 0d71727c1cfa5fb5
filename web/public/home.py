"""Where everybody comes in: what is next, what was decided, and where to look for more."""

from litestar import get
from litestar.handlers import HTTPRouteHandler

from web.public.looking import looking
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest

MOST = 5


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/")
    async def home(request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            person = look.visit.person
            return page(
                look.visit,
                "public/home.html",
                ahead=await look.ahead(most=MOST),
                decisions=await look.unit.decisions.seen(look.viewer.scope, most=MOST),
                bodies=look.bodies,
                unread=(await look.unit.letters.counts(person.id)).unread if person else 0,
            )

    return [home]
