"""Passkeys, and the challenges that a browser is to sign with one: once, and soon."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.passkeys import NewKey, Passkey
from store.rows import value_of
from store.tables.passkeys import challenges, passkeys
from store.upserts import insert_for

PASSKEY = select(*(passkeys.c[name] for name in Passkey.__slots__))


class Passkeys:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def ask(self, challenge: bytes, browser: str, *, lasts: timedelta) -> None:
        """Remember what a browser is to sign; what has run out is forgotten."""
        now = self._clock.now()
        await self._connection.execute(delete(challenges).where(challenges.c.expires_at <= now))
        await self._connection.execute(
            insert(challenges).values(
                sha256=_digest(challenge), browser=browser, expires_at=now + lasts
            )
        )

    async def answer(self, challenge: bytes, browser: str) -> bool:
        """Use a challenge up, and say whether it was this browser's and is still good."""
        found = await self._connection.execute(
            delete(challenges).where(
                challenges.c.sha256 == _digest(challenge),
                challenges.c.browser == browser,
                challenges.c.expires_at > self._clock.now(),
            )
        )
        return found.rowcount > 0

    async def add(self, person_id: int, key: NewKey, *, name: str) -> bool:
        """Keep a person's key, and say whether it was new."""
        made = await self._connection.execute(
            insert_for(self._connection, passkeys)
            .values(
                person_id=person_id,
                credential=key.credential,
                public_key=key.public_key,
                uses=key.uses,
                name=name,
                made_at=self._clock.now(),
            )
            .on_conflict_do_nothing(index_elements=["credential"])
            .returning(passkeys.c.id)
        )
        return made.scalar_one_or_none() is not None

    async def by_credential(self, credential: str) -> Passkey | None:
        """Return a key by its device's name for it, and keep others from using it meanwhile."""
        found = await self._connection.execute(
            PASSKEY.where(passkeys.c.credential == credential).with_for_update()
        )
        row = found.one_or_none()
        return value_of(Passkey, row) if row else None

    async def of_person(self, person_id: int) -> Sequence[Passkey]:
        """Return a person's keys, the newest first."""
        found = await self._connection.execute(
            PASSKEY.where(passkeys.c.person_id == person_id).order_by(passkeys.c.id.desc())
        )
        return [value_of(Passkey, row) for row in found]

    async def use(self, passkey: Passkey, *, uses: int) -> None:
        """Note that a key was used, and how often its device says it was."""
        await self._connection.execute(
            update(passkeys)
            .where(passkeys.c.id == passkey.id)
            .values(uses=uses, used_at=self._clock.now())
        )

    async def remove(self, person_id: int, passkey_id: int) -> bool:
        """Forget a key of this person, and say whether there was one."""
        gone = await self._connection.execute(
            delete(passkeys).where(passkeys.c.id == passkey_id, passkeys.c.person_id == person_id)
        )
        return gone.rowcount > 0


def _digest(challenge: bytes) -> str:
    return hashlib.sha256(challenge).hexdigest()
