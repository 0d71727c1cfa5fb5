"""The paper that minutes become when they are signed, and who may read it."""

from datetime import date

from actions.texts.manuscripts import manuscript
from actions.wording import Meeting
from domain.approvals import ApprovalState
from domain.documents import Document, DocumentKind, Visibility
from domain.errors import Refused
from domain.minutes import Minutes
from domain.phrasebook import phrasebook
from domain.publications import Text
from domain.searching import Sought
from domain.session_facts import SessionFact
from store.unit import Unit

# Who may read the paper once this has happened to it, and who once that was struck off.
READERS = {
    SessionFact.MINUTES_SIGNED: (Visibility.MEMBERS, Visibility.STAFF),
    SessionFact.MINUTES_PUBLISHED: (Visibility.PUBLIC, Visibility.MEMBERS),
}


async def refuse_unagreed(unit: Unit, minutes: Minutes) -> None:
    """Raise Refused while those who must agree to the text have not: what is signed is it."""
    publication = (await manuscript(unit, minutes.publication_id)).publication
    if publication.state is not ApprovalState.APPROVED:
        raise Refused("minutes.not_agreed", ref=minutes.ref, text=publication.ref)


async def keep_paper(unit: Unit, called: Meeting, minutes: Minutes) -> None:
    """Keep the text that was signed as papers, one a language, that its words are found by."""
    session_id, known = called.session.id, await papers(unit, called.session.id)
    held = await manuscript(unit, minutes.publication_id)
    for language, text in held.texts.items():
        paper = next((one for one in known if one.language == language), None)
        document_id = (
            paper.id
            if paper
            else await unit.documents.add(
                session_id,
                kind=DocumentKind.MINUTES,
                title=f"{minutes.ref} — {text.title}",
                language=language,
                visibility=Visibility.MEMBERS,
            )
        )
        await _write(unit, document_id, minutes.ref, text, f"{minutes.ref}-{language}.txt")


async def keep_correction(
    unit: Unit, called: Meeting, minutes: Minutes, day: date, *, is_published: bool
) -> None:
    """Keep the correction that was signed on a day as papers beside those it corrects."""
    session_id, known = called.session.id, await papers(unit, called.session.id)
    held = await manuscript(unit, minutes.publication_id)
    for language, text in held.texts.items():
        heading = phrasebook().say("minutes.corrected", language, ref=minutes.ref, day=day)
        document_id = await unit.documents.add(
            session_id,
            kind=DocumentKind.MINUTES,
            title=f"{heading} — {text.title}",
            language=language,
            visibility=Visibility.PUBLIC if is_published else Visibility.MEMBERS,
        )
        nth = 1 + sum(one.language == language for one in known)
        await _write(unit, document_id, heading, text, f"{minutes.ref}-{nth}-{language}.txt")


async def _write(unit: Unit, document_id: int, heading: str, text: Text, name: str) -> None:
    """Keep a text as a paper's newest version, that is found by its words."""
    await unit.documents.add_version(
        document_id,
        f"{heading}\n{text.title}\n\n{text.body}\n".encode(),
        name=name,
        media_type="text/plain",
    )
    words = f"{heading} {text.title} {text.body}"
    await unit.catalogue.reword(Sought.DOCUMENT, {document_id: words})


async def show_to(
    unit: Unit, session_id: int, fact: SessionFact, *, is_struck: bool = False
) -> None:
    """Let those read the paper who may, now that this happened to it or was struck off."""
    if fact in READERS:
        for paper in await papers(unit, session_id):
            await unit.documents.show_to(paper.id, READERS[fact][is_struck])


async def papers(unit: Unit, session_id: int) -> list[Document]:
    """Return the minutes of a session as papers, one a language."""
    return [
        paper
        for paper in await unit.documents.of(session_id)
        if paper.kind is DocumentKind.MINUTES and paper.item_id is None
    ]
