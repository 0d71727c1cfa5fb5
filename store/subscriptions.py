"""The keys of the browsers that asked to be told; their addresses only name them."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.subscriptions import Subscription
from store.tables.subscriptions import push_subscriptions
from store.upserts import insert_for


class Subscriptions:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def keep(self, subscription: Subscription) -> None:
        """Keep a browser's subscription, or its new keys."""
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
        statement = insert_for(self._connection, push_subscriptions).values(
            name=subscription.name,
            endpoint=subscription.endpoint,
            added_at=self._clock.now(),
            **keys,
        )
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_=keys)
        )

    async def by_name(self, name: str) -> Subscription | None:
        found = await self._connection.execute(
            select(
                push_subscriptions.c.endpoint,
                push_subscriptions.c.p256dh,
                push_subscriptions.c.auth,
            ).where(push_subscriptions.c.name == name)
        )
        row = found.one_or_none()
        return Subscription(*row) if row else None

    async def forget(self, name: str) -> None:
        await self._connection.execute(
            delete(push_subscriptions).where(push_subscriptions.c.name == name)
        )
