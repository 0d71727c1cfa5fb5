"""Attending: a member says they will come, or sends an excuse."""

from actions.meetings import meeting
from actions.noting import note
from domain.actors import Actor
from domain.attendance import Answer, Attendance
from domain.errors import Refused
from domain.phrasebook import ELSEWHERE
from domain.rights import Act, may
from domain.sessions import SessionState
from store.unit import Unit

ANSWERABLE = frozenset({SessionState.CONVENED, SessionState.RECONVENED, SessionState.THIRD_MEETING})
REASON_LENGTH = 1000  # characters kept of an excuse


async def confirm(unit: Unit, actor: Actor, session_id: int) -> Attendance:
    """Note that a member will come. The last answer counts."""
    return await _answer(unit, actor, session_id, Answer.CONFIRMED, "")


async def excuse(unit: Unit, actor: Actor, session_id: int, reason: str) -> Attendance:
    """Note a member's excuse and its reason (law 113-14, art. 67). The last answer counts."""
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise Refused("attendance.needs_reason")
    return await _answer(unit, actor, session_id, Answer.EXCUSED, reason)


async def _answer(
    unit: Unit, actor: Actor, session_id: int, answer: Answer, reason: str
) -> Attendance:
    called = await meeting(unit, session_id)
    person, channel = actor.person, actor.channel
    if person is None or channel is None or not may(actor, Act.ATTEND, called.body):
        language = person.language if person else ELSEWHERE
        raise Refused("attendance.no_seat", body=called.body.name(language))
    if called.session.state not in ANSWERABLE:
        raise Refused("attendance.closed")
    attendance = Attendance(session_id, person.id, answer, reason, channel, at=unit.clock.now())
    await unit.attendances.keep(attendance)
    await unit.evidence.confirm(session_id, person.id, channel, at=attendance.at)
    await unit.escalations.stop(person.id, session_id=session_id)
    await note(unit, actor, f"attend_{answer}", f"session:{session_id}")
    return attendance
