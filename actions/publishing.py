"""Publishing: what was agreed to goes out, at once or at its hour, and moves its subject on."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from actions.meetings import meeting, tenant
from actions.petitions.answering import carry_out
from actions.records.noting import note
from actions.texts import wording
from actions.texts.manuscripts import Manuscript, manuscript
from actions.texts.telling_approvers import tell_author
from domain.actors import PROGRAM, Actor
from domain.approvals import ApprovalState, moved
from domain.errors import Refused
from domain.messages import Message
from domain.notices import NoticeClass, NoticeKind
from domain.phrasebook import LANGUAGES
from domain.publications import HELD, TOLD, Publication, PublicationKind, Texts, in_order
from domain.rights import Act, require
from domain.searching import Sought
from domain.sessions import AgendaState
from store.unit import Unit


async def agreed(unit: Unit, actor: Actor, publication: Publication) -> Publication:
    """Publish what the last has agreed to, or plan it for its hour; what is held is kept."""
    if publication.kind in HELD:
        return publication
    release_at = publication.release_at
    if release_at and release_at > unit.clock.now():
        planned = replace(publication, state=moved(publication.state, ApprovalState.SCHEDULED))
        await unit.publications.change(planned)
        await note(unit, actor, "schedule", f"publication:{planned.id}", at=release_at.isoformat())
        return planned
    return await _publish(unit, actor, publication)


async def release_due(unit: Unit, now: datetime) -> int:
    """Publish all whose hour has come, and return how many; once each, whoever asks."""
    released = 0
    for number in await unit.publications.to_release(now):
        publication = await unit.publications.by_id(number, to_change=True)
        if publication and publication.state is ApprovalState.SCHEDULED:
            await _publish(unit, PROGRAM, publication)
            released += 1
            held = await manuscript(unit, number)
            await tell_author(unit, held, wording.undone("published"))
    return released


async def withdraw(unit: Unit, actor: Actor, number: int, reason: str) -> Publication:
    """Take back what is out: nothing more of it leaves. Raises Refused without a reason.

    What was carried out, an agenda or an answer, is not undone by a word.
    """
    held = await manuscript(unit, number, to_change=True)
    require(actor, Act.ANNOUNCE, held.body)
    if held.publication.kind not in TOLD:
        raise Refused("approval.not_withdrawn", ref=held.publication.ref)
    if not reason.strip():
        raise Refused("approval.needs_reason")
    publication = held.publication
    withdrawn = replace(
        publication,
        state=moved(publication.state, ApprovalState.WITHDRAWN),
        ended_reason=reason.strip(),
    )
    await unit.publications.change(withdrawn)
    if publication.notice_id:
        await unit.steering.pause_notice(publication.notice_id)
    await note(unit, actor, "withdraw", f"publication:{number}")
    who = actor.person.id if actor.person else None
    await tell_author(unit, held.after(withdrawn), wording.undone("withdrawn"), but=who)
    return withdrawn


async def _publish(unit: Unit, actor: Actor, publication: Publication) -> Publication:
    held = await manuscript(unit, publication.id)
    notice_id = await _told(unit, actor, held)
    move = MOVES.get(publication.kind)
    if move:
        await move(unit, actor, publication)
    published = replace(
        publication,
        state=moved(publication.state, ApprovalState.PUBLISHED),
        notice_id=notice_id,
    )
    await unit.publications.change(published)
    await unit.references.enter(Sought.TEXT, published.id)
    await note(unit, actor, "publish", f"publication:{publication.id}", notice=notice_id)
    return published


async def _told(unit: Unit, actor: Actor, held: Manuscript) -> int | None:
    publication = held.publication
    if publication.kind not in TOLD or publication.audience is None:
        return None
    return await unit.notices.publish(
        (await tenant(unit)).id,
        notice_class=NoticeClass.INFORMATIONAL,
        kind=NoticeKind.ANNOUNCEMENT,
        audience=publication.audience,
        content=contents(held.told),
        created_by=actor.name,
        idempotency_key=f"publication:{publication.id}:{publication.round}",
    )


def contents(texts: Texts) -> dict[str, Message]:
    """Return what is told in each language; one it was not written in is told in the first."""
    return {
        language: Message(text.body, written, title=text.title)
        for language in LANGUAGES
        for written, text in in_order(texts, language)[:1]
    }


async def _agenda(unit: Unit, _: Actor, publication: Publication) -> None:
    """An agenda that was agreed to is the session's: it may be read (law 113-14, art. 38)."""
    called = await meeting(unit, publication.session_id or 0, to_change=True)
    if called.items:
        session = replace(called.session, agenda_state=AgendaState.PUBLISHED)
        await unit.sessions.change(session)


# What moves on, besides being told, when the last has agreed.
MOVES: Mapping[PublicationKind, Callable[[Unit, Actor, Publication], Awaitable[None]]] = {
    PublicationKind.AGENDA: _agenda,
    PublicationKind.PETITION_ANSWER: carry_out,
}
