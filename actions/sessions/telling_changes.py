"""Telling those who were convened that the agenda is another now."""

from dataclasses import replace
from datetime import timedelta

from actions import wording
from actions.agenda.papers import write_agenda, written_before
from actions.agenda.telling_items import tell_of_subjects
from actions.meetings import meeting, tenant
from actions.notices.telling_followers import tell_followers
from actions.records.noting import note
from actions.sessions.convening import Warned, attachment, late
from actions.wording import Meeting
from domain.actors import PROGRAM, Actor
from domain.documents import DocumentKind
from domain.errors import Refused
from domain.messages import Attachment
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.rights import Act, require
from domain.sessions import Session, SessionState
from store.unit import Unit

# What is changed in one go is told in one go: this long after the last change at the latest.
SETTLES_AFTER = timedelta(minutes=15)


async def tell_now(
    unit: Unit, session_id: int, *, actor: Actor, language: str = "fr"
) -> tuple[Warned, ...]:
    """Tell all who were convened what has changed; returns what the law would have otherwise.

    Raises Refused when nothing has changed that they do not know.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.FILL_AGENDA, called.body)
    if called.session.agenda_changed_at is None:
        raise Refused("listing.nothing_new", session=str(session_id))
    return await _tell(unit, called, actor, language)


async def tell_settled(unit: Unit) -> int:
    """Tell of every agenda that nobody has touched for a while, and say how many there were."""
    waiting = await unit.sessions.with_changed_agenda(unit.clock.now() - SETTLES_AFTER)
    for session_id in waiting:
        called = await meeting(unit, session_id, to_change=True)
        if called.session.agenda_changed_at is not None:
            await _tell(unit, called, PROGRAM, "fr")
    return len(waiting)


async def _tell(unit: Unit, called: Meeting, actor: Actor, language: str) -> tuple[Warned, ...]:
    session = _known(called.session)
    called = replace(called, session=session)
    await unit.sessions.change(session)
    if session.state is SessionState.CANCELLED:
        return ()
    before = await written_before(unit, session.id)
    await write_agenda(unit, called)
    content = wording.changed_agenda(called, before, await _papers(unit, session.id))
    commune = await tenant(unit)
    notice_id = await unit.notices.publish(
        commune.id,
        notice_class=NoticeClass.STATUTORY,
        kind=NoticeKind.AGENDA_CHANGED,
        audience=Audience(AudienceKind.TOLD, str(session.id)),
        content=content,
        created_by=actor.name,
        session_id=session.id,
        idempotency_key=f"agenda_changed:{session.id}:{session.sequence}",
    )
    if all(item.is_public for item in wording.said(called.items)):
        await tell_followers(unit, called, NoticeKind.AGENDA_CHANGED, content, actor=actor)
    await tell_of_subjects(unit, actor, called)
    warnings = await late(unit, commune, called, language)
    await note(
        unit,
        actor,
        "tell_agenda",
        f"session:{session.id}",
        notice=notice_id,
        sequence=session.sequence,
        warnings=[warning.code for warning in warnings],
    )
    return warnings


def _known(session: Session) -> Session:
    return replace(session, sequence=session.sequence + 1, agenda_changed_at=None)


async def _papers(unit: Unit, session_id: int) -> dict[str, list[Attachment]]:
    return {
        paper.language: [attachment(paper)]
        for paper in await unit.documents.of(session_id)
        if paper.kind is DocumentKind.AGENDA
    }
