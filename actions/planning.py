"""Planning a session: a draft that only the staff see, until it is convened."""

from datetime import datetime, timedelta

from actions.meetings import tenant, today
from actions.noting import note
from domain.actors import Actor
from domain.errors import Refused
from domain.rights import Act, require
from domain.sessions import SessionKind
from store.unit import Unit

USUAL_LENGTH = timedelta(hours=3)


async def plan(
    unit: Unit,
    body_key: str,
    *,
    kind: SessionKind,
    starts: datetime,
    ends: datetime | None = None,
    place: str = "",
    actor: Actor,
) -> int:
    """Plan a session with one sitting at wall times of the commune, and return its id.

    Raises Refused for a body that is not there, a day that has passed, or an end before the start.
    """
    commune = await tenant(unit)
    bodies = {body.key: body for body in await unit.bodies.all()}
    if body_key not in bodies:
        raise Refused("announcement.unknown_body", body=body_key, known=sorted(bodies))
    require(actor, Act.PLAN, bodies[body_key])
    ends = ends or starts + USUAL_LENGTH
    if starts.date() < today(unit.clock, commune):
        raise Refused("meeting.in_the_past", starts=starts)
    if ends < starts:
        raise Refused("planning.ends_before", starts=starts, ends=ends)
    session_id = await unit.sessions.add(bodies[body_key].id, kind)
    await unit.sessions.add_sitting(
        session_id, number=1, starts=starts, ends=ends, zone_name=commune.zone, place=place
    )
    await note(
        unit, actor, "plan", f"session:{session_id}", body=body_key, starts=starts.isoformat()
    )
    return session_id
