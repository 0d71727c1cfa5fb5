"""Documents: their versions, and the bytes, kept once each under their sha256."""

import hashlib

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.documents import Document, DocumentKind, Visibility
from domain.errors import Unreadable
from domain.searching import Sought
from store.catalogue import enter
from store.rows import value_of
from store.tables.council import contents, document_versions as versions, documents
from store.upserts import insert_for

LATEST = (
    select(versions.c.document_id, func.max(versions.c.version).label("version"))
    .group_by(versions.c.document_id)
    .subquery("latest")
)
DOCUMENT = (
    select(
        documents.c.id,
        documents.c.session_id,
        documents.c.item_id,
        documents.c.kind,
        documents.c.title,
        documents.c.language,
        documents.c.visibility,
        versions.c.version,
        versions.c.sha256,
        versions.c.name,
        versions.c.media_type,
        versions.c.size,
    )
    .join(LATEST, LATEST.c.document_id == documents.c.id)
    .join(
        versions,
        (versions.c.document_id == documents.c.id) & (versions.c.version == LATEST.c.version),
    )
)
OF_SESSION = DOCUMENT.where(documents.c.session_id == bindparam("of")).order_by(documents.c.id)


class Documents:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def of(self, session_id: int) -> list[Document]:
        """Return the newest version of each document of a session."""
        found = await self._connection.execute(OF_SESSION, {"of": session_id})
        return [value_of(Document, row) for row in found]

    async def by_id(self, document_id: int) -> Document | None:
        """Return the newest version of a document."""
        found = await self._connection.execute(DOCUMENT.where(documents.c.id == document_id))
        row = found.one_or_none()
        return value_of(Document, row) if row else None

    async def add(
        self,
        session_id: int,
        *,
        kind: DocumentKind,
        title: str,
        language: str,
        visibility: Visibility,
        item_id: int | None = None,
    ) -> int:
        """Announce a document; it has no version yet."""
        made = await self._connection.execute(
            insert(documents)
            .values(
                session_id=session_id,
                item_id=item_id,
                kind=kind,
                title=title,
                language=language,
                visibility=visibility,
            )
            .returning(documents.c.id)
        )
        document_id = int(made.scalar_one())
        await enter(self._connection, Sought.DOCUMENT, {document_id: title})
        return document_id

    async def show_to(self, document_id: int, visibility: Visibility) -> None:
        """Change who may read a document."""
        await self._connection.execute(
            update(documents).where(documents.c.id == document_id).values(visibility=visibility)
        )

    async def add_version(
        self, document_id: int, content: bytes, *, name: str, media_type: str
    ) -> str:
        """Keep new bytes as a document's next version, and return their sha256.

        The same bytes as those of its newest version are that version.
        """
        sha256 = await self.keep(content)
        newest = await self._connection.execute(
            select(versions.c.sha256)
            .where(versions.c.document_id == document_id)
            .order_by(versions.c.version.desc())
            .limit(1)
        )
        if newest.scalar_one_or_none() == sha256:
            return sha256
        last = select(func.coalesce(func.max(versions.c.version), 0)).where(
            versions.c.document_id == document_id
        )
        await self._connection.execute(
            insert(versions).values(
                document_id=document_id,
                version=last.scalar_subquery() + 1,
                sha256=sha256,
                name=name,
                media_type=media_type,
                size=len(content),
                added_at=self._clock.now(),
            )
        )
        return sha256

    async def keep(self, content: bytes) -> str:
        """Keep bytes, once however often they come, and return their sha256."""
        sha256 = hashlib.sha256(content).hexdigest()
        await self._connection.execute(
            insert_for(self._connection, contents)
            .values(sha256=sha256, bytes=content)
            .on_conflict_do_nothing()
        )
        return sha256

    async def content(self, sha256: str) -> bytes:
        """Return the bytes with this hash; raise Unreadable when they are gone or changed."""
        found = await self._connection.execute(
            select(contents.c.bytes).where(contents.c.sha256 == sha256)
        )
        content = found.scalar_one_or_none()
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise Unreadable(f"document {sha256[:12]}")
        return bytes(content)
