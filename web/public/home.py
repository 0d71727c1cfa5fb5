"""Where everybody comes in: what is next, what is new, what was decided, where to look for more."""

from litestar import get
from litestar.handlers import HTTPRouteHandler

from domain.petitions.states import SIGNABLE
from web.public.looking import looking
from web.public.news import dated
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest

MOST_SESSIONS = 4
MOST_OTHERS = 3


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/")
    async def home(request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            person = look.visit.person
            petitions = await look.unit.petitions.in_states(SIGNABLE, most=MOST_OTHERS)
            return page(
                look.visit,
                "public/home.html",
                ahead=await look.ahead(most=MOST_SESSIONS),
                petitions=petitions,
                counts=await look.unit.signatures.counts([one.id for one in petitions]),
                bulletins=dated(look, await look.unit.bulletins.latest(most=MOST_OTHERS)),
                decisions=await look.unit.decisions.seen(look.viewer.scope, most=MOST_OTHERS),
                bodies=look.bodies,
                unread=(await look.unit.letters.counts(person.id)).unread if person else 0,
            )

    return [home]
