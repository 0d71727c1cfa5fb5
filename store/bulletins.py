"""Bulletins: texts of the town hall that are out, for everybody to read."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.approvals import ApprovalState
from domain.publications import READ_BY_ALL, TOLD, Bulletin, PublicationKind, Text
from store.rows import AnyRow
from store.tables.approvals import publication_texts, publications
from store.tables.outbox import notices
from store.tables.people import bodies

# When it was told; what went out before that was noted, when it was put before its steps.
AT = func.coalesce(notices.c.created_at, publications.c.submitted_at, publications.c.created_at)
_each = publication_texts.alias()
# A text that was changed and changed back was written twice: what stands is what was written last.
CURRENT_TEXT = (publication_texts.c.publication_id == publications.c.id) & (
    publication_texts.c.number
    == select(func.max(_each.c.number))
    .where(_each.c.publication_id == publications.c.id)
    .correlate(publications)
    .scalar_subquery()
)
BULLETINS = (
    select(
        *(publications.c[name] for name in ("id", "kind", "state")),
        publication_texts.c.texts,
        bodies.c.key.label("body_key"),
        AT.label("at"),
    )
    .join(bodies, bodies.c.id == publications.c.body_id)
    .join(publication_texts, CURRENT_TEXT)
    .outerjoin(notices, notices.c.id == publications.c.notice_id)
    .where(
        publications.c.state == ApprovalState.PUBLISHED,
        publications.c.kind.in_(TOLD),
        publications.c.audience_kind.in_(READ_BY_ALL),
    )
    .order_by(AT.desc(), publications.c.id.desc())
)


class Bulletins:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def latest(
        self, kind: PublicationKind | None = None, *, most: int, offset: int = 0
    ) -> list[Bulletin]:
        """Return those that are out, of one kind or of all, the newest first."""
        wanted = BULLETINS if kind is None else BULLETINS.where(publications.c.kind == kind)
        found = await self._connection.execute(wanted.limit(most).offset(offset))
        return [_bulletin(row) for row in found]

    async def one(self, publication_id: int) -> Bulletin | None:
        """Return one if everybody may read it; any other does not exist here."""
        found = await self._connection.execute(BULLETINS.where(publications.c.id == publication_id))
        row = found.one_or_none()
        return _bulletin(row) if row else None


def _bulletin(row: AnyRow) -> Bulletin:
    said: Mapping[str, Mapping[str, str]] = row.texts
    texts = {language: Text(**text) for language, text in said.items()}
    return Bulletin(row.id, row.kind, row.body_key, texts, row.at)
