"""Notices: made once however often they are asked for, rehearsed, followed to each address."""

import hashlib
from http import HTTPStatus
from typing import Annotated

from litestar import Response, get, post
from litestar.datastructures import ResponseHeader
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter, JSONBody, QueryParameter
from msgspec import json

from actions.notices import announcing, tracing
from actions.notices.rehearsing import foretell
from domain.addresses import Channel
from domain.deliveries import State
from domain.notices import Notice
from domain.preferences import Reason
from domain.rights import Act, may
from domain.tokens import Scope
from store.unit import Unit
from web.api.bearers import AnyRequest, Bearer, Gate, bearer_of
from web.api.cursors import USUAL, CursorSaid, LimitSaid, Page, after, page
from web.api.named import Number
from web.api.notice_shapes import (
    Delivery,
    DryRun,
    NewNotice,
    NoticeShown,
    NoticeStatus,
    delivery_shown,
    dry_run_shown,
    notice_shown,
    status_shown,
)
from web.api.problems import Mistaken

KeySaid = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        pattern=r"^[!-~]{1,64}$",
        description="A name of yours for this call: with the same body it makes one notice.",
    ),
]
WHERE = ResponseHeader(
    name="Location", description="The path of the notice.", documentation_only=True
)
REPEATED = {
    200: ResponseSpec(
        NoticeShown, generate_examples=False, description="The notice that was made before."
    )
}


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    return [
        _creating(gate),
        _rehearsing(gate),
        _listing(gate),
        _following(gate),
        _delivering(gate),
    ]


def _creating(gate: Gate) -> HTTPRouteHandler:
    described = gate.writing(Scope.NOTICES_WRITE, also=(409,))
    described["responses"] |= REPEATED

    @post(
        "/notices",
        tags=["Notices"],
        summary="Publish a notice",
        response_headers=[WHERE],
        **described,
    )
    async def publish_notice(
        request: AnyRequest, data: JSONBody[NewNotice], idempotency_key: KeySaid
    ) -> Response[NoticeShown]:
        caller = bearer_of(request)
        sha256 = hashlib.sha256(json.encode(data)).hexdigest()
        async with gate.site.store.unit() as unit:
            asked = await unit.tokens.ask(caller.token.id, idempotency_key, sha256)
            if asked and (asked.sha256 != sha256 or asked.notice_id is None):
                raise Mistaken(HTTPStatus.CONFLICT, "api.other_body")
            notice_id = asked.notice_id if asked else None
            if notice_id is None:
                notice_id = await _announced(unit, gate, caller, data)
                await unit.tokens.answer(caller.token.id, idempotency_key, notice_id)
            made = await _known(unit, caller, notice_id)
        status = int(HTTPStatus.OK if asked else HTTPStatus.CREATED)
        where = {"Location": f"/api/v1/notices/{notice_id}"}
        return Response(notice_shown(made), status_code=status, headers=where)

    return publish_notice


def _rehearsing(gate: Gate) -> HTTPRouteHandler:
    @post(
        "/notices/dry-run",
        tags=["Notices"],
        summary="Say what a notice would do, and publish nothing",
        status_code=int(HTTPStatus.OK),
        **gate.writing(Scope.NOTICES_WRITE),
    )
    async def rehearse_notice(request: AnyRequest, data: JSONBody[NewNotice]) -> DryRun:
        site, caller = gate.site, bearer_of(request)
        async with site.store.reading() as unit:
            await announcing.check(
                unit,
                data.whom,
                data.texts,
                notice_class=data.notice_class,
                actor=caller.actor,
                most=site.notices_over,
            )
            found = await foretell(unit, data.whom, data.notice_class, data.messages, site.means)
        return dry_run_shown(found)

    return rehearse_notice


def _listing(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/notices",
        tags=["Notices"],
        summary="List notices, the newest first",
        **gate.reading(Scope.NOTICES_READ),
    )
    async def notices(
        request: AnyRequest, cursor: CursorSaid = None, limit: LimitSaid = USUAL
    ) -> Page[NoticeShown]:
        async with gate.site.store.reading() as unit:
            found = await tracing.published(
                unit, actor=bearer_of(request).actor, before=after(cursor) or None, most=limit + 1
            )
        return page(found, limit, lambda one: one.id, notice_shown)

    return notices


def _following(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/notices/{notice_id:int}",
        tags=["Notices"],
        summary="Show a notice and what became of it",
        **gate.reading(Scope.NOTICES_READ),
    )
    async def notice(request: AnyRequest, notice_id: Number) -> NoticeStatus:
        async with gate.site.store.reading() as unit:
            found = await _known(unit, bearer_of(request), notice_id)
            return status_shown(found, await unit.overview.tally(notice_id))

    return notice


def _delivering(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/notices/{notice_id:int}/deliveries",
        tags=["Notices"],
        summary="List a notice’s deliveries, the newest first",
        **gate.reading(Scope.NOTICES_READ),
    )
    async def deliveries(
        request: AnyRequest,
        notice_id: Number,
        *,
        in_state: Annotated[State | None, QueryParameter(name="state")] = None,
        channel: Annotated[Channel | None, QueryParameter()] = None,
        reason: Annotated[Reason | None, QueryParameter()] = None,
        cursor: CursorSaid = None,
        limit: LimitSaid = USUAL,
    ) -> Page[Delivery]:
        caller = bearer_of(request)
        async with gate.site.store.reading() as unit:
            await _known(unit, caller, notice_id)
            found = await unit.overview.deliveries(
                notice_id=notice_id,
                state=in_state,
                channel=channel,
                reason=reason,
                before=after(cursor) or None,
                most=limit + 1,
            )
        is_masked = not may(caller.actor, Act.READ_ADDRESSES)
        return page(
            found, limit, lambda one: one.id, lambda one: delivery_shown(one, is_masked=is_masked)
        )

    return deliveries


async def _announced(unit: Unit, gate: Gate, caller: Bearer, data: NewNotice) -> int:
    return await announcing.announce(
        unit,
        data.whom,
        data.texts,
        notice_class=data.notice_class,
        actor=caller.actor,
        most=gate.site.notices_over,
        reach=caller.token.reach,
    )


async def _known(unit: Unit, caller: Bearer, notice_id: int) -> Notice:
    found = await tracing.notice(unit, notice_id, actor=caller.actor)
    if found is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return found
