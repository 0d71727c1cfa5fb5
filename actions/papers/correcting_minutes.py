"""Correcting signed minutes: another text through the same flow; what was signed stays as it is."""

from actions.meetings import meeting, tenant, today
from actions.papers import minutes_papers
from actions.papers.keeping_minutes import send_copies
from actions.records.noting import note
from actions.texts.manuscripts import manuscript
from actions.texts.submitting import Begun, begin
from domain.actors import Actor
from domain.approvals import ApprovalState
from domain.errors import Refused
from domain.minutes import Minutes
from domain.publications import Publication, PublicationKind
from domain.rights import Act, require
from domain.session_facts import SessionFact
from store.unit import Unit

F, A = SessionFact, ApprovalState
FALLEN = frozenset({A.REJECTED, A.WITHDRAWN})  # nothing of these is on its way any more


async def correct(
    unit: Unit, actor: Actor, session_id: int, flow: tuple[str, str]
) -> tuple[Minutes, Publication]:
    """Begin a correction, in the words that were signed; its author puts them right.

    Nothing is changed until it was agreed to and signed as the minutes were (law 113-14, art. 47).
    Raises Refused before they are signed, and while another correction is on its way.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.RECORD, called.body)
    minutes = await _signed(unit, session_id)
    known = await correction(unit, minutes)
    if known:
        raise Refused("minutes.correcting", ref=minutes.ref, text=known.ref)
    held = await manuscript(unit, minutes.publication_id)
    begun = Begun(PublicationKind.MINUTES, flow, held.texts, session_id=session_id)
    text = await begin(unit, actor, begun)
    await note(unit, actor, "correct_minutes", f"session:{session_id}", reason=text.ref)
    return minutes, text


async def correction(unit: Unit, minutes: Minutes) -> Publication | None:
    """Return the text that would correct them, while it is on its way or waits to be signed."""
    newest = await unit.publications.newest(minutes.session_id, PublicationKind.MINUTES)
    if newest is None or newest.id <= minutes.publication_id or newest.state in FALLEN:
        return None
    return newest


async def sign(unit: Unit, actor: Actor, session_id: int) -> Minutes:
    """Note today that the correction was signed: it is the minutes, and a paper beside the first.

    Members who hold a copy are sent this one. Raises Refused for what was not agreed to, or
    corrects nothing.
    """
    called = await meeting(unit, session_id, to_change=True)
    require(actor, Act.RECORD, called.body)
    minutes = await _signed(unit, session_id)
    text = await correction(unit, minutes)
    if text is None:
        raise Refused("minutes.no_correction", ref=minutes.ref)
    if text.state is not ApprovalState.APPROVED:
        raise Refused("minutes.not_agreed", ref=minutes.ref, text=text.ref)
    if text.content == (await manuscript(unit, minutes.publication_id)).publication.content:
        raise Refused("minutes.as_before", ref=minutes.ref, text=text.ref)
    known, day = await unit.session_facts.of(session_id), today(unit.clock, await tenant(unit))
    minutes = await unit.minutes.write_anew(minutes, text.id)
    is_published = F.MINUTES_PUBLISHED in known
    await minutes_papers.keep_correction(unit, called, minutes, day, is_published=is_published)
    await unit.session_facts.note(session_id, F.MINUTES_CORRECTED, day)
    await note(unit, actor, "sign_correction", f"session:{session_id}", reason=text.ref)
    if F.MINUTES_GIVEN in known:
        await send_copies(unit, actor, called, minutes)
    return minutes


async def _signed(unit: Unit, session_id: int) -> Minutes:
    minutes = await unit.minutes.of_session(session_id)
    if minutes is None or F.MINUTES_SIGNED not in await unit.session_facts.of(session_id):
        raise Refused("minutes.sign_first")
    return minutes
