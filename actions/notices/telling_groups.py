"""Having a group told what a body does: asked by who may, and ended by them or by leaving."""

from actions.records.noting import note
from domain.actors import Actor
from domain.addresses import Channel
from domain.bodies import Body
from domain.rights import Act, require
from store.unit import Unit


async def follow(
    unit: Unit, actor: Actor, body: Body, channel: Channel, group: str, *, language: str
) -> bool:
    """Tell a group of a body's sessions in a language, and say whether it was not told yet.

    Raises Refused unless the actor may.
    """
    require(actor, Act.TELL_GROUPS, body)
    is_new = await unit.places.follow(channel, group, body.id, language=language)
    if is_new:
        await note(unit, actor, "follow_in_group", f"body:{body.key}", group=group)
    return is_new


async def unfollow(unit: Unit, actor: Actor, body: Body, channel: Channel, group: str) -> bool:
    """Tell a group no more of a body, and say whether it was told; raises Refused as `follow`."""
    require(actor, Act.TELL_GROUPS, body)
    was_told = await unit.places.unfollow(channel, group, body.id) > 0
    if was_told:
        await note(unit, actor, "unfollow_in_group", f"body:{body.key}", group=group)
    return was_told
