"""Webhooks at the desk: systems registered, resumed, given another secret, and removed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.systems import registering_webhooks
from domain.clock import wall_time
from domain.errors import Refused
from domain.rights import Act, require
from domain.webhooks import TOLD_KINDS, Webhook
from store.unit import Unit
from web.desk.refusals import AGAIN, told
from web.desk.systems import HERE, systems_page
from web.desk.visiting import desk_visit
from web.forms import SMALL, form, is_new
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other

NOTHING: Mapping[str, str] = {}
ACTS = frozenset({"resume", "rotate", "remove"})


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_new(site), _changing(site)]


def _new(site: Site) -> list[HTTPRouteHandler]:
    @get(f"{HERE}/webhooks/new")
    async def ask(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request)
        require(found.actor, Act.CONNECT)
        return await _asked(found)

    @post(f"{HERE}/webhooks/new", request_max_body_size=SMALL)
    async def add(request: AnyRequest) -> Response[Any]:
        """Register a system, and show its secret; the same form sent again shows nothing."""
        found, _ = await desk_visit(site, request, Act.CONNECT)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, HERE)
                added = await registering_webhooks.add(
                    unit,
                    said.get("name", "").strip(),
                    said.get("url", ""),
                    kinds=[one for one in TOLD_KINDS if said.get(f"kind:{one}")],
                    bodies=[key for key in await unit.bodies.ids() if said.get(f"body:{key}")],
                    actor=found.actor,
                )
        except Refused as refused:
            return await _asked(found, said, wrong=told(found, refused))
        return _secret_shown(found, added)

    return [ask, add]


def _changing(site: Site) -> HTTPRouteHandler:
    @post(f"{HERE}/webhooks/{{name:str}}", request_max_body_size=SMALL)
    async def change(name: FromPath[str], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.CONNECT)
        said = await form(found)
        act = said.get("act", "")
        if act not in ACTS:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, HERE)
                rotated = await _changed(unit, found, name, act)
        except Refused as refused:
            return await systems_page(found, wrong=told(found, refused))
        return _secret_shown(found, rotated) if rotated else see_other(found, f"{HERE}?done={act}")

    return change


async def _changed(unit: Unit, found: Visit, name: str, act: str) -> Webhook | None:
    """Do what was pressed; return a system that has another secret since."""
    if act == "rotate":
        return await registering_webhooks.rotate(unit, name, actor=found.actor)
    if act == "resume":
        await registering_webhooks.resume(unit, name, actor=found.actor)
    else:
        await registering_webhooks.remove(unit, name, actor=found.actor)
    return None


async def _asked(found: Visit, said: Mapping[str, str] = NOTHING, *, wrong: str = "") -> Page:
    async with found.site.store.reading() as unit:
        bodies = await unit.bodies.all()
    return page(
        found,
        "desk/webhook_new.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        kinds=TOLD_KINDS,
        bodies=bodies,
        said=said,
        wrong=wrong,
    )


def _secret_shown(found: Visit, webhook: Webhook) -> Page:
    until = webhook.secret_before_until
    return page(
        found,
        "desk/webhook_secret.html",
        webhook=webhook,
        both_until=wall_time(until, found.zone) if until else None,
    )
