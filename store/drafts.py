"""Forms half filled in: one of each for each holder, kept from the first answer on."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.drafts import Draft
from store.rows import value_of
from store.tables.council import contents, document_versions
from store.tables.petitions import petition_files
from store.tables.requests import brought_files, drafts
from store.upserts import insert_for

DRAFT = select(*(drafts.c[name] for name in Draft.__slots__))


class Drafts:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def of(self, holders: Sequence[str], form: str) -> Draft | None:
        """Return the draft last touched, also one that was dropped; nobody else changes it now."""
        found = await self._connection.execute(
            DRAFT.where(drafts.c.holder.in_(holders), drafts.c.form == form)
            .order_by(drafts.c.touched_at.desc())
            .limit(1)
            .with_for_update()
        )
        row = found.one_or_none()
        return value_of(Draft, row) if row else None

    async def open(self, holders: Sequence[str]) -> list[Draft]:
        """Return the drafts that can be gone on with, the last touched first."""
        found = await self._connection.execute(
            DRAFT.where(drafts.c.holder.in_(holders), drafts.c.dropped_at.is_(None)).order_by(
                drafts.c.touched_at.desc()
            )
        )
        return [value_of(Draft, row) for row in found]

    async def begin(self, holder: str, form: str, answers: Mapping[str, str]) -> Draft:
        """Begin a form, in the place of one that was begun before."""
        now = self._clock.now()
        statement = insert_for(self._connection, drafts).values(
            holder=holder, form=form, answers=dict(answers), begun_at=now, touched_at=now
        )
        made = await self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["holder", "form"],
                set_={
                    "answers": statement.excluded.answers,
                    "begun_at": now,
                    "touched_at": now,
                    "dropped_at": None,
                },
            ).returning(*(drafts.c[name] for name in Draft.__slots__))
        )
        draft = value_of(Draft, made.one())
        await self._let_go(brought_files.c.draft_id == draft.id)
        return draft

    async def keep(self, draft: Draft) -> None:
        """Keep a draft's answers, and whether it was dropped."""
        await self._connection.execute(
            update(drafts)
            .where(drafts.c.id == draft.id)
            .values(
                answers=dict(draft.answers),
                dropped_at=draft.dropped_at,
                touched_at=self._clock.now(),
            )
        )

    async def hold_file(self, draft_id: int, sha256: str) -> None:
        """Keep the bytes of an answer as long as its draft lives, in the place of those before."""
        await self._let_go(brought_files.c.draft_id == draft_id)
        await self._connection.execute(
            insert(brought_files).values(sha256=sha256, draft_id=draft_id)
        )

    async def hand_over(self, draft_id: int, request_id: int) -> None:
        """End a draft that became a request, which holds its files from now on."""
        await self._connection.execute(
            update(brought_files)
            .where(brought_files.c.draft_id == draft_id)
            .values(draft_id=None, request_id=request_id)
        )
        await self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    async def end(self, draft_id: int) -> None:
        """End a draft that became something else, which holds its files by now."""
        await self._let_go(brought_files.c.draft_id == draft_id)
        await self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))

    async def forget(self, *, untouched_since: datetime, dropped_before: datetime) -> int:
        """Forget old drafts with the files that nothing else holds, and return how many."""
        found = await self._connection.execute(
            select(drafts.c.id).where(
                (drafts.c.touched_at < untouched_since) | (drafts.c.dropped_at < dropped_before)
            )
        )
        ids = list(found.scalars())
        await self._let_go(brought_files.c.draft_id.in_(ids))
        await self._connection.execute(delete(drafts).where(drafts.c.id.in_(ids)))
        return len(ids)

    async def _let_go(self, held: ColumnElement[bool]) -> None:
        gone = await self._connection.execute(
            delete(brought_files).where(held).returning(brought_files.c.sha256)
        )
        await self._forget_contents(frozenset(gone.scalars()))

    async def _forget_contents(self, hashes: Collection[str]) -> None:
        if not hashes:
            return
        is_held = exists().where(brought_files.c.sha256 == contents.c.sha256)
        is_paper = exists().where(petition_files.c.sha256 == contents.c.sha256)
        is_document = exists().where(document_versions.c.sha256 == contents.c.sha256)
        await self._connection.execute(
            delete(contents).where(contents.c.sha256.in_(hashes), ~is_held, ~is_document, ~is_paper)
        )
