"""Petitions for everybody: what is asked, how far it has come, and never who signed."""

from http import HTTPStatus

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.moving_petitions import may_see
from domain.clock import wall_time
from domain.errors import Refused
from domain.petitions import Petition, PetitionState
from domain.petitions.states import FORWARD, PRIVATE, RUNNING, SIGNABLE
from domain.petitions.told import detail
from domain.squares import square
from web.mistakes import Mistaken
from web.public.looking import Look, looking, ways_on
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, number

ON_A_PAGE = 20
TABS = {
    "open": RUNNING,
    "signing": SIGNABLE,
    "over": frozenset(state for state, ways in FORWARD.items() if not ways) - PRIVATE,
}
PNG = "image/png"


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), _petition(site), _poster(site), _square(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/petitions")
    async def petitions(request: AnyRequest) -> Page:
        asked = request.query_params.get("show", "")
        tab = asked if asked in TABS else "open"
        offset = number(request.query_params.get("offset", ""))
        async with looking(site, request) as look:
            found = await look.unit.petitions.in_states(
                TABS[tab], most=ON_A_PAGE + 1, offset=offset
            )
            shown = found[:ON_A_PAGE]
            return page(
                look.visit,
                "public/petitions.html",
                petitions=shown,
                counts=await look.unit.signatures.counts([one.id for one in shown]),
                bodies=look.bodies,
                tab=tab,
                done=request.query_params.get("done", ""),
                tabs=tuple(TABS),
                **ways_on(offset, found, ON_A_PAGE),
            )

    return petitions


def _petition(site: Site) -> HTTPRouteHandler:
    @get("/petitions/{ref:str}")
    async def petition(ref: FromPath[str], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            found = await seen(look, ref)
            person = look.visit.person
            return page(
                look.visit,
                "public/petition.html",
                petition=found,
                # How many are needed stands beside how many have signed.
                detail=() if found.state in SIGNABLE else detail(found, look.visit.language),
                body=look.bodies[found.body_key],
                count=await look.unit.signatures.count(found.id),
                dates=_dates(look, found),
                is_signable=found.state in SIGNABLE,
                is_own=person is not None and person.id == found.mandatary_id,
                may_withdraw=PetitionState.WITHDRAWN in FORWARD[found.state],
                followed=await look.follows(found.topic),
                telegram=site.lead(f"petition_{found.id}"),
                done=request.query_params.get("done", ""),
            )

    return petition


def _poster(site: Site) -> HTTPRouteHandler:
    @get("/petitions/{ref:str}/poster")
    async def poster(ref: FromPath[str], request: AnyRequest) -> Page:
        """Show what is printed and hung up: the subject, and the square that leads to signing."""
        async with looking(site, request) as look:
            found = await signable(look, ref)
        link = f"{look.visit.origin}/petitions/{found.ref}/sign"
        return page(look.visit, "public/petition_poster.html", petition=found, link=link)

    return poster


def _square(site: Site) -> HTTPRouteHandler:
    @get("/petitions/{ref:str}/square.png")
    async def drawn(ref: FromPath[str], request: AnyRequest) -> Response[bytes]:
        async with looking(site, request) as look:
            found = await signable(look, ref)
        link = f"{look.visit.origin}/petitions/{found.ref}/sign"
        return Response(square(link), media_type=PNG)

    return drawn


async def seen(look: Look, ref: str) -> Petition:
    """Return a petition by what people call it, or raise Mistaken when it is not theirs to see."""
    found = await look.unit.petitions.called(ref)
    if found is None or not may_see(look.visit.person, found):
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return found


async def signable(look: Look, ref: str) -> Petition:
    """Return a petition that can be signed; raise Refused once it no longer can."""
    found = await seen(look, ref)
    if found.state not in SIGNABLE:
        raise Refused("sign.closed", ref=found.ref)
    return found


def _dates(look: Look, petition: Petition) -> list[tuple[str, object]]:
    """Return what happened when, and what is to happen, by the name of its phrase."""
    zone = look.visit.zone
    instants = {
        "begun_on": petition.created_at,
        "received_on": petition.received_at,
        "closes_on": petition.closes_at if petition.state in SIGNABLE else None,
    }
    dates = [(key, wall_time(at, zone).date()) for key, at in instants.items() if at]
    return [*dates, *([("due_on", petition.due_on)] if petition.due_on else [])]
