"""One-time tokens that link a chat to a person; only their hash is kept."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.addresses import Channel
from domain.clock import Clock
from store.tables.talk import link_attempts, link_tokens
from store.upserts import insert_for


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Links:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def offer(self, person_id: int, token: str, *, lasts: timedelta) -> None:
        """Remember that whoever brings `token` in time is this person; older offers end."""
        now = self._clock.now()
        await self._connection.execute(
            delete(link_tokens).where(
                link_tokens.c.person_id == person_id, link_tokens.c.used_at.is_(None)
            )
        )
        await self._connection.execute(
            insert(link_tokens).values(
                sha256=digest(token), person_id=person_id, made_at=now, expires_at=now + lasts
            )
        )

    async def redeem(self, token: str) -> int | None:
        """Use a token up, and return whose it is; None when it is unknown, used or too old."""
        now = self._clock.now()
        found = await self._connection.execute(
            update(link_tokens)
            .where(link_tokens.c.sha256 == digest(token))
            .where(link_tokens.c.used_at.is_(None), link_tokens.c.expires_at > now)
            .values(used_at=now)
            .returning(link_tokens.c.person_id)
        )
        person_id: int | None = found.scalar_one_or_none()
        return person_id

    async def failures(self, channel: Channel, address: str, *, since: datetime) -> int:
        """Return how many wrong tokens an address has brought since an instant."""
        found = await self._connection.execute(
            select(link_attempts.c.failures).where(
                link_attempts.c.channel == channel,
                link_attempts.c.address == address,
                link_attempts.c.since >= since,
            )
        )
        return found.scalar_one_or_none() or 0

    async def fail(self, channel: Channel, address: str, *, since: datetime) -> None:
        """Count a wrong token; counts from before `since` are forgotten."""
        failures = await self.failures(channel, address, since=since)
        statement = insert_for(self._connection, link_attempts).values(
            channel=channel, address=address, failures=1, since=self._clock.now()
        )
        changes: dict[str, object] = {"failures": failures + 1}
        if not failures:
            changes["since"] = self._clock.now()
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["channel", "address"], set_=changes)
        )
