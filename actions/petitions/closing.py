"""Closing petitions that have collected too long, and saying so while there is still time."""

from datetime import datetime, timedelta

from actions.meetings import tenant
from actions.moving_petitions import move, tell_mandatary
from domain.actors import PROGRAM
from domain.clock import wall_time, zone
from domain.petitions import Petition, PetitionState
from domain.petitions.states import SIGNABLE
from store.unit import Unit

WARNED_BEFORE = timedelta(days=14)  # and in the last quarter, where collecting is shorter than that


async def close_old(unit: Unit) -> int:
    """End the petitions whose time to collect is over, warn of those it nearly is; count both."""
    now = unit.clock.now()
    timed = [one for one in await unit.petitions.in_states(SIGNABLE) if one.closes_at]
    over = [one for one in timed if one.closes_at and one.closes_at <= now]
    for petition in over:
        await move(unit, PROGRAM, petition, PetitionState.EXPIRED)
    lasts = timedelta(days=(await tenant(unit)).collecting_days)
    lead = min(WARNED_BEFORE, lasts / 4)
    warned = 0
    for petition in timed:
        if petition.closes_at and now < petition.closes_at <= now + lead:
            warned += await _warn(unit, petition, petition.closes_at)
    return len(over) + warned


async def _warn(unit: Unit, petition: Petition, closes_at: datetime) -> bool:
    """Tell a mandatary once what is missing, or to file; say whether they were told now."""
    day = wall_time(closes_at, zone((await tenant(unit)).zone)).date()
    count = await unit.signatures.count(petition.id)
    wanted = petition.threshold.value if petition.threshold else 0
    is_reached = petition.state is PetitionState.THRESHOLD_REACHED
    key = "petition.file_soon" if is_reached else "petition.closes_soon"
    facts = {"day": day} if is_reached else {"day": day, "count": max(wanted - count, 0)}
    once = f"petition_closes:{petition.id}:{closes_at.date()}"
    return await tell_mandatary(unit, petition, key, facts, once=once)
