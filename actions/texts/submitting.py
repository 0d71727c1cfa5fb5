"""Submitting: a text is begun, put before those who must agree, changed, and taken back."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from actions.meetings import meeting, tenant
from actions.notices.announcing import known as known_audience
from actions.records.noting import note
from actions.texts import wording
from actions.texts.manuscripts import Manuscript, body_of, known, manuscript, name_of
from actions.texts.telling_approvers import settle_steps, tell_author, tell_fallen, tell_open
from actions.wording import agenda_document
from domain.actors import Actor
from domain.approvals import ApprovalState, moved, read_flow
from domain.errors import Refused
from domain.notices import Audience
from domain.phrasebook import LANGUAGES, Named
from domain.publications import (
    AS_RECORDED,
    OF_A_SESSION,
    TITLE_LENGTH,
    TOLD,
    Publication,
    PublicationKind,
    Text,
    Texts,
    content_of,
    longest,
)
from domain.rights import Act, require
from domain.session_facts import SessionFact
from store.unit import Unit

# An edit of what is before the steps, or has passed them, goes through all of them again.
ON_ITS_WAY = frozenset({ApprovalState.WAITING, ApprovalState.APPROVED, ApprovalState.SCHEDULED})
EDITABLE = ON_ITS_WAY | {
    ApprovalState.DRAFT,
    ApprovalState.CHANGES_REQUESTED,
    ApprovalState.EXPIRED,
    ApprovalState.RECALLED,
}


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody has written, and for whom. `flow` is its key and its TOML.

    `release_at`: not to be told before this instant. What is made from the records of a session
    has no `texts` of its own. `terms`: what is carried out when the last has agreed.
    """

    kind: PublicationKind
    flow: tuple[str, str]
    texts: Texts | None = None
    body_key: str = "council"
    audience: Audience | None = None
    session_id: int | None = None
    release_at: datetime | None = None
    terms: Mapping[str, str] | None = None


async def begin(unit: Unit, actor: Actor, begun: Begun) -> Publication:
    """Keep a new text as a draft; raises Refused when it is empty, too long, or not theirs."""
    begun = await _of_its_session(unit, begun)
    body = await body_of(unit, begun.body_key)
    author = known(actor)
    require(actor, Act.WRITE, body)
    texts = await _refuse_senseless(unit, begun)
    key, flow_text = begun.flow
    read_flow(key, flow_text)
    publication = Publication(
        id=0,
        kind=begun.kind,
        state=ApprovalState.DRAFT,
        flow=key,
        body_key=begun.body_key,
        author_id=author.id,
        content=content_of(texts),
        round=0,
        created_at=unit.clock.now(),
        audience=begun.audience,
        session_id=begun.session_id,
        release_at=begun.release_at,
        terms=begun.terms,
    )
    number = await unit.publications.add((await tenant(unit)).id, body.id, publication, flow_text)
    await unit.publications.write(number, texts, by=author.id)
    await note(unit, actor, "begin", f"publication:{number}", kind=begun.kind, flow=key)
    return replace(publication, id=number)


async def submit(unit: Unit, actor: Actor, number: int) -> Publication:
    """Put a text before its steps: those of the first are asked. Raises Refused.

    One on its way goes through them anew when the records it is made from have changed.
    """
    held = await _of_author(unit, actor, number)
    if held.publication.state in ON_ITS_WAY:
        if await is_as_recorded(unit, held.publication):
            raise Refused("approval.already_submitted", ref=held.publication.ref)
        await settle_steps(unit, held, held.begun, wording.undone("changed"))
    if held.publication.kind in FROM_RECORD:
        held = await _refreshed(unit, actor, held)
    return await _put_before_steps(unit, actor, held.publication)


@dataclass(frozen=True, slots=True)
class Plan:
    """To whom a text is told, and not before which instant."""

    audience: Audience | None
    release_at: datetime | None


async def revise(
    unit: Unit, actor: Actor, number: int, texts: Texts, plan: Plan | None = None
) -> Publication:
    """Change a text, or what is planned for it: what is on its way begins anew. Raises Refused.

    Others have agreed to another text, or for another day.
    """
    held = await manuscript(unit, number, to_change=True)
    publication = held.publication
    writer = known(actor)
    require(actor, Act.WRITE, held.body)
    if publication.state not in EDITABLE:
        raise Refused("approval.ended", ref=publication.ref)
    if publication.kind in AS_RECORDED:
        raise Refused("approval.as_recorded", ref=publication.ref)
    await _refuse_signed(unit, publication)
    _refuse_texts(texts, publication.kind)
    planned = await _planned(unit, publication, plan)
    if content_of(texts) == publication.content and planned == publication:
        raise Refused("approval.unchanged", ref=publication.ref)
    if publication.state in ON_ITS_WAY:
        who = writer.name
        await settle_steps(unit, held, held.begun, wording.undone("revised", by=who), by=writer.id)
    revised = await _write(unit, actor, planned, texts)
    if publication.state not in ON_ITS_WAY:
        return revised
    submitted = await _put_before_steps(unit, actor, revised)
    after = await manuscript(unit, number)
    await tell_fallen(unit, after, held, by=writer.name)
    await tell_author(unit, after, wording.undone("revised", by=writer.name), but=writer.id)
    return submitted


async def recall(unit: Unit, actor: Actor, number: int, reason: str = "") -> Publication:
    """Take one's text back before it is out; raises Refused when it is, or is not theirs."""
    held = await _of_author(unit, actor, number)
    publication = held.publication
    await _refuse_signed(unit, publication)
    recalled = replace(
        publication,
        state=moved(publication.state, ApprovalState.RECALLED),
        ended_reason=reason.strip(),
    )
    if publication.state in ON_ITS_WAY:
        author = await name_of(unit, publication.author_id)
        said = wording.undone("recalled", by=author)
        await settle_steps(unit, held, held.begun, said, by=publication.author_id)
    await unit.publications.change(recalled)
    await note(unit, actor, "recall", f"publication:{number}")
    return recalled


async def check_record(unit: Unit, held: Manuscript) -> None:
    """Raise Refused when a text made from the records is not what they say any more."""
    if not await is_as_recorded(unit, held.publication):
        raise Refused("approval.record_changed", ref=held.publication.ref)


async def is_as_recorded(unit: Unit, publication: Publication) -> bool:
    """Say whether a text is what the records say, where it is made from them."""
    said, session_id = FROM_RECORD.get(publication.kind), publication.session_id
    if said is None or session_id is None:
        return True
    return content_of(await said(unit, session_id)) == publication.content


async def _put_before_steps(unit: Unit, actor: Actor, publication: Publication) -> Publication:
    submitted = replace(
        publication,
        state=moved(publication.state, ApprovalState.WAITING),
        round=publication.round + 1,
        submitted_at=unit.clock.now(),
        ended_reason="",
    )
    await unit.publications.change(submitted)
    subject = f"publication:{publication.id}"
    facts = {"round": submitted.round, "content": submitted.content}
    await note(unit, actor, "submit", subject, **facts)
    held = await manuscript(unit, submitted.id)
    await tell_open(unit, held, held.standing.open)
    return submitted


async def _planned(unit: Unit, publication: Publication, plan: Plan | None) -> Publication:
    if plan is None:
        return publication
    if plan.audience:
        await known_audience(unit, plan.audience)
    audience = plan.audience or publication.audience
    return replace(publication, audience=audience, release_at=plan.release_at)


async def _write(unit: Unit, actor: Actor, publication: Publication, texts: Texts) -> Publication:
    content = await unit.publications.write(publication.id, texts, by=known(actor).id)
    revised = replace(publication, content=content)
    await unit.publications.change(revised)
    subject, before = f"publication:{publication.id}", publication.content
    await note(unit, actor, "revise", subject, before=before, after=content)
    return revised


async def _refreshed(unit: Unit, actor: Actor, held: Manuscript) -> Manuscript:
    """Write the text anew from the records, where they say something else by now."""
    publication = held.publication
    texts = await FROM_RECORD[publication.kind](unit, publication.session_id or 0)
    if content_of(texts) == publication.content:
        return held
    return held.after(await _write(unit, actor, publication, texts))


async def _of_author(unit: Unit, actor: Actor, number: int) -> Manuscript:
    held = await manuscript(unit, number, to_change=True)
    require(actor, Act.WRITE, held.body)
    if known(actor).id != held.publication.author_id:
        raise Refused("approval.not_the_author", ref=held.publication.ref)
    return held


async def _of_its_session(unit: Unit, begun: Begun) -> Begun:
    """Return what is of a session with the session's body, and its words from the records."""
    if begun.kind not in OF_A_SESSION:
        return begun
    if begun.session_id is None:
        raise Refused("approval.no_session")
    called = await meeting(unit, begun.session_id)
    from_record = FROM_RECORD.get(begun.kind)
    texts = await from_record(unit, begun.session_id) if from_record else begun.texts
    return replace(begun, body_key=called.body.key, texts=texts)


async def _refuse_senseless(unit: Unit, begun: Begun) -> Texts:
    texts = begun.texts or {}
    _refuse_texts(texts, begun.kind)
    if begun.kind in TOLD:
        if begun.audience is None:
            raise Refused("approval.no_audience")
        await known_audience(unit, begun.audience)
    return texts


async def _refuse_signed(unit: Unit, publication: Publication) -> None:
    """Raise Refused for minutes that were signed: they stay what was signed.

    What was begun after them corrects them, and may be rewritten until it is signed itself.
    """
    if publication.kind is PublicationKind.MINUTES and publication.session_id:
        known = await unit.session_facts.of(publication.session_id)
        minutes = await unit.minutes.of_session(publication.session_id)
        is_theirs = minutes is None or publication.id <= minutes.publication_id
        if SessionFact.MINUTES_SIGNED in known and is_theirs:
            raise Refused("minutes.signed", ref=publication.ref)


def _refuse_texts(texts: Texts, kind: PublicationKind) -> None:
    if not texts:
        raise Refused("approval.empty")
    for language, text in texts.items():
        if not text.title.strip() or not text.body.strip():
            name = Named(f"publication.text_{language}_name")
            raise Refused("approval.half_written", language=name)
        if len(text.title) > TITLE_LENGTH or len(text.body) > longest(kind):
            raise Refused("announcement.too_long", count=longest(kind))


async def _agenda(unit: Unit, session_id: int) -> Texts:
    """Return a session's agenda as a text, as it is on record."""
    called = await meeting(unit, session_id)
    return {
        language: Text(called.name(language), agenda_document(called, language))
        for language in LANGUAGES
    }


# What is not written but made from the records of its session: it may not differ from them.
FROM_RECORD: Mapping[PublicationKind, Callable[[Unit, int], Awaitable[Texts]]] = {
    PublicationKind.AGENDA: _agenda,
}
