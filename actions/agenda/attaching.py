"""Attaching papers to a session or one of its items: each with its kind and its readers."""

from actions.agenda.listing import opened
from actions.records.noting import note
from domain.actors import Actor
from domain.documents import Document, DocumentKind, Visibility
from domain.errors import Refused
from store.unit import Unit


async def attach(
    unit: Unit,
    session_id: int,
    content: bytes,
    *,
    name: str,
    media_type: str,
    kind: DocumentKind,
    visibility: Visibility,
    language: str,
    actor: Actor,
    item_id: int | None = None,
) -> str:
    """Attach a paper, and return its sha256; one of the same name gets another version.

    Raises Refused when the agenda is settled or has no such item.
    """
    called = await opened(unit, session_id, actor)
    if item_id is not None and all(one.id != item_id for one in called.items):
        raise Refused("listing.unknown", number=str(item_id))
    known = await _known(unit, session_id, name, item_id, kind)
    if known is None:
        document_id = await unit.documents.add(
            session_id,
            kind=kind,
            title=name.rpartition(".")[0] or name,
            language=language,
            visibility=visibility,
            item_id=item_id,
        )
    else:
        document_id = known.id
        await unit.documents.show_to(document_id, visibility)
    sha256 = await unit.documents.add_version(
        document_id, content, name=name, media_type=media_type
    )
    facts = {"document": document_id, "item": item_id, "after": sha256}
    before = known.sha256 if known else None
    await note(unit, actor, "attach", f"session:{session_id}", before=before, **facts)
    return sha256


async def _known(
    unit: Unit, session_id: int, name: str, item_id: int | None, kind: DocumentKind
) -> Document | None:
    """Return the paper of this name, if it has a version already."""
    wanted = (name, item_id, kind)
    papers = await unit.documents.of(session_id)
    return next((one for one in papers if (one.name, one.item_id, one.kind) == wanted), None)
