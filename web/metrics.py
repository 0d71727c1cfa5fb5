"""The figures of a running program, as Prometheus reads them."""

import hmac
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from web.health import Vitals, VitalSigns

KIND = CONTENT_TYPE_LATEST.partition("; charset")[0]  # the charset is added to what is text
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Figures:
    """What is counted while it happens, in the registry that the page shows."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self.answers = Counter(
            "beffroi_http_answers", "Requests answered.", ["page", "status"], registry=self.registry
        )
        self.lasting = Histogram(
            "beffroi_http_seconds",
            "How long answers took.",
            ["page"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.events = Counter(
            "beffroi_webhook_events",
            "What platforms told us.",
            ["channel", "result"],
            registry=self.registry,
        )


class Look(Collector):
    """What is seen by looking once."""

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals

    def collect(self) -> Iterator[Metric]:
        vitals = self._vitals
        yield _gauge("beffroi_ready", "All parts live.", vitals.is_ready)
        yield _gauge("beffroi_store_answers", "The store answers.", vitals.store_answers)
        if vitals.tick_age is not None:
            age = vitals.tick_age.total_seconds()
            yield _gauge("beffroi_tick_age_seconds", "Since the clock last struck.", age)
        yield _gauges("beffroi_part_alive", "The part lives.", "part", vitals.parts.items())
        yield _gauges(
            "beffroi_deliveries_waiting", "Not sent yet.", "channel", vitals.waiting.items()
        )


def page(vital_signs: VitalSigns, figures: Figures, key: str = "") -> HTTPRouteHandler:
    """Return the page of figures: for whoever brings the key; without one, for this machine.

    A web server in front of us tells whom it asks for (X-Forwarded-For), and is not taken for them.
    """

    @get("/metrics")
    async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
        if not _may_look(request, key):
            raise HTTPException(status_code=404)
        looked = CollectorRegistry()
        looked.register(Look(await vital_signs()))
        text = generate_latest(looked) + generate_latest(figures.registry)
        return Response(text, media_type=KIND)

    return metrics


def _may_look(request: Request[Any, Any, Any], key: str) -> bool:
    if key:
        brought = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(brought, f"Bearer {key}".encode())
    host = request.client.host if request.client else ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=float(value))


def _gauges(name: str, says: str, label: str, values: Iterable[tuple[str, float]]) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values:
        family.add_metric([key], float(value))
    return family
