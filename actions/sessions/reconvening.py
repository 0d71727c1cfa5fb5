"""Calling the members again after a meeting without a quorum (law 113-14, arts 37 and 42)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from actions.meetings import meeting, tenant, today
from actions.notices.telling_followers import tell_followers
from actions.records.noting import note
from actions.sessions.changing import shifted
from actions.sessions.convening import Warned, shared_papers
from actions.sessions.opening import following_meeting
from actions.sessions.reminding import replan
from actions.sitting_words import reconvocation
from actions.wording import Meeting, change
from domain.actors import Actor
from domain.errors import Refused
from domain.law.meetings import NextMeeting
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.phrasebook import phrasebook
from domain.rights import Act, require
from domain.session_facts import SessionFact
from domain.sessions import Session, SessionState, SittingState, moved, sitting_moved
from store.unit import Unit

SECOND = 2


@dataclass(frozen=True, slots=True)
class Prepared:
    """The meeting that would be called now. `starts` is a wall time."""

    called: Meeting
    following: NextMeeting
    starts: datetime
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class Reconvened:
    session: Session
    number: int
    starts: datetime
    notice_id: int
    warnings: tuple[Warned, ...]


async def prepared(
    unit: Unit,
    actor: Actor,
    session_id: int,
    *,
    starts: datetime | None = None,
    language: str = "fr",
) -> Prepared:
    """Return what `reconvene` would call: at the same hour and place, on a day within the law.

    Raises Refused unless the last meeting had no quorum, for a time that has passed, and for a day
    on which no reading of the law has it yet.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.CONVENE, called.body)
    counted = await unit.rolls.of(session_id)
    if called.session.state is not SessionState.NO_QUORUM or not counted:
        raise Refused("sitting.not_failed", session=str(session_id))
    following = await following_meeting(unit, called, counted[-1], language=language)
    at = starts or datetime.combine(following.on, called.opening.starts.time())
    day = today(unit.clock, await tenant(unit))
    if at.date() <= max(day, called.opening.starts.date()) and at.date() != following.on:
        raise Refused("meeting.in_the_past", starts=at)
    if following.is_too_soon(at.date()):
        raise Refused("sitting.too_soon", on=at.date(), law=following.sentences[0])
    warnings = _warnings(following, at, day, language)
    if following.keeps_hour and at.time() != called.opening.starts.time():
        said = phrasebook().say("sitting.other_hour", language, starts=called.opening.starts)
        warnings = (*warnings, Warned("other_hour", said))
    return Prepared(called, following, at, warnings)


async def reconvene(
    unit: Unit,
    actor: Actor,
    session_id: int,
    *,
    starts: datetime | None = None,
    language: str = "fr",
) -> Reconvened:
    """Send the convocation to the next meeting, whose sittings and reminders move along.

    Warns where the law's days are not kept, or kept by one of its readings alone; never blocks.
    """
    ready = await prepared(unit, actor, session_id, starts=starts, language=language)
    called, number = _moved(ready), ready.following.number
    await unit.sessions.change(called.session)
    for sitting in called.sittings:
        await unit.sessions.change_sitting(sitting)
    if number == SECOND:
        day = today(unit.clock, await tenant(unit))
        await unit.session_facts.note(session_id, SessionFact.RECONVENED, day)
    await replan(unit, called)
    notice_id = await _tell(unit, ready, called, actor)
    await note(
        unit,
        actor,
        "reconvene",
        f"session:{session_id}",
        meeting=number,
        before=ready.called.opening.starts.isoformat(),
        starts=ready.starts.isoformat(),
        notice=notice_id,
        warnings=[warning.code for warning in ready.warnings],
    )
    return Reconvened(called.session, number, ready.starts, notice_id, ready.warnings)


def _moved(ready: Prepared) -> Meeting:
    called, session = ready.called, ready.called.session
    is_second = ready.following.number == SECOND
    state = SessionState.RECONVENED if is_second else SessionState.THIRD_MEETING
    first, *others = (
        shifted(sitting, called.opening, ready.starts, None) for sitting in called.sittings
    )
    first = replace(first, state=sitting_moved(first.state, SittingState.PLANNED))
    session = replace(session, state=moved(session.state, state), sequence=session.sequence + 1)
    return replace(called, session=session, sittings=[first, *others])


async def _tell(unit: Unit, ready: Prepared, called: Meeting, actor: Actor) -> int:
    session = called.session
    papers = await shared_papers(unit, session.id)
    notice_id = await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.STATUTORY,
        kind=NoticeKind.CONVOCATION,
        audience=Audience(AudienceKind.BODY, called.body.key),
        content=reconvocation(called, ready.following.number, ready.called.opening.starts, papers),
        created_by=actor.name,
        session_id=session.id,
        idempotency_key=f"convocation:{session.id}:{ready.following.number}",
    )
    if notice_id is None:
        raise Refused("meeting.already_convened", session=str(session.id))
    news = change(called, ready.called.opening.starts)
    await tell_followers(unit, called, NoticeKind.SESSION_MOVED, news, actor=actor)
    return notice_id


def _warnings(
    following: NextMeeting, starts: datetime, sending: date, language: str
) -> tuple[Warned, ...]:
    say, on = phrasebook().say, starts.date()
    window = {"first": following.send_from, "last": following.send_until}
    found = []
    if following.is_early(sending):
        found.append(Warned("early", say("sitting.sent_early", language, **window)))
    if following.is_late(sending):
        found.append(Warned("late", say("sitting.sent_late", language, **window)))
    if following.within is not None and on > following.within:
        said = say(
            "sitting.disputed", language, on=on, first=following.send_from, last=following.within
        )
        found.append(Warned("disputed", said))
    if following.other is not None and on < following.other:
        said = say("sitting.other_day", language, on=following.on, other=following.other)
        found.append(Warned("other_reading", said))
    return tuple(found)
