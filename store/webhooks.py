"""The other systems that hear what the council publishes, and what they are told."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from domain.deliveries import State
from domain.documents import Visibility
from domain.messages import Message
from domain.notices import OF_A_BODY, Notice, NoticeKind
from domain.preferences import Reason
from domain.trials import Reach
from domain.webhooks import Bulletin, Webhook
from store.outbox import CHUNK, URGENCIES, Ready
from store.rows import AnyRow, value_of
from store.tables.council import agenda_items, document_versions, documents, sessions
from store.tables.outbox import deliveries, notices
from store.tables.people import bodies
from store.tables.subscriptions import webhooks
from store.upserts import insert_for

WEBHOOK = select(*(webhooks.c[name] for name in Webhook.__slots__)).order_by(webhooks.c.name)
EVERY_LANGUAGE = "mul"  # ISO 639-2, for what is told in all of them at once
OF_SESSION = (
    select(bodies.c.key)
    .join(sessions, sessions.c.body_id == bodies.c.id)
    .where(sessions.c.id == notices.c.session_id)
    .scalar_subquery()
)


class Webhooks:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self.ready: list[Ready] = []

    async def add(self, tenant_id: int, webhook: Webhook) -> bool:
        """Register a system, and say whether its name was free."""
        added = await self._connection.execute(
            insert_for(self._connection, webhooks)
            .values(tenant_id=tenant_id, added_at=self._clock.now(), **_columns(webhook))
            .on_conflict_do_nothing()
            .returning(webhooks.c.id)
        )
        return added.one_or_none() is not None

    async def all(self) -> list[Webhook]:
        return [_webhook(row) for row in await self._connection.execute(WEBHOOK)]

    async def by_name(self, name: str, *, to_change: bool = False) -> Webhook | None:
        """Return a system; `to_change`: nobody else changes it until this unit ends."""
        query = WEBHOOK.where(webhooks.c.name == name)
        found = await self._connection.execute(query.with_for_update() if to_change else query)
        row = found.one_or_none()
        return _webhook(row) if row else None

    async def change(self, webhook: Webhook) -> None:
        await self._connection.execute(
            update(webhooks).where(webhooks.c.name == webhook.name).values(**_columns(webhook))
        )

    async def remove(self, name: str) -> bool:
        gone = await self._connection.execute(delete(webhooks).where(webhooks.c.name == name))
        return gone.rowcount == 1

    async def tell(self, notice: Notice) -> int:
        """Put a notice for the systems that hear of it, and return how many deliveries that makes.

        Nothing goes to one that is suspended, nor when the notice does not go to everyone; that it
        would have is kept.
        """
        wanting = await self._wanting(notice)
        if not wanting:
            return 0
        kept_back = None if notice.reach is Reach.EVERYONE else Reason.TRIAL
        told = {one.name for one in wanting if one.is_live and not kept_back}
        chunk_id = await self._chunk(notice) if told else None
        rows = [
            self._delivery(notice, one, chunk_id, Reason.CHOSEN)
            if one.name in told
            else self._delivery(notice, one, None, kept_back or Reason.QUARANTINED)
            for one in wanting
        ]
        await self._connection.execute(insert(deliveries), rows)
        return len(rows)

    async def _chunk(self, notice: Notice) -> int:
        urgency, now = URGENCIES[notice.notice_class], self._clock.now()
        made = await self._connection.execute(
            CHUNK, {"channel": Channel.WEBHOOK, "urgency": urgency, "due_at": now}
        )
        chunk_id = int(made.scalar_one())
        self.ready.append(Ready(chunk_id, Channel.WEBHOOK, urgency, now))
        return chunk_id

    def _delivery(
        self, notice: Notice, webhook: Webhook, chunk_id: int | None, reason: Reason
    ) -> dict[str, Any]:
        now = self._clock.now()
        return {
            "chunk_id": chunk_id,
            "notice_id": notice.id,
            "channel": Channel.WEBHOOK,
            "address": webhook.name,
            "language": EVERY_LANGUAGE,
            "reason": reason,
            "state": State.QUEUED if chunk_id else State.SUPPRESSED,
            "queued_at": now,
            "due_at": now,
            "expires_at": notice.expires_at,
        }

    async def _wanting(self, notice: Notice) -> list[Webhook]:
        """Return the systems that hear of a notice, suspended ones among them."""
        found = await self._connection.execute(select(OF_SESSION).where(notices.c.id == notice.id))
        body_key = found.scalar_one_or_none()
        if notice.audience.kind in OF_A_BODY:
            body_key = notice.audience.ref
        return [
            one
            for one in await self.all()
            if one.wants(notice.kind, notice.audience.kind, body_key)
        ]

    async def bulletin(self, delivery_id: int) -> Bulletin | None:
        """Return what a delivery's notice says; None when it carries none."""
        found = await self._connection.execute(
            select(notices, OF_SESSION.label("body_key"))
            .join(deliveries, deliveries.c.notice_id == notices.c.id)
            .where(deliveries.c.id == delivery_id)
        )
        row = found.one_or_none()
        if row is None:
            return None
        return Bulletin(
            kind=row.kind,
            content={language: Message.from_json(said) for language, said in row.content.items()},
            notice_id=row.id,
            notice_class=row.notice_class,
            published_at=row.created_at,
            body_key=row.audience_ref if row.audience_kind in OF_A_BODY else row.body_key,
            session_id=row.session_id,
            public_files=await self._public_files(row.session_id),
            is_closed=row.kind is NoticeKind.CONVOCATION
            and await self._names_closed_items(row.session_id),
        )

    async def _public_files(self, session_id: int | None) -> frozenset[str]:
        found = await self._connection.execute(
            select(document_versions.c.sha256)
            .join(documents, documents.c.id == document_versions.c.document_id)
            .where(documents.c.session_id == session_id)
            .where(documents.c.visibility == Visibility.PUBLIC)
        )
        return frozenset(found.scalars())

    async def _names_closed_items(self, session_id: int | None) -> bool:
        closed = (agenda_items.c.session_id == session_id) & agenda_items.c.is_public.is_(False)
        found = await self._connection.execute(select(exists().where(closed)))
        return bool(found.scalar_one())


def _columns(webhook: Webhook) -> dict[str, object]:
    plain: dict[str, object] = asdict(webhook)
    return {**plain, "kinds": sorted(webhook.kinds), "bodies": sorted(webhook.bodies)}


def _webhook(row: AnyRow) -> Webhook:
    kinds: Sequence[str] = row.kinds
    return value_of(
        Webhook,
        row,
        kinds=frozenset(NoticeKind(kind) for kind in kinds),
        bodies=frozenset(row.bodies),
    )
