"""Subscribing a browser: whoever it shows our notifications to from now on."""

from typing import Any

from actions.meetings import tenant, today
from actions.noting import note
from domain.actors import Actor
from domain.addresses import Channel
from domain.errors import Refused
from domain.rights import Act, require_for
from domain.subscriptions import Subscription
from store.unit import Unit


async def subscribe(unit: Unit, person_id: int, plain: Any, *, actor: Actor) -> str:
    """Tell a person by a browser from now on, and return its name in the records.

    `plain` is what the browser's `PushSubscription.toJSON()` gives. One that somebody else used
    before is theirs no longer. Raises Refused when it cannot be a subscription, or nobody is
    `person_id`.
    """
    require_for(actor, person_id, Act.LINK_OTHERS)
    subscription = Subscription.from_json(plain)
    if await unit.people.by_id(person_id, on=today(unit.clock, await tenant(unit))) is None:
        raise Refused("push.nobody", person=str(person_id))
    await unit.subscriptions.keep(subscription)
    await unit.people.part(Channel.PUSH, subscription.name)
    await unit.people.verify(person_id, Channel.PUSH, subscription.name, at=unit.clock.now())
    await unit.people.wish(person_id, Channel.PUSH, is_wanted=True)
    await note(unit, actor, "subscribe_push", f"person:{person_id}")
    return subscription.name
