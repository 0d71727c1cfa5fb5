"""Subscribing a browser, and ending that: whoever it shows our notifications to."""

from typing import Any

from actions.meetings import tenant, today
from actions.records.noting import note
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


async def unsubscribe(unit: Unit, person_id: int, plain: Any, *, actor: Actor) -> None:
    """Tell a person by a browser no longer; does nothing when it does not tell them.

    Raises Refused when `plain` cannot be a subscription.
    """
    require_for(actor, person_id, Act.LINK_OTHERS)
    name = Subscription.from_json(plain).name
    held = await unit.people.addresses(person_id)
    if all((one.channel, one.value) != (Channel.PUSH, name) for one in held):
        return
    await unit.people.part(Channel.PUSH, name)
    await unit.subscriptions.forget(name)
    await note(unit, actor, "unsubscribe_push", f"person:{person_id}")
