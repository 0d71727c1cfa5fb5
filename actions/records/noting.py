"""Noting who did what to what, by which channel, and from which of their addresses."""

from actions.records.sealing import sealing_key
from domain.actors import Actor
from domain.seals import seal
from store.unit import Unit


async def note(unit: Unit, actor: Actor, act: str, subject: str, **facts: object) -> None:
    """Add an entry to the audit log.

    An address is kept as its mark: whoever knows it can tell that it was this one, and nobody can
    read it out of the log.
    """
    whence: dict[str, object] = {"channel": actor.channel} if actor.channel else {}
    if actor.address:
        whence["address"] = seal(await sealing_key(unit), f"{actor.channel}:{actor.address}")
    await unit.audit.append(actor=actor.name, act=act, subject=subject, facts={**whence, **facts})
