"""The council's public work as other programs of open data read it: OParl 1.1, without a token."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from litestar import Response, get
from litestar.handlers import ASGIRouteHandler, HTTPRouteHandler
from litestar.handlers.base import BaseRouteHandler
from litestar.params import FromPath, QueryParameter

from actions.meetings import tenant
from domain.messages import Attachment
from store.inventory import Part
from web.api import oparl_shapes as shapes
from web.api.application import mounted
from web.api.bearers import AnyConnection, AnyRequest, require_pace
from web.api.cursors import CursorSaid, after, cursor, instant
from web.api.named import Number
from web.api.oparl_leaves import LEAVES, PUBLIC, Leaf, Leafing, elected, meetings_of, memberships
from web.api.oparl_shapes import Links, Shape
from web.api.problems import Mistaken
from web.pace import Pace
from web.papers import handed_over
from web.site import Site
from web.visiting import origin

PATH = "/oparl/v1.1"
MOST_CALLS = 300  # from one network address, within
MINUTE = timedelta(minutes=1)
ON_A_PAGE = 20

Item = TypeVar("Item")

# Open data is for programs in browsers, too (OParl 1.1, 2.6).
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
SEAT = re.compile(r"(?P<person>[0-9]{1,15})-.+")

SinceSaid = Annotated[datetime | None, QueryParameter(name="modified_since")]
UntilSaid = Annotated[datetime | None, QueryParameter(name="modified_until")]
OrganizationSaid = Annotated[
    str | None, QueryParameter(name="organization", pattern=r"^[A-Za-z0-9:._-]{1,64}$")
]


def oparl(site: Site) -> ASGIRouteHandler:
    """Return the council's public work; what is not everybody's is not there."""
    pace = Pace(site.clock, most=MOST_CALLS, within=MINUTE)

    async def guard(connection: AnyConnection, _: BaseRouteHandler) -> None:
        network = connection.client.host if connection.client else ""
        require_pace(connection, pace, network, FOR_ALL)

    routes = [
        *_entrance(site),
        *_organizations(site),
        *_memberships(site),
        *(_list(site, kind, leafing) for kind, leafing in LEAVES.items()),
        *(_one(site, kind, leafing) for kind, leafing in LEAVES.items()),
        _content(site),
    ]
    return mounted(PATH, routes, guards=[guard])


def _entrance(site: Site) -> list[HTTPRouteHandler]:
    @get("/")
    async def system(request: AnyRequest) -> Shape:
        async with site.store.reading() as unit:
            return shapes.system(_links(site, request), await tenant(unit))

    @get("/bodies")
    async def bodies(request: AnyRequest) -> Shape:
        links = _links(site, request)
        async with site.store.reading() as unit:
            return _listed(f"{links.base}/bodies", [shapes.body(links, await tenant(unit))])

    @get("/body/1")
    async def body(request: AnyRequest) -> Shape:
        async with site.store.reading() as unit:
            return shapes.body(_links(site, request), await tenant(unit))

    @get("/legislativeTerms")
    async def terms(request: AnyRequest) -> Shape:
        """Return no terms: those of the councils are not on record here."""
        return _listed(_links(site, request).all("legislativeTerm"), [])

    return [system, bodies, body, terms]


def _organizations(site: Site) -> list[HTTPRouteHandler]:
    @get("/organizations")
    async def organizations(request: AnyRequest) -> Shape:
        links = _links(site, request)
        async with site.store.reading() as unit:
            found = [shapes.organization(links, one) for one in await unit.bodies.all()]
        return _listed(links.all("organization"), found)

    @get("/organization/{key:str}")
    async def organization(request: AnyRequest, key: FromPath[str]) -> Shape:
        async with site.store.reading() as unit:
            found = [one for one in await unit.bodies.all() if one.key == key]
        return shapes.organization(_links(site, request), _only(found))

    return [organizations, organization]


def _memberships(site: Site) -> list[HTTPRouteHandler]:
    @get("/memberships")
    async def listed(request: AnyRequest, cursor: CursorSaid = None) -> Shape:
        links = _links(site, request)
        async with site.store.reading() as unit:
            found = await elected(unit, Part(after(cursor), ON_A_PAGE + 1))
        leaves: list[Leaf] = [(one.id, None) for one in found]
        seats = [seat for one in found[:ON_A_PAGE] for seat in memberships(links, one)]
        return _paged(links.all("membership"), leaves, {}) | {"data": seats}

    @get("/membership/{name:str}")
    async def membership(request: AnyRequest, name: FromPath[str]) -> Shape:
        links = _links(site, request)
        named = SEAT.fullmatch(name)
        async with site.store.reading() as unit:
            found = await elected(unit, Part(only=int(named["person"]))) if named else []
        seats = [seat for one in found for seat in memberships(links, one)]
        return _only([seat for seat in seats if seat["id"] == links("membership", name)])

    return [listed, membership]


def _list(site: Site, kind: str, leafing: Leafing) -> HTTPRouteHandler:
    @get(f"/{kind}s")
    async def listed(
        request: AnyRequest,
        *,
        modified_since: SinceSaid = None,
        modified_until: UntilSaid = None,
        organization: OrganizationSaid = None,
        cursor: CursorSaid = None,
    ) -> Shape:
        links = _links(site, request)
        since, until = instant(modified_since), instant(modified_until)
        part = Part(after(cursor), ON_A_PAGE + 1, since, until)
        async with site.store.reading() as unit:
            if kind == "meeting":
                leaves = await meetings_of(unit, links, part, organization)
            else:
                leaves = await leafing(unit, links, part)
        query = {
            "modified_since": shapes.at(since),
            "modified_until": shapes.at(until),
            "organization": organization,
        }
        return _paged(links.all(kind), leaves, query)

    return listed


def _one(site: Site, kind: str, leafing: Leafing) -> HTTPRouteHandler:
    @get(f"/{kind}/{{number:int}}")
    async def one(request: AnyRequest, number: Number) -> Shape:
        async with site.store.reading() as unit:
            leaves = await leafing(unit, _links(site, request), Part(only=number))
        return _only([shape for _, shape in leaves if shape is not None])

    return one


def _content(site: Site) -> HTTPRouteHandler:
    @get("/file/{number:int}/content")
    async def content(number: Number) -> Response[bytes]:
        async with site.store.reading() as unit:
            found = _only(await unit.inventory.documents(PUBLIC, Part(only=number))).value
            kept = await unit.documents.content(found.sha256)
        return handed_over(Attachment(found.name, found.media_type, found.sha256, found.size), kept)

    return content


def _paged(address: str, leaves: Sequence[Leaf], query: dict[str, str | None]) -> Shape:
    asked = {name: value for name, value in query.items() if value is not None}
    first = f"{address}?{urlencode(asked)}" if asked else address
    shown = leaves[:ON_A_PAGE]
    listed = _listed(first, [shape for _, shape in shown if shape is not None])
    if len(leaves) > ON_A_PAGE:
        more = urlencode({**asked, "cursor": cursor(shown[-1][0])})
        listed["links"]["next"] = f"{address}?{more}"
    return listed


def _listed(address: str, objects: list[Shape]) -> Shape:
    """Return objects as an external list (OParl 1.1, 2.5.3)."""
    links = {"first": address}
    return {"data": objects, "pagination": {"elementsPerPage": ON_A_PAGE}, "links": links}


def _links(site: Site, request: AnyRequest) -> Links:
    return Links(origin(site, request) + PATH)


def _only(found: Sequence[Item]) -> Item:
    if not found:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return found[0]
