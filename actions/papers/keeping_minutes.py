"""Minutes: drafted from what is on record, and handed to the members once they are signed."""

from actions.meetings import meeting, tenant, today
from actions.papers import minutes_papers, wording_minutes
from actions.papers.recording import record
from actions.papers.wording_minutes import Record
from actions.records.noting import note
from actions.sessions.rolling import roll
from actions.texts.manuscripts import manuscript
from actions.texts.submitting import Begun, begin
from actions.wording import Meeting
from domain.actors import Actor
from domain.approvals import ApprovalState
from domain.errors import Refused
from domain.messages import Attachment
from domain.minutes import Minutes
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from domain.publications import PublicationKind
from domain.rights import Act, require
from domain.session_facts import SessionFact
from store.unit import Unit


async def draft(unit: Unit, actor: Actor, session_id: int, flow: tuple[str, str]) -> Minutes:
    """Begin the minutes of a closed session, in its records' words, under the next number.

    Its author puts them right, then before those of the flow, which is its key and its TOML. Those
    that were rejected are begun anew, under the number they had. Raises Refused.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.RECORD, called.body)
    known = await _refuse_begun(unit, session_id)
    record_ = await _record(unit, called)
    if SessionFact.CLOSED not in record_.days:
        raise Refused("minutes.not_closed")
    texts = wording_minutes.minutes(record_)
    begun = Begun(PublicationKind.MINUTES, flow, texts, session_id=session_id)
    text = (await begin(unit, actor, begun)).id
    if known:
        await unit.minutes.write_anew(known, text)
    commune = await tenant(unit)
    year = today(unit.clock, commune).year
    minutes = known or await unit.minutes.enter(commune.id, session_id, text, year=year)
    await note(unit, actor, "draft_minutes", f"session:{session_id}", reason=minutes.ref)
    return minutes


async def give(unit: Unit, actor: Actor, session_id: int) -> int:
    """Send every member in office their copy of what was signed, and return the notice's id.

    That it was done is noted today (law 113-14, art. 273). Raises Refused.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.RECORD, called.body)
    minutes = await unit.minutes.of_session(session_id)
    if minutes is None or SessionFact.MINUTES_SIGNED not in await unit.session_facts.of(session_id):
        raise Refused("minutes.sign_first")
    notice_id = await send_copies(unit, actor, called, minutes)
    await record(unit, actor, session_id, SessionFact.MINUTES_GIVEN)
    return notice_id


async def send_copies(unit: Unit, actor: Actor, called: Meeting, minutes: Minutes) -> int:
    """Send every member in office a copy of the minutes as they are, once; raises Refused."""
    session_id = called.session.id
    held = await manuscript(unit, minutes.publication_id)
    papers = {  # of a language, the newest: a correction is a paper of its own
        paper.language: [Attachment(paper.name, paper.media_type, paper.sha256, paper.size)]
        for paper in await minutes_papers.papers(unit, session_id)
    }
    notice_id = await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.STATUTORY,
        kind=NoticeKind.SESSION_NEWS,
        audience=Audience(AudienceKind.BODY, called.body.key),
        content=wording_minutes.given(minutes.ref, held.texts, papers, session_id),
        created_by=actor.name,
        session_id=session_id,
        idempotency_key=f"minutes:{minutes.id}:{held.publication.content}",
    )
    if notice_id is None:
        raise Refused("minutes.given_already", ref=minutes.ref)
    return notice_id


async def _refuse_begun(unit: Unit, session_id: int) -> Minutes | None:
    """Return minutes that are to be written anew; raise Refused where others are on their way."""
    known = await unit.minutes.of_session(session_id)
    if known:
        publication = (await manuscript(unit, known.publication_id)).publication
        if publication.state is not ApprovalState.REJECTED:
            raise Refused("minutes.begun", ref=known.ref, text=publication.ref)
    return known


async def _record(unit: Unit, called: Meeting) -> Record:
    session_id = called.session.id
    return Record(
        called,
        await roll(unit, called),
        await unit.rolls.of(session_id),
        {item.id: await unit.votes.of(item.id) for item in called.items},
        {item.id: await unit.decisions.of_item(item.id) for item in called.items},
        await unit.session_facts.of(session_id),
    )
