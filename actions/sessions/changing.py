"""Changing a session that was announced: moving it, cancelling it, telling who had been told."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from actions import wording
from actions.meetings import meeting, tenant, today
from actions.notices.telling_followers import tell_followers
from actions.records.noting import note
from actions.sessions.convening import Warned, late
from actions.sessions.reminding import replan
from actions.wording import Content, Meeting
from domain.actors import Actor
from domain.errors import Refused
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.rights import Act, require
from domain.sessions import (
    Session,
    SessionState,
    Sitting,
    SittingState,
    moved,
    sitting_moved,
)
from store.unit import Unit

ANNOUNCED = frozenset(
    {
        SessionState.CONVENED,
        SessionState.RECONVENED,
        SessionState.THIRD_MEETING,
        SessionState.POSTPONED,
    }
)
MOVABLE = ANNOUNCED | {SessionState.DRAFT, SessionState.AGENDA_SENT}


@dataclass(frozen=True, slots=True)
class Moved:
    session: Session
    warnings: tuple[Warned, ...]


async def move(
    unit: Unit,
    session_id: int,
    *,
    starts: datetime,
    place: str | None = None,
    actor: Actor,
    language: str = "fr",
) -> Moved:
    """Move a session's opening to a wall time; whoever was told of it is told.

    Later sittings keep their distance to the first. Reminders move along. Raises Refused when the
    session has opened, ended, or would move into the past.
    """
    commune = await tenant(unit)
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.MOVE, called.body)
    before = called.opening
    _refuse_senseless(called, starts, place, today(unit.clock, commune))
    session = replace(called.session, sequence=called.session.sequence + 1)
    called = replace(_shifted(called, starts, place), session=session)
    await unit.sessions.change(session)
    for sitting in called.sittings:
        await unit.sessions.change_sitting(sitting)
    await replan(unit, called)
    if session.convened_at:
        content = wording.change(called, before.starts)
        await _tell(unit, called, NoticeKind.SESSION_MOVED, content, actor)
    await note(
        unit,
        actor,
        "move",
        f"session:{session_id}",
        before=before.starts.isoformat(),
        starts=starts.isoformat(),
    )
    warnings = await late(unit, commune, called, language) if session.convened_at else ()
    return Moved(session, warnings)


async def foreseen(
    unit: Unit, session_id: int, *, starts: datetime, language: str = "fr"
) -> tuple[Warned, ...]:
    """Return what a move would be warned of, before it is made.

    Raises Refused when the session cannot be moved to then, whoever asks.
    """
    commune = await tenant(unit)
    called = await meeting(unit, session_id)
    _refuse_senseless(called, starts, None, today(unit.clock, commune))
    if not called.session.convened_at:
        return ()
    return await late(unit, commune, _shifted(called, starts, None), language)


def _shifted(called: Meeting, starts: datetime, place: str | None) -> Meeting:
    before = called.opening
    sittings = [shifted(sitting, before, starts, place) for sitting in called.sittings]
    return replace(called, sittings=sittings)


async def cancel(unit: Unit, session_id: int, *, reason: str, actor: Actor) -> Session:
    """Cancel a session: nothing more of it leaves, and whoever was told of it is told why.

    Raises Refused without a reason, or when the session cannot be cancelled any more.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.CANCEL, called.body)
    if not reason.strip():
        raise Refused("meeting.needs_reason")
    if called.session.state is SessionState.CANCELLED:
        raise Refused("meeting.already_cancelled", session=str(session_id))
    session = replace(
        called.session,
        state=moved(called.session.state, SessionState.CANCELLED),
        sequence=called.session.sequence + 1,
        cancelled_reason=reason.strip(),
    )
    called = replace(called, session=session)
    await unit.sessions.change(session)
    for sitting in called.sittings:
        cancelled = sitting_moved(sitting.state, SittingState.CANCELLED)
        await unit.sessions.change_sitting(replace(sitting, state=cancelled))
    await unit.reminders.cancel(session_id)
    await unit.evidence.withdraw(session_id)
    if session.convened_at:
        content = wording.cancellation(called, session.cancelled_reason or "")
        await _tell(unit, called, NoticeKind.SESSION_CANCELLED, content, actor)
    await note(unit, actor, "cancel", f"session:{session_id}", reason=reason.strip())
    return session


def _refuse_senseless(called: Meeting, starts: datetime, place: str | None, day: date) -> None:
    if called.session.state not in MOVABLE:
        raise Refused("meeting.cannot_move", session=str(called.session.id))
    if starts.date() < day:
        raise Refused("meeting.in_the_past", starts=starts)
    if starts == called.opening.starts and place in {None, called.opening.place}:
        raise Refused("meeting.unchanged", starts=starts)


def shifted(sitting: Sitting, opening: Sitting, starts: datetime, place: str | None) -> Sitting:
    shift = starts - opening.starts
    return replace(
        sitting,
        starts=sitting.starts + shift,
        ends=sitting.ends + shift,
        place=place if place is not None else sitting.place,
    )


async def _tell(
    unit: Unit, called: Meeting, kind: NoticeKind, content: Content, actor: Actor
) -> None:
    session = called.session
    await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.STATUTORY,
        kind=kind,
        audience=Audience(AudienceKind.TOLD, str(session.id)),
        content=content,
        created_by=actor.name,
        session_id=session.id,
        idempotency_key=f"{kind}:{session.id}:{session.sequence}",
    )
    await tell_followers(unit, called, kind, content, actor=actor)
