"""Attending: a member says they will come, or sends an excuse."""

from dataclasses import dataclass

from actions.meetings import meeting
from actions.notices.settling import Shown, settle
from actions.records.noting import note
from actions.wording import attendance_of, attendance_told
from domain.actors import Actor
from domain.attendance import Answer, Attendance
from domain.clock import zone
from domain.errors import Refused
from domain.matters import personal
from domain.phrasebook import ELSEWHERE
from domain.rights import Act, may
from domain.sessions import SessionState
from store.unit import Unit

ANSWERABLE = frozenset({SessionState.CONVENED, SessionState.RECONVENED, SessionState.THIRD_MEETING})
REASON_LENGTH = 1000  # characters kept of an excuse


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer that stands, and which settlement of the matter that is.

    `is_repeated`: it stood already, and nothing was changed.
    """

    attendance: Attendance
    number: int
    is_repeated: bool = False


async def confirm(
    unit: Unit, actor: Actor, session_id: int, *, pressed: Shown | None = None
) -> Answered:
    """Note that a member will come. The last answer counts.

    `pressed` is the message that is answered anyway; all others that ask are told the answer.
    """
    return await _answer(unit, actor, session_id, Answer.CONFIRMED, "", pressed)


async def excuse(
    unit: Unit, actor: Actor, session_id: int, reason: str, *, pressed: Shown | None = None
) -> Answered:
    """Note a member's excuse and its reason (law 113-14, art. 67), as `confirm` does."""
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise Refused("attendance.needs_reason")
    return await _answer(unit, actor, session_id, Answer.EXCUSED, reason, pressed)


async def _answer(
    unit: Unit, actor: Actor, session_id: int, answer: Answer, reason: str, pressed: Shown | None
) -> Answered:
    called = await meeting(unit, session_id)
    person, channel = actor.person, actor.channel
    if person is None or channel is None or not may(actor, Act.ATTEND, called.body):
        language = person.language if person else ELSEWHERE
        raise Refused("attendance.no_seat", body=called.body.name(language))
    if called.session.state not in ANSWERABLE:
        raise Refused("attendance.closed")
    matter = personal(attendance_of(session_id), person.id)
    settled, before = (
        await unit.matters.hold(matter),
        await unit.attendances.by(session_id, person.id),
    )
    if settled and before and (before.answer, before.reason) == (answer, reason):
        return Answered(before, settled.number, is_repeated=True)
    attendance = Attendance(session_id, person.id, answer, reason, channel, at=unit.clock.now())
    await unit.attendances.keep(attendance)
    await unit.evidence.confirm(session_id, person.id, channel, at=attendance.at)
    await unit.escalations.stop(person.id, session_id=session_id)
    await note(unit, actor, f"attend_{answer}", f"session:{session_id}")
    told = attendance_told(attendance, zone(called.opening.zone))
    settlement = await settle(unit, matter, told, by=person.id, pressed=pressed)
    return Answered(attendance, settlement.number)
