"""Webhooks: systems registered, listed, removed, and given another secret."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from litestar import delete, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from msgspec import Meta, Struct

from actions.systems import registering_webhooks
from domain.notices import NoticeKind
from domain.tokens import Scope
from domain.webhooks import Webhook, WebhookState
from web.api.bearers import AnyRequest, Gate, bearer_of
from web.api.named import SystemName


class NewWebhook(Struct, frozen=True, forbid_unknown_fields=True):
    """A system that is to be told what the council publishes."""

    name: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
    url: Annotated[str, Meta(max_length=2000, pattern=r"^https://[!-~]+$", description="By https.")]
    kinds: Annotated[
        list[Literal["convocation", "session_moved", "session_cancelled", "announcement"]],
        Meta(max_length=10, description="All that it wants to hear of; none for everything."),
    ] = []
    bodies: Annotated[
        list[Annotated[str, Meta(pattern=r"^[A-Za-z0-9:._-]{1,64}$")]],
        Meta(max_length=100, description="Keys, in the same manner."),
    ] = []


class WebhookShown(Struct, frozen=True):
    name: str
    url: str
    kinds: list[NoticeKind]
    bodies: list[str]
    state: WebhookState
    failures: int
    failing_since: datetime | None
    code: Annotated[str | None, Meta(description="Of its last failure.")]


class WebhookSecret(Struct, frozen=True):
    """A secret, which is not shown again."""

    name: str
    secret: str
    both_until: Annotated[
        datetime | None, Meta(description="Until then the secret before signs as well.")
    ]


class Webhooks(Struct, frozen=True):
    items: list[WebhookShown]


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    return [_listing(gate), _adding(gate), _removing(gate), _resuming(gate), _rotating(gate)]


def _listing(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/webhooks",
        tags=["Webhooks"],
        summary="List the systems that are told",
        **gate.reading(Scope.WEBHOOKS_WRITE),
    )
    async def webhooks(request: AnyRequest) -> Webhooks:
        async with gate.site.store.reading() as unit:
            found = await registering_webhooks.registered(unit, actor=bearer_of(request).actor)
        return Webhooks([_shown(one) for one in found])

    return webhooks


def _adding(gate: Gate) -> HTTPRouteHandler:
    @post(
        "/webhooks",
        tags=["Webhooks"],
        summary="Register a system; its secret is answered once",
        **gate.writing(Scope.WEBHOOKS_WRITE),
    )
    async def add_webhook(request: AnyRequest, data: JSONBody[NewWebhook]) -> WebhookSecret:
        async with gate.site.store.unit() as unit:
            added = await registering_webhooks.add(
                unit,
                data.name,
                data.url,
                kinds=[NoticeKind(kind) for kind in data.kinds],
                bodies=data.bodies,
                actor=bearer_of(request).actor,
            )
        return _secret(added)

    return add_webhook


def _removing(gate: Gate) -> HTTPRouteHandler:
    @delete(
        "/webhooks/{name:str}",
        tags=["Webhooks"],
        summary="Tell a system nothing any more",
        **gate.writing(Scope.WEBHOOKS_WRITE),
    )
    async def remove_webhook(request: AnyRequest, name: SystemName) -> None:
        async with gate.site.store.unit() as unit:
            await registering_webhooks.remove(unit, name, actor=bearer_of(request).actor)

    return remove_webhook


def _resuming(gate: Gate) -> HTTPRouteHandler:
    @post(
        "/webhooks/{name:str}/resume",
        tags=["Webhooks"],
        summary="Tell a suspended system again, from the next notice on",
        status_code=int(HTTPStatus.NO_CONTENT),
        **gate.writing(Scope.WEBHOOKS_WRITE),
    )
    async def resume_webhook(request: AnyRequest, name: SystemName) -> None:
        async with gate.site.store.unit() as unit:
            await registering_webhooks.resume(unit, name, actor=bearer_of(request).actor)

    return resume_webhook


def _rotating(gate: Gate) -> HTTPRouteHandler:
    @post(
        "/webhooks/{name:str}/secret",
        tags=["Webhooks"],
        summary="Give a system a new secret; for a day both sign",
        **gate.writing(Scope.WEBHOOKS_WRITE),
    )
    async def rotate_secret(request: AnyRequest, name: SystemName) -> WebhookSecret:
        async with gate.site.store.unit() as unit:
            rotated = await registering_webhooks.rotate(unit, name, actor=bearer_of(request).actor)
        return _secret(rotated)

    return rotate_secret


def _shown(webhook: Webhook) -> WebhookShown:
    return WebhookShown(
        webhook.name,
        webhook.url,
        sorted(webhook.kinds),
        sorted(webhook.bodies),
        webhook.state,
        webhook.failures,
        webhook.failing_since,
        webhook.code,
    )


def _secret(webhook: Webhook) -> WebhookSecret:
    return WebhookSecret(webhook.name, webhook.secret, webhook.secret_before_until)
