"""Where everybody comes in: what is next, what is new, what was decided, where to look for more."""

from litestar import get
from litestar.handlers import HTTPRouteHandler

from web.public.looking import looking
from web.public.news import dated
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest

MOST = 5
MOST_NEWS = 3


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/")
    async def home(request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            person = look.visit.person
            return page(
                look.visit,
                "public/home.html",
                ahead=await look.ahead(most=MOST),
                bulletins=dated(look, await look.unit.bulletins.latest(most=MOST_NEWS)),
                decisions=await look.unit.decisions.seen(look.viewer.scope, most=MOST),
                bodies=look.bodies,
                unread=(await look.unit.letters.counts(person.id)).unread if person else 0,
            )

    return [home]
