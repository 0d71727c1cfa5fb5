"""The council's decisions: by year and body, and one with its text, its vote and its track."""

from http import HTTPStatus

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.decisions import Decision, DecisionFact, numbered
from domain.rights import Sight, sees
from web.mistakes import Mistaken
from web.public.looking import Look, looking, ways_on
from web.public.sessions import FIRST_YEAR, LAST_YEAR
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, number

ON_A_PAGE = 20
YEARS = 10  # that one may choose, before this one


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), _decision(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/decisions")
    async def decisions(request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            asked = request.query_params
            key = look.body_key(asked.get("body", ""))
            year = year_named(asked.get("year", ""))
            offset = number(asked.get("offset", ""))
            found = await look.unit.decisions.seen(
                look.viewer.scope,
                body_key=key,
                year=year or None,
                offset=offset,
                most=ON_A_PAGE + 1,
            )
            return page(
                look.visit,
                "public/decisions.html",
                decisions=found[:ON_A_PAGE],
                bodies=look.bodies,
                body=look.bodies[key] if key else None,
                year=year,
                years=sorted({*range(look.today.year - YEARS, look.today.year + 1), year} - {0})[
                    ::-1
                ],
                **ways_on(offset, found, ON_A_PAGE),
            )

    return decisions


def _decision(site: Site) -> HTTPRouteHandler:
    @get("/decisions/{ref:str}")
    async def decision(ref: FromPath[str], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            found = await known(look, ref)
            votes = await look.unit.votes.of(found.item_id)
            return page(
                look.visit,
                "public/decision.html",
                decision=found,
                body=look.bodies[found.body_key],
                votes=[vote for vote in votes if vote.on == found.adopted_on],
                track=[(fact, found.days[fact]) for fact in DecisionFact if fact in found.days],
            )

    return decision


def year_named(asked: str) -> int:
    """Return a year that a council has, or nought for all of them."""
    year = number(asked)
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0


async def known(look: Look, ref: str) -> Decision:
    """Return a decision by what people call it, or raise Mistaken when it is not theirs to see."""
    named = numbered(ref)
    found = await look.unit.decisions.called(*named) if named else None
    if found is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    is_seen = sees(look.visit.person, Sight.CLOSED_ITEMS, look.bodies[found.body_key])
    if not found.is_public and not is_seen:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return found
