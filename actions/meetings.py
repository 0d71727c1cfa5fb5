"""A session with its body, sittings and items, as the verbs on sessions need it."""

from datetime import date

from actions.wording import Meeting
from domain.clock import Clock, wall_time, zone
from domain.errors import Refused
from store.bodies import Tenant
from store.unit import Unit


async def meeting(unit: Unit, session_id: int, *, to_change: bool = False) -> Meeting:
    """Return the session with all that belongs to it, or raise Refused."""
    session = await unit.sessions.by_id(session_id, to_change=to_change)
    if session is None:
        raise Refused("meeting.unknown", session=str(session_id))
    sittings = await unit.sessions.sittings(session_id)
    if not sittings:
        raise Refused("meeting.without_sitting", session=str(session_id))
    body = next(body for body in await unit.bodies.all() if body.key == session.body_key)
    return Meeting(session, body, sittings, await unit.agenda.of(session_id))


async def tenant(unit: Unit) -> Tenant:
    """Return the commune, or raise Refused when none has been set up."""
    found = await unit.bodies.tenant()
    if found is None:
        raise Refused("meeting.no_commune")
    return found


def today(clock: Clock, commune: Tenant) -> date:
    """Return the day it is at the commune's."""
    return wall_time(clock.now(), zone(commune.zone)).date()
