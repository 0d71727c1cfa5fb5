"""The agenda as a paper: frozen in every language when it leaves, and each time it has changed."""

from actions import wording
from actions.wording import Meeting
from domain.documents import DocumentKind, Visibility
from domain.phrasebook import LANGUAGES, phrasebook
from store.unit import Unit


async def write_agenda(unit: Unit, called: Meeting) -> dict[str, str]:
    """Keep the agenda with its timetable (art. 35), and return its sha256 by language.

    A text that is another than the last becomes the paper's next version; the old one is kept.
    One that names what is debated behind closed doors is for the members.
    """
    is_open = all(item.is_public for item in wording.said(called.items))
    visibility = Visibility.PUBLIC if is_open else Visibility.MEMBERS
    known = {
        paper.language: paper
        for paper in await unit.documents.of(called.session.id)
        if paper.kind is DocumentKind.AGENDA and paper.item_id is None
    }
    written = {}
    for language in LANGUAGES:
        paper = known.get(language)
        if paper is None:
            document_id = await unit.documents.add(
                called.session.id,
                kind=DocumentKind.AGENDA,
                title=phrasebook().say(
                    "notice.agenda_document", language, session=called.name(language)
                ),
                language=language,
                visibility=visibility,
            )
        else:
            document_id = paper.id
            await unit.documents.show_to(document_id, visibility)
        written[language] = await unit.documents.add_version(
            document_id,
            wording.agenda_document(called, language).encode(),
            name=f"agenda-{called.session.id}-{language}.txt",
            media_type="text/plain",
        )
    return written


async def written_before(unit: Unit, session_id: int) -> dict[str, str]:
    """Return the text of the agenda as it was last frozen, by language."""
    return {
        paper.language: (await unit.documents.content(paper.sha256)).decode()
        for paper in await unit.documents.of(session_id)
        if paper.kind is DocumentKind.AGENDA and paper.media_type == "text/plain"
    }
