"""Tokens at the desk: made for oneself, with a secret that is shown once, and revoked."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.systems import entrusting
from domain.clock import wall_time
from domain.desks import may_somewhere
from domain.errors import Refused
from domain.people import Person
from domain.rights import Act, require
from domain.tokens import GRANTS, Scope, TokenKind
from web.desk.refusals import AGAIN, told
from web.desk.systems import HERE, systems_page
from web.desk.visiting import desk_visit
from web.forms import SMALL, form, is_new
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

DAYS = (30, 90, 365, 730)
USUAL = 365
NOTHING: Mapping[str, str] = {}


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_new(site), _revoking(site)]


def _new(site: Site) -> list[HTTPRouteHandler]:
    @get(f"{HERE}/tokens/new")
    async def ask(request: AnyRequest) -> Page:
        found, person = await desk_visit(site, request)
        require(found.actor, Act.CONNECT)
        return _asked(found, person)

    @post(f"{HERE}/tokens/new", request_max_body_size=SMALL)
    async def make(request: AnyRequest) -> Response[Any]:
        """Make a token, and show its secret; the same form sent again makes and shows nothing."""
        found, person = await desk_visit(site, request, Act.CONNECT)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, HERE)
                token, secret = await entrusting.entrust(
                    unit,
                    said.get("name", "").strip(),
                    person.id,
                    [one for one in Scope if said.get(f"scope:{one}")],
                    kind=_kind(said),
                    lasts=timedelta(days=_days(said)),
                    actor=found.actor,
                )
        except Refused as refused:
            return _asked(found, person, said, wrong=told(found, refused))
        return page(
            found,
            "desk/token_made.html",
            token=token,
            secret=secret,
            until=wall_time(token.expires_at, found.zone).date(),
        )

    return [ask, make]


def _revoking(site: Site) -> HTTPRouteHandler:
    @post(f"{HERE}/tokens/{{name:str}}/revoke", request_max_body_size=SMALL)
    async def revoke(name: FromPath[str], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.CONNECT)
        await form(found)
        try:
            async with site.store.unit() as unit:
                await entrusting.revoke(unit, name, actor=found.actor)
        except Refused as refused:
            return await systems_page(found, wrong=told(found, refused))
        return see_other(found, f"{HERE}?done=revoke")

    return revoke


def _asked(
    found: Visit, person: Person, said: Mapping[str, str] = NOTHING, *, wrong: str = ""
) -> Page:
    return page(
        found,
        "desk/token_new.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        scopes=[one for one in Scope if _opens(person, one)],
        kinds=list(TokenKind),
        spans=[timedelta(days=one) for one in DAYS],
        said=said,
        kind=_kind(said),
        days=_days(said),
        wrong=wrong,
    )


def _opens(person: Person, scope: Scope) -> bool:
    """Say whether a scope would let somebody's token do anything."""
    return not GRANTS[scope] or may_somewhere(person, *GRANTS[scope])


def _kind(said: Mapping[str, str]) -> TokenKind:
    """Return the kind that was chosen; before anything was, the one that does no harm."""
    kind = said.get("kind", "")
    return TokenKind(kind) if kind in set(TokenKind) else TokenKind.TEST


def _days(said: Mapping[str, str]) -> int:
    days = number(said.get("days", ""))
    return days if days in DAYS else USUAL
