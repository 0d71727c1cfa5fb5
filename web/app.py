"""The pages: a table of routes."""

from collections.abc import Iterable

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from prometheus_client import CollectorRegistry

from domain.channel import Door
from web import health, metrics, webhooks
from web.health import VitalSigns
from web.metrics import Figures
from web.watching import Watched, note_failure
from web.webhooks import Hear


def application(
    *,
    doors: Iterable[Door],
    hear: Hear,
    vital_signs: VitalSigns,
    registry: CollectorRegistry | None = None,
    pages: Iterable[HTTPRouteHandler] = (),
) -> Watched:
    """Return the ASGI application: health, metrics, the door that platforms call, and `pages`.

    `registry` holds what other rooms count; the pages add their own figures to it.
    """
    figures = Figures(registry or CollectorRegistry())
    everything = Litestar(
        route_handlers=[
            *health.pages(vital_signs),
            metrics.page(vital_signs, figures),
            webhooks.door({door.channel: door for door in doors}, hear, figures),
            *pages,
        ],
        after_exception=[note_failure],
        openapi_config=None,
        logging_config=None,
    )
    return Watched(everything, figures)
