"""Bodies, sessions and their agendas, as far as the token's owner may see them."""

from http import HTTPStatus
from typing import TypeVar

from litestar import get
from litestar.handlers import HTTPRouteHandler

from domain.tokens import Scope
from store.inventory import Dated, Part
from web.api.bearers import AnyRequest, Gate, bearer_of
from web.api.council_shapes import (
    Bodies,
    ItemShown,
    SessionShown,
    body_shown,
    item_shown,
    session_shown,
)
from web.api.cursors import USUAL, CursorSaid, LimitSaid, Page, SinceSaid, page, part
from web.api.named import BodyKey, Number
from web.api.problems import Mistaken

Kind = TypeVar("Kind")


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    return [_bodies(gate), _sessions(gate), _session(gate), _agenda(gate)]


def _bodies(gate: Gate) -> HTTPRouteHandler:
    @get("/bodies", tags=["Council"], summary="List bodies", **gate.reading(Scope.COUNCIL_READ))
    async def bodies() -> Bodies:
        async with gate.site.store.reading() as unit:
            return Bodies([body_shown(one) for one in await unit.bodies.all()])

    return bodies


def _sessions(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/sessions",
        tags=["Council"],
        summary="List sessions, as they were planned",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def sessions(
        request: AnyRequest,
        *,
        of_body: BodyKey = None,
        modified_since: SinceSaid = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[SessionShown]:
        asked = part(cursor, limit, modified_since)
        async with gate.site.store.reading() as unit:
            viewer = await bearer_of(request).viewer(unit)
            found = await unit.inventory.sessions(viewer.scope, asked, body_key=of_body)
            held = await unit.inventory.sittings([one.value.id for one in found])
        return page(
            found,
            limit,
            lambda one: one.value.id,
            lambda one: session_shown(one, held[one.value.id]),
        )

    return sessions


def _session(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/sessions/{session_id:int}",
        tags=["Council"],
        summary="Show a session",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def session(request: AnyRequest, session_id: Number) -> SessionShown:
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            found = only(await unit.inventory.sessions(scope, Part(only=session_id)))
            held = await unit.inventory.sittings([session_id])
        return session_shown(found, held[session_id])

    return session


def _agenda(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/sessions/{session_id:int}/agenda",
        tags=["Council"],
        summary="List the items of a session, by their ids; `position` is their order",
        **gate.reading(Scope.COUNCIL_READ),
    )
    async def agenda(
        request: AnyRequest,
        session_id: Number,
        *,
        modified_since: SinceSaid = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[ItemShown]:
        asked = part(cursor, limit, modified_since)
        async with gate.site.store.reading() as unit:
            scope = (await bearer_of(request).viewer(unit)).scope
            only(await unit.inventory.sessions(scope, Part(only=session_id)))
            found = await unit.inventory.items(scope, asked, session_id=session_id)
        return page(found, limit, lambda one: one.value.id, item_shown)

    return agenda


def only(found: list[Dated[Kind]]) -> Dated[Kind]:
    """Return the one thing that was found, or raise Mistaken."""
    if not found:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return found[0]
