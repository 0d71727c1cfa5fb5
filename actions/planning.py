"""Planning a session: a draft that only the staff see, until it is convened."""

from datetime import datetime, timedelta

from actions.meetings import tenant, today
from domain.errors import Refused
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
    actor: str,
) -> int:
    """Plan a session with one sitting at wall times of the commune, and return its id.

    Raises Refused for a body that is not there, a day that has passed, or an end before the start.
    """
    commune = await tenant(unit)
    body_ids = await unit.bodies.ids()
    if body_key not in body_ids:
        raise Refused("announcement.unknown_body", body=body_key, known=sorted(body_ids))
    ends = ends or starts + USUAL_LENGTH
    if starts.date() < today(unit.clock, commune):
        raise Refused("meeting.in_the_past", starts=starts)
    if ends < starts:
        raise Refused("planning.ends_before", starts=starts, ends=ends)
    session_id = await unit.sessions.add(body_ids[body_key], kind)
    await unit.sessions.add_sitting(
        session_id, number=1, starts=starts, ends=ends, zone_name=commune.zone, place=place
    )
    await unit.audit.append(
        actor=actor,
        act="plan",
        subject=f"session:{session_id}",
        facts={"body": body_key, "starts": starts.isoformat()},
    )
    return session_id
