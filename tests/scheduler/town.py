"""A commune to send to: people with addresses, and notices for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Row

from domain.addresses import Channel
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from store.connecting import Store
from store.tables.outbox import deliveries, delivery_events
from store.tables.people import addresses, people

EVERYONE = Audience(AudienceKind.EVERYONE)
WORDS = {
    "fr": Message("Le conseil se réunit jeudi.", "fr"),
    "ar": Message("يجتمع المجلس يوم الخميس.", "ar"),
}


async def commune(store: Store) -> int:
    """Found a commune and return its id."""
    async with store.unit() as unit:
        return await unit.bodies.found(
            slug="ain-chock",
            names={"fr": "Aïn Chock"},
            rule_pack="ma",
            zone="Africa/Casablanca",
            population=377_000,
        )


async def settle(store: Store, tenant_id: int, count: int, channel: Channel) -> None:
    """Let `count` people live there, each with one verified address on a channel."""
    async with store.unit() as unit:
        last = await unit.connection.execute(select(people.c.id).order_by(people.c.id.desc()))
        first = (last.scalars().first() or 0) + 1
        ids = range(first, first + count)
        await unit.connection.execute(
            insert(people),
            [
                {"id": n, "tenant_id": tenant_id, "name": f"P{n}", "language": ("fr", "ar")[n % 2]}
                for n in ids
            ],
        )
        await unit.connection.execute(
            insert(addresses),
            [
                {
                    "person_id": n,
                    "channel": channel,
                    "value": address_of(n, channel),
                    "verified_at": unit.clock.now(),
                }
                for n in ids
            ],
        )


def address_of(person_id: int, channel: Channel) -> str:
    return f"p{person_id}@example.ma" if channel is Channel.EMAIL else str(person_id)


async def publish(
    store: Store,
    tenant_id: int,
    *,
    notice_class: NoticeClass = NoticeClass.INFORMATIONAL,
    audience: Audience = EVERYONE,
    content: Mapping[str, Message] | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Publish a notice, and return its id."""
    async with store.unit() as unit:
        notice_id = await unit.notices.publish(
            tenant_id,
            notice_class=notice_class,
            kind=NoticeKind.ANNOUNCEMENT,
            audience=audience,
            content=content or WORDS,
            created_by="clerk",
            expires_at=expires_at,
        )
    assert notice_id is not None
    return notice_id


async def rows(store: Store) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return every delivery, oldest first."""
    query = select(deliveries).order_by(deliveries.c.id)
    async with store.reading() as unit:
        return (await unit.connection.execute(query)).all()


async def events(store: Store) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return everything that was noted of deliveries, oldest first."""
    query = select(delivery_events).order_by(delivery_events.c.id)
    async with store.reading() as unit:
        return (await unit.connection.execute(query)).all()
