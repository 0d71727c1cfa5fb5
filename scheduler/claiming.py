"""How a lane comes by chunks: on PostgreSQL by jobs first, and always by looking for itself."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

from domain.addresses import Channel
from store.chunks import Claim
from store.connecting import Store
from store.outbox import Urgency
from store.unit import Unit

Room = Mapping[Urgency, int]


@asynccontextmanager
async def claiming(
    store: Store, channel: Channel, room: Room, *, lease: timedelta
) -> AsyncIterator[tuple[Unit, list[Claim]]]:
    """Open a unit that has claimed as many due chunks as there is room for, the urgent first.

    A job only says where to look. What no job brings, or one brings in vain, is found by looking.
    """
    assigned = await _assigned(store, channel, room)
    claims: list[Claim] = []
    try:
        async with store.unit() as unit:
            if assigned:
                claims = await unit.chunks.claim_these(assigned, lease=lease)
            if not claims:
                claims = await _looked_for(unit, channel, room, lease)
            yield unit, claims
    finally:
        if store.shared:
            store.shared.jobs.done(set(assigned) - {claim.chunk_id for claim in claims})


async def _assigned(store: Store, channel: Channel, room: Room) -> Sequence[int]:
    """Return the chunks that jobs bring."""
    if store.shared is None:
        return ()
    left, brought = dict(room), []
    while urgencies := _roomy(left):
        ready = await store.shared.jobs.take(channel, urgencies)
        if ready is None:
            break
        brought.append(ready.chunk_id)
        left[ready.urgency] -= 1
    return brought


async def _looked_for(unit: Unit, channel: Channel, room: Room, lease: timedelta) -> list[Claim]:
    left, claims = dict(room), []
    while urgencies := _roomy(left):
        claim = await unit.chunks.claim(channel, urgencies, lease=lease)
        if claim is None:
            break
        claims.append(claim)
        left[claim.urgency] -= 1
    return claims


def _roomy(room: Room) -> list[Urgency]:
    return [urgency for urgency, count in room.items() if count > 0]
