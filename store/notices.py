"""Notices: what was published, to whom, and how far their audience has been read."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.messages import Message
from domain.notices import Audience, AudienceKind, Notice, NoticeClass, NoticeKind, NoticeState
from domain.topics import TOPIC_OF
from domain.trials import Reach
from store.lists import among
from store.rows import AnyRow
from store.tables.outbox import notices
from store.upserts import insert_for


class Notices:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.has_published = False

    async def publish(
        self,
        tenant_id: int,
        *,
        notice_class: NoticeClass,
        kind: NoticeKind,
        audience: Audience,
        content: Mapping[str, Message],
        created_by: str,
        session_id: int | None = None,
        expires_at: datetime | None = None,
        idempotency_key: str | None = None,
        reach: Reach = Reach.EVERYONE,
    ) -> int | None:
        """Store a notice whose audience is to be read, and return its id.

        None when one with this `idempotency_key` stands already.
        """
        made = await self._connection.execute(
            insert_for(self._connection, notices)
            .values(
                tenant_id=tenant_id,
                notice_class=notice_class,
                kind=kind,
                audience_kind=audience.kind,
                audience_ref=audience.ref,
                content={language: said.to_json() for language, said in content.items()},
                created_at=self._clock.now(),
                created_by=created_by,
                session_id=session_id,
                expires_at=expires_at,
                state=NoticeState.EXPANDING,
                idempotency_key=idempotency_key,
                reach=reach,
            )
            .on_conflict_do_nothing()
            .returning(notices.c.id)
        )
        notice_id: int | None = made.scalar_one_or_none()
        self.has_published |= notice_id is not None
        return notice_id

    async def by_id(self, notice_id: int) -> Notice | None:
        found = await self._connection.execute(select(notices).where(notices.c.id == notice_id))
        row = found.one_or_none()
        return _notice(row) if row else None

    async def by_ids(self, notice_ids: Sequence[int]) -> list[Notice]:
        found = await self._connection.execute(
            select(notices).where(among(self._connection, notices.c.id, notice_ids))
        )
        return [_notice(row) for row in found]

    async def lately(self, like: Notice, *, since: datetime, most: int = 1000) -> list[int]:
        """Return the ids of other notices that inform of the same topic, the newest first."""
        alike = [kind for kind, topic in TOPIC_OF.items() if topic is TOPIC_OF[like.kind]]
        found = await self._connection.execute(
            select(notices.c.id)
            .where(notices.c.notice_class == NoticeClass.INFORMATIONAL)
            .where(notices.c.kind.in_(alike), notices.c.created_at > since)
            .where(notices.c.id != like.id)
            .order_by(notices.c.id.desc())
            .limit(most)
        )
        return [row.id for row in found]

    async def of_session(self, session_id: int) -> list[Notice]:
        found = await self._connection.execute(
            select(notices).where(notices.c.session_id == session_id).order_by(notices.c.id)
        )
        return [_notice(row) for row in found]

    async def recent(
        self,
        *,
        most: int = 50,
        before: int | None = None,
        created_by: str | None = None,
        is_personal: bool | None = None,
    ) -> list[Notice]:
        """Return the newest notices: `before` an id, to read on, and of whoever published them.

        `is_personal`: only those for one person, or only those for more.
        """
        query = select(notices).order_by(notices.c.id.desc()).limit(most)
        if before is not None:
            query = query.where(notices.c.id < before)
        if created_by is not None:
            query = query.where(notices.c.created_by == created_by)
        if is_personal is not None:
            is_one = notices.c.audience_kind == AudienceKind.PERSON
            query = query.where(is_one if is_personal else ~is_one)
        found = await self._connection.execute(query)
        return [_notice(row) for row in found]

    async def expanding(self) -> list[int]:
        """Return the ids of notices whose audience has not been read to its end."""
        found = await self._connection.execute(
            select(notices.c.id)
            .where(notices.c.state == NoticeState.EXPANDING, notices.c.paused_at.is_(None))
            .order_by(notices.c.id)
        )
        return [row.id for row in found]

    async def expanded_to(self, notice_id: int) -> int | None:
        """Return how far an audience has been read, and keep others from going on meanwhile.

        None when it has been read to its end, while it is paused, or while somebody else goes on
        with it.
        """
        found = await self._connection.execute(
            select(notices.c.expanded_to)
            .where(notices.c.id == notice_id, notices.c.state == NoticeState.EXPANDING)
            .where(notices.c.paused_at.is_(None))
            .with_for_update(skip_locked=True)
        )
        return found.scalar_one_or_none()

    async def expand_to(self, notice_id: int, person_id: int) -> None:
        await self._connection.execute(
            update(notices).where(notices.c.id == notice_id).values(expanded_to=person_id)
        )

    async def finish_expanding(self, notice_id: int) -> None:
        await self._connection.execute(
            update(notices).where(notices.c.id == notice_id).values(state=NoticeState.EXPANDED)
        )


def _notice(row: AnyRow) -> Notice:
    return Notice(
        id=row.id,
        notice_class=row.notice_class,
        kind=row.kind,
        audience=Audience(row.audience_kind, row.audience_ref),
        content={language: Message.from_json(said) for language, said in row.content.items()},
        created_at=row.created_at,
        session_id=row.session_id,
        expires_at=row.expires_at,
        state=row.state,
        reach=row.reach,
        created_by=row.created_by,
    )
