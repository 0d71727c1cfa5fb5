"""The other systems at the desk: by which tokens they call us, and which of them are told."""

from http import HTTPStatus

from litestar import get
from litestar.handlers import HTTPRouteHandler

from actions.systems import entrusting, registering_webhooks
from domain.clock import wall_time
from domain.rights import Act
from web.desk.refusals import AGAIN
from web.desk.visiting import desk_visit
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit

HERE = "/desk/systems"
DONE = frozenset({"revoke", "resume", "remove"})


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get(HERE)
    async def systems(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.CONNECT)
        return await systems_page(found)

    return [systems]


async def systems_page(found: Visit, *, wrong: str = "") -> Page:
    """Return the page of all systems, those first that are let in or told."""
    now = found.site.clock.now()
    async with found.site.store.reading() as unit:
        tokens = await entrusting.entrusted(unit, actor=found.actor)
        webhooks = await registering_webhooks.registered(unit, actor=found.actor)
        owners = await unit.overview.names({one.owner_id for one in tokens})
        bodies = {one.key: one for one in await unit.bodies.all()}
    done = found.request.query_params.get("done", "")
    return page(
        found,
        "desk/systems.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        tokens=sorted(tokens, key=lambda one: (not one.is_live(now), one.name)),
        webhooks=webhooks,
        owners=owners,
        bodies=bodies,
        now=now,
        on=lambda instant: wall_time(instant, found.zone).date(),
        done=done if done in DONE else "",
        wrong=wrong,
    )
