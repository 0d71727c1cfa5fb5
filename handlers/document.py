"""The papers of a session or of one item, sent as files."""

from collections.abc import Sequence

from domain.agenda import AgendaItem
from domain.documents import Document, DocumentKind
from domain.messages import Choice
from handlers import session, telling
from handlers.agenda import seen
from handlers.finding import Held, meant, one, period
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding.wording import norms

MOST_FILES = 10  # with one message


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Send the papers of the session meant: all, one item's, or those of a kind."""
    held = await meant(turn, slots)
    if held is None:
        days = period(slots)
        if days:
            return await session.none_during(turn, days, slots, then="docs:{id}")
        return session.none_ahead(turn)
    items = await seen(turn, held)
    documents = await papers(turn, held, items)
    if slots.get("item_number"):
        number = norms(str(slots["item_number"]))
        wanted = {item.id for item in items if norms(item.number) == number}
        documents = [document for document in documents if document.item_id in wanted]
    if slots.get("doc_kind") in set(DocumentKind):
        documents = [document for document in documents if document.kind == slots["doc_kind"]]
    return _told(turn, held, documents, 0)


async def minutes_asked(turn: Turn, slots: Slots) -> Outcome:
    """Send the minutes of the session meant."""
    return await asked(turn, {**slots, "doc_kind": DocumentKind.MINUTES})


async def shown(turn: Turn, session_id: int, offset: int = 0) -> Outcome:
    """Send a session's papers, from the one at `offset`."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    return _told(turn, held, await papers(turn, held, await seen(turn, held)), offset)


async def shown_of_kind(turn: Turn, held: Held, kind: DocumentKind) -> Outcome | None:
    """Send the papers of a kind of a session; None where there is none they may read."""
    found = [
        paper for paper in await papers(turn, held, await seen(turn, held)) if paper.kind is kind
    ]
    return _told(turn, held, found, 0) if found else None


async def one_shown(turn: Turn, session_id: int, document_id: int) -> Outcome:
    """Send one paper of a session."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    readable = await papers(turn, held, await seen(turn, held))
    return _told(turn, held, [paper for paper in readable if paper.id == document_id], 0)


async def papers(turn: Turn, held: Held, items: Sequence[AgendaItem]) -> list[Document]:
    """Return the documents that whoever asks may read; `items` are those they see."""
    documents = [
        document
        for document in await turn.unit.documents.of(held.session.id)
        if turn.viewer.sees_document(held.session, held.body, document, items)
    ]
    return [document for document in documents if _is_for(turn, document, documents)]


def _is_for(turn: Turn, document: Document, among: Sequence[Document]) -> bool:
    """The agenda is kept in every language: the reader's is enough."""
    if document.kind is not DocumentKind.AGENDA:
        return True
    language = "ar" if turn.language == "ary" else turn.language
    in_theirs = any(one.kind is document.kind and one.language == language for one in among)
    return document.language == language or not in_theirs


def _told(turn: Turn, held: Held, documents: Sequence[Document], offset: int) -> Outcome:
    page = documents[offset : offset + MOST_FILES]
    choices: list[Choice] = []
    if len(documents) > offset + MOST_FILES:
        value = f"docs:{held.session.id}:{offset + MOST_FILES}"
        choices.append(turn.choice("agenda.more", value))
    choices.append(turn.choice("session.see_agenda", f"agenda:{held.session.id}"))
    lines = [
        turn.say(
            "document.line",
            title=document.title,
            kind=turn.say(f"council.document_{document.kind}"),
        )
        for document in page
    ]
    heading = turn.say("document.sent", count=len(documents)) if page else turn.say("document.none")
    return turn.tell(
        "\n".join([heading, *lines]),
        title=telling.name(turn, held),
        choices=choices,
        attachments=telling.attached(page),
        about=held.session.id,
    )
