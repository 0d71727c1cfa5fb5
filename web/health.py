"""What the program knows of its own state, for whoever watches over it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

LATEST_TICK = timedelta(minutes=1)  # the clock strikes every few seconds


@dataclass(frozen=True, slots=True)
class Vitals:
    """Whether each part lives. `tick_age`: since the clock last struck; None before its first.

    `waiting` counts the deliveries that wait on each channel.
    """

    store_answers: bool
    parts: Mapping[str, bool] = field(default_factory=dict)
    tick_age: timedelta | None = None
    waiting: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_ticking(self) -> bool:
        return self.tick_age is not None and self.tick_age <= LATEST_TICK

    @property
    def is_ready(self) -> bool:
        return self.store_answers and self.is_ticking and all(self.parts.values())


VitalSigns = Callable[[], Awaitable[Vitals]]


def pages(vital_signs: VitalSigns) -> list[HTTPRouteHandler]:
    """Return `/health/live`, which answers while the process does, and `/health`."""

    @get("/health/live")
    async def live() -> dict[str, bool]:
        return {"live": True}

    @get("/health")
    async def ready() -> Response[dict[str, Any]]:
        vitals = await vital_signs()
        status = HTTPStatus.OK if vitals.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        return Response(told(vitals), status_code=status)

    return [live, ready]


def told(vitals: Vitals) -> dict[str, Any]:
    return {
        "ready": vitals.is_ready,
        "store": vitals.store_answers,
        "ticking": vitals.is_ticking,
        "parts": dict(vitals.parts),
    }
