"""Reckoning planned instants anew: when a zone's rules change, the wall time was what was meant."""

from domain.clock import zone
from domain.reminders import ReminderState
from domain.sessions import Sitting
from store.unit import Unit

ZONE_DATA = "zone_data"  # the fact that names the zone data our instants were reckoned with


async def rereckon(unit: Unit, zone_data: str) -> bool:
    """Derive every planned instant from its wall time, unless it was under this zone data.

    Return whether that was necessary. Safe to repeat, and in several processes at once.
    """
    if await unit.facts.value(ZONE_DATA) == zone_data:
        return False
    for session in await unit.sessions.all():
        sittings = await unit.sessions.sittings(session.id)
        for sitting in sittings:
            await unit.sessions.change_sitting(sitting)
        if sittings:
            await _replan(unit, sittings[0])
    await unit.facts.remember(ZONE_DATA, zone_data)
    return True


async def _replan(unit: Unit, opening: Sitting) -> None:
    for reminder in await unit.reminders.of(opening.session_id):
        due_at = reminder.rule.due_at(opening.starts, zone(opening.zone))
        if reminder.state is ReminderState.PLANNED and reminder.due_at != due_at:
            await unit.reminders.plan(
                opening.session_id, reminder.person_id, reminder.rule, due_at=due_at
            )
