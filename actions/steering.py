"""Holding back and letting go: a channel, or one notice, while somebody looks into it."""

from domain.addresses import Channel
from domain.errors import Refused
from domain.steering import HoldKind
from store.unit import Unit


async def pause_channel(unit: Unit, channel: Channel, *, actor: str) -> None:
    """Send nothing on a channel until it is resumed; what is due waits. Safe to repeat."""
    await unit.steering.hold(channel, HoldKind.PAUSED)
    await unit.audit.append(actor=actor, act="pause", subject=f"channel:{channel}")


async def resume_channel(unit: Unit, channel: Channel, *, actor: str) -> bool:
    """Send on a channel again, also where its provider was resting; False when nothing held it."""
    was_held = await unit.steering.let_go(channel, tuple(HoldKind)) > 0
    if was_held:
        await unit.audit.append(actor=actor, act="resume", subject=f"channel:{channel}")
    return was_held


async def pause_notice(unit: Unit, notice_id: int, *, actor: str) -> bool:
    """Hold a notice back where it stands; False when it was already. Raises Refused: none such."""
    await _known(unit, notice_id)
    is_new = await unit.steering.pause_notice(notice_id)
    if is_new:
        await unit.audit.append(actor=actor, act="pause", subject=f"notice:{notice_id}")
    return is_new


async def resume_notice(unit: Unit, notice_id: int, *, actor: str) -> bool:
    """Let a notice go on; False when nothing held it. Raises Refused: none such."""
    await _known(unit, notice_id)
    was_held = await unit.steering.resume_notice(notice_id)
    if was_held:
        await unit.audit.append(actor=actor, act="resume", subject=f"notice:{notice_id}")
    return was_held


async def _known(unit: Unit, notice_id: int) -> None:
    if await unit.notices.by_id(notice_id) is None:
        raise Refused("steering.no_notice", notice=notice_id)
