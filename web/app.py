"""The pages: a table of routes."""

from collections.abc import Iterable

from litestar import Litestar
from litestar.handlers import ASGIRouteHandler, HTTPRouteHandler
from prometheus_client import CollectorRegistry

from domain.channel import Door
from web import chat, files, health, metrics, webhooks
from web.api.application import api
from web.api.oparl import oparl
from web.desk import rooms as desk
from web.failing import failing
from web.health import VitalSigns
from web.metrics import Figures
from web.personal import (
    account,
    addresses,
    calendar,
    continuing,
    inbox,
    openid,
    own_data,
    passkeys,
    preferences,
    proving,
    pushes,
    signing_in,
    talk,
    why,
)
from web.public import (
    calendars,
    decisions,
    feeds,
    filing_petitions,
    following,
    home,
    news,
    own_petitions,
    papers,
    petitions,
    searching,
    sessions,
    signing_petitions,
    unsigning_petitions,
)
from web.site import Site
from web.visiting import keep_numbers_small
from web.watching import Watched, note_failure
from web.webhooks import Hear

PETITIONS = (petitions, signing_petitions, filing_petitions, own_petitions, unsigning_petitions)
PUBLIC = (
    *(calendars, decisions, feeds, following, home, news, papers, searching, sessions),
    *PETITIONS,
)
ROOMS = (
    account,
    addresses,
    calendar,
    chat,
    continuing,
    files,
    inbox,
    openid,
    own_data,
    passkeys,
    preferences,
    proving,
    pushes,
    signing_in,
    talk,
    why,
    *PUBLIC,
    desk,
)


def application(
    *,
    doors: Iterable[Door],
    hear: Hear,
    vital_signs: VitalSigns,
    registry: CollectorRegistry | None = None,
    pages: Iterable[HTTPRouteHandler] = (),
    site: Site | None = None,
    metrics_key: str = "",
) -> Watched:
    """Return the ASGI application: health, metrics, the door that platforms call, and `pages`.

    `site` is what the pages for people need; without it there are none. `registry` holds what
    other rooms count; the pages add their own figures to it, which `metrics_key` opens; where that
    is empty, to this machine alone.
    """
    figures = Figures(registry or CollectorRegistry())
    everything = Litestar(
        route_handlers=[
            *health.pages(vital_signs),
            metrics.page(vital_signs, figures, metrics_key),
            webhooks.door({door.channel: door for door in doors}, hear, figures),
            *pages,
            *(people_s_pages(site) if site else ()),
            *(machines_ways(site) if site else ()),
        ],
        exception_handlers=failing(site) if site else None,
        before_request=keep_numbers_small,
        after_exception=[note_failure],
        openapi_config=None,
        logging_config=None,
    )
    return Watched(everything, figures, is_secure=site is not None and site.is_secure)


def people_s_pages(site: Site) -> list[HTTPRouteHandler]:
    """Return the pages for people, room by room."""
    return [page for room in ROOMS for page in room.pages(site)]


def machines_ways(site: Site) -> list[ASGIRouteHandler]:
    """Return the ways in for other systems, each an application of its own."""
    return [api(site), oparl(site)]
