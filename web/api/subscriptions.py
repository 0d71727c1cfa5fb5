"""What people asked to be told, or not to be: read, and changed as they asked elsewhere."""

from http import HTTPStatus
from typing import Annotated

from litestar import get, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from msgspec import Meta, Struct

from actions.people import consenting, looking_up
from domain.actors import Actor
from domain.addresses import PASSING, Channel
from domain.tokens import Scope
from domain.topics import Topic, body_of
from domain.wishes import Preferences
from store.inventory import Part
from store.unit import Unit
from web.api.bearers import AnyRequest, Gate, bearer_of
from web.api.named import Number
from web.api.problems import Fault, Mistaken

TopicSaid = Annotated[
    str,
    Meta(
        pattern=r"^([a-z]{1,32}|body:[A-Za-z0-9:._-]{1,64})?$",
        description="A topic, `body:` and a body’s key, or nothing for everything.",
    ),
]


class Subscription(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a topic is wanted, on a channel or, with null, on all."""

    topic: TopicSaid
    is_wanted: bool
    channel: Channel | None = None


class Subscriptions(Struct, frozen=True):
    """What a person said; of what they did not mention, the commune’s own order decides."""

    items: list[Subscription]
    stopped: Annotated[
        list[Channel | None], Meta(description="Channels they said STOP to; null for all.")
    ]


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    return [_showing(gate), _changing(gate)]


def _showing(gate: Gate) -> HTTPRouteHandler:
    @get(
        "/people/{person_id:int}/subscriptions",
        tags=["Subscriptions"],
        summary="Show what a person asked to be told",
        **gate.reading(Scope.SUBSCRIPTIONS_READ),
    )
    async def subscriptions(request: AnyRequest, person_id: Number) -> Subscriptions:
        async with gate.site.store.reading() as unit:
            await _require_known(unit, person_id, bearer_of(request).actor)
            return _shown((await unit.preferences.of(person_id)).now)

    return subscriptions


def _changing(gate: Gate) -> HTTPRouteHandler:
    @put(
        "/people/{person_id:int}/subscriptions",
        tags=["Subscriptions"],
        summary="Note that a person wants a topic, or does not",
        **gate.writing(Scope.SUBSCRIPTIONS_READ, Scope.SUBSCRIPTIONS_WRITE),
    )
    async def note_subscription(
        request: AnyRequest, person_id: Number, data: JSONBody[Subscription]
    ) -> Subscriptions:
        actor = bearer_of(request).actor
        async with gate.site.store.unit() as unit:
            await _require_known(unit, person_id, actor)
            await _require_topic(unit, data)
            await consenting.change(
                unit,
                person_id,
                lambda asked: asked.wanting(data.topic, data.channel, is_wanted=data.is_wanted),
                facts={"topic": data.topic, "channel": data.channel, "is_wanted": data.is_wanted},
                actor=actor,
            )
            return _shown((await unit.preferences.of(person_id)).now)

    return note_subscription


async def _require_known(unit: Unit, person_id: int, actor: Actor) -> None:
    if not await looking_up.people(unit, Part(only=person_id), actor=actor):
        raise Mistaken(HTTPStatus.NOT_FOUND)


async def _require_topic(unit: Unit, said: Subscription) -> None:
    body = body_of(said.topic)
    there = await unit.bodies.ids() if body is not None else {}
    is_topic = said.topic in ("", *Topic) or body in there
    if not is_topic or said.channel in PASSING:
        where = "topic" if not is_topic else "channel"
        fault = Fault(where, "there is none that is called so")
        raise Mistaken(HTTPStatus.UNPROCESSABLE_ENTITY, faults=(fault,))


def _shown(asked: Preferences) -> Subscriptions:
    said = [
        Subscription(topic, wish.is_wanted, channel)
        for (topic, channel), wish in sorted(
            asked.wishes.items(), key=lambda one: (one[0][0], one[0][1] or "")
        )
        if wish.is_wanted is not None
    ]
    return Subscriptions(said, sorted(asked.stopped, key=lambda channel: channel or ""))
