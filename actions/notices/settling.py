"""Settling: what has been decided is told by every message that still asks for it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from domain.addresses import Channel
from domain.matters import Content, Settlement, amended, matter_of
from domain.messages import Message
from store.matters import Copy
from store.outbox import Put, Urgency
from store.unit import Unit

Shown = tuple[Channel, str]
"""A message on a screen: its channel, and the provider's reference."""


async def settle(
    unit: Unit,
    subject: str,
    content: Content,
    *,
    by: int | None,
    pressed: Shown | None = None,
) -> Settlement:
    """Note how a matter is decided, and have every message that shows its buttons say so.

    `pressed` is the message that is answered with the outcome anyway. What may be decided only
    once is asked for with `unit.matters.hold` first: whoever comes second finds the settlement.
    """
    settlement = await unit.matters.settle(subject, content, by=by)
    await _amend(unit, [subject], pressed)
    return settlement


async def note_copies(unit: Unit, copies: Collection[Copy]) -> None:
    """Note messages that now stand on screens, and amend those whose matter is settled already."""
    await unit.matters.note(list(copies))
    await _amend(unit, {copy.subject for copy in copies})


async def up_to_date(unit: Unit, message: Message, person_id: int) -> Message:
    """Return a message of a mailbox as it reads now."""
    subject = matter_of(message, person_id)
    settlement = await unit.matters.standing(subject) if subject else None
    if settlement is None:
        return message
    return replace(amended(message, settlement), attachments=message.attachments)


async def _amend(unit: Unit, subjects: Collection[str], pressed: Shown | None = None) -> None:
    edits: dict[Channel, list[Put]] = defaultdict(list)
    for behind in await unit.matters.take_up(subjects, pressed):
        message = replace(
            amended(behind.first, behind.settlement), amends=behind.provider_ref, replaces=None
        )
        edits[behind.channel].append(Put(behind.address, message, behind.person_id))
    for channel, puts in edits.items():
        await unit.outbox.put_all(channel, puts, urgency=Urgency.AMENDMENT)
