"""Attending: a member says they will come, or sends an excuse."""

from actions.meetings import meeting
from domain.addresses import Channel
from domain.attendance import Answer, Attendance
from domain.errors import Refused
from domain.people import Person
from domain.sessions import SessionState
from store.unit import Unit

ANSWERABLE = frozenset({SessionState.CONVENED, SessionState.RECONVENED, SessionState.THIRD_MEETING})
REASON_LENGTH = 1000  # characters kept of an excuse


async def confirm(unit: Unit, person: Person, session_id: int, *, channel: Channel) -> Attendance:
    """Note that a member will come. The last answer counts."""
    return await _answer(unit, person, session_id, Answer.CONFIRMED, "", channel)


async def excuse(
    unit: Unit, person: Person, session_id: int, reason: str, *, channel: Channel
) -> Attendance:
    """Note a member's excuse and its reason (law 113-14, art. 67). The last answer counts."""
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise Refused("attendance.needs_reason")
    return await _answer(unit, person, session_id, Answer.EXCUSED, reason, channel)


async def _answer(
    unit: Unit, person: Person, session_id: int, answer: Answer, reason: str, channel: Channel
) -> Attendance:
    called = await meeting(unit, session_id)
    if called.session.body_key not in person.seats:
        raise Refused("attendance.no_seat", body=called.body.name(person.language))
    if called.session.state not in ANSWERABLE:
        raise Refused("attendance.closed")
    attendance = Attendance(session_id, person.id, answer, reason, channel, at=unit.clock.now())
    await unit.attendances.keep(attendance)
    await unit.evidence.confirm(session_id, person.id, channel, at=attendance.at)
    await unit.escalations.stop(person.id, session_id=session_id)
    await unit.audit.append(
        actor=f"person:{person.id}",
        act=f"attend_{answer}",
        subject=f"session:{session_id}",
        facts={"channel": channel},
    )
    return attendance
