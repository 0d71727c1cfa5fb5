"""Planning a session: a draft that only the staff see, until it is convened."""

from datetime import date, datetime, timedelta

from actions.duties.due import of_session
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from domain import law
from domain.actors import Actor
from domain.errors import Refused
from domain.law import Duty
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from domain.session_facts import SessionFact
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
    filed: date | None = None,
    actor: Actor,
) -> int:
    """Plan a session with one sitting at wall times of the commune, and return its id.

    `filed`: the day on which those who want it filed their request, which came the same day.
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
    if filed is not None:
        for fact in (SessionFact.REQUEST_FILED, SessionFact.REQUEST_RECEIVED):
            await unit.session_facts.note(session_id, fact, filed)
    await note(
        unit,
        actor,
        "plan",
        f"session:{session_id}",
        body=body_key,
        kind=kind,
        starts=starts.isoformat(),
        filed=filed.isoformat() if filed else None,
    )
    return session_id


async def advice(unit: Unit, session_id: int, language: str) -> list[str]:
    """Return what the law says of a session as it is planned: its season, and every deadline."""
    called = await meeting(unit, session_id)
    commune = await tenant(unit)
    opens, say = called.opening.starts.date(), phrasebook().say
    season = law.ordinary_season(commune.rule_pack, called.body.kind)
    is_ordinary = called.session.kind is SessionKind.ORDINARY
    told = []
    if is_ordinary and season and not law.is_in_season(commune.rule_pack, called.body.kind, opens):
        told.append(say("planning.out_of_season", language, article=season.authority.article))
    now = today(unit.clock, commune)
    owed = [one.duty for one in await of_session(unit, session_id, language=language)]
    for duty in owed:
        if duty.is_open and duty.owner is not None:
            key = "planning.missed" if _is_missed(duty, opens, now) else "planning.deadline"
            told.append(say(key, language, sentence=duty.deadline.sentence))
    return told


def _is_missed(duty: Duty, opens: date, now: date) -> bool:
    """Return whether a duty's day is over, or comes before the session that fulfils it."""
    is_to_meet = duty.name.startswith("hold_")
    return duty.is_late(now) or (is_to_meet and opens > duty.deadline.date)
