"""Holding back and letting go: a channel, or one notice, while somebody looks into it."""

from actions.records.noting import note
from domain.actors import Actor
from domain.addresses import Channel
from domain.errors import Refused
from domain.rights import Act, require
from domain.steering import HoldKind
from store.unit import Unit


async def pause_channel(unit: Unit, channel: Channel, *, actor: Actor) -> None:
    """Send nothing on a channel until it is resumed; what is due waits. Safe to repeat."""
    require(actor, Act.STEER)
    await unit.steering.hold(channel, HoldKind.PAUSED)
    await note(unit, actor, "pause", f"channel:{channel}")


async def resume_channel(unit: Unit, channel: Channel, *, actor: Actor) -> bool:
    """Send on a channel again, also where its provider was resting; False when nothing held it."""
    require(actor, Act.STEER)
    was_held = await unit.steering.let_go(channel, tuple(HoldKind)) > 0
    if was_held:
        await note(unit, actor, "resume", f"channel:{channel}")
    return was_held


async def pause_notice(unit: Unit, notice_id: int, *, actor: Actor) -> bool:
    """Hold a notice back where it stands; False when it was already. Raises Refused: none such."""
    require(actor, Act.STEER)
    await _known(unit, notice_id)
    is_new = await unit.steering.pause_notice(notice_id)
    if is_new:
        await note(unit, actor, "pause", f"notice:{notice_id}")
    return is_new


async def resume_notice(unit: Unit, notice_id: int, *, actor: Actor) -> bool:
    """Let a notice go on; False when nothing held it. Raises Refused: none such."""
    require(actor, Act.STEER)
    await _known(unit, notice_id)
    was_held = await unit.steering.resume_notice(notice_id)
    if was_held:
        await note(unit, actor, "resume", f"notice:{notice_id}")
    return was_held


async def _known(unit: Unit, notice_id: int) -> None:
    if await unit.notices.by_id(notice_id) is None:
        raise Refused("steering.no_notice", notice=notice_id)
