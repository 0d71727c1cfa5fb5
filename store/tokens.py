"""The tokens of other systems, known by their hash alone, and what was asked for with them."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.clock import Clock
from domain.tokens import Scope, Token, TokenKind
from store.rows import AnyRow, value_of
from store.tables.web import token_requests, tokens
from store.upserts import insert_for

TOKEN = select(*(tokens.c[name] for name in Token.__slots__))
KEPT = timedelta(days=7)  # how long asking again under the same key is known as such


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for under a key before: its hash, and the notice it became."""

    sha256: str
    notice_id: int | None


class Tokens:
    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    async def add(
        self,
        secret: str,
        *,
        name: str,
        kind: TokenKind,
        scopes: Collection[Scope],
        owner_id: int,
        expires_at: datetime,
    ) -> Token | None:
        """Keep a token, and return it; None when its name is, or was, another's."""
        made = await self._connection.execute(
            insert_for(self._connection, tokens)
            .values(
                sha256=_digest(secret),
                name=name,
                kind=kind,
                scopes=sorted(scopes),
                owner_id=owner_id,
                made_at=self._clock.now(),
                expires_at=expires_at,
            )
            .on_conflict_do_nothing()
            .returning(tokens.c.id)
        )
        return await self.named(name) if made.one_or_none() else None

    async def by_secret(self, secret: str) -> Token | None:
        return await self._one(tokens.c.sha256 == _digest(secret))

    async def named(self, name: str) -> Token | None:
        return await self._one(tokens.c.name == name)

    async def all(self) -> list[Token]:
        return [_token(row) for row in await self._connection.execute(TOKEN.order_by(tokens.c.id))]

    async def see(self, token_id: int) -> None:
        """Note that a token was used."""
        await self._set(token_id, used_at=self._clock.now())

    async def revoke(self, token_id: int) -> None:
        await self._set(token_id, revoked_at=self._clock.now())

    async def ask(self, token_id: int, key: str, sha256: str) -> Asked | None:
        """Take a key, and return None; where it is taken, return what it was taken for.

        Whoever asks under the same key at the same time waits. Old keys are forgotten.
        """
        now = self._clock.now()
        await self._connection.execute(
            delete(token_requests).where(token_requests.c.made_at < now - KEPT)
        )
        taken = await self._connection.execute(
            insert_for(self._connection, token_requests)
            .values(token_id=token_id, key=key, sha256=sha256, made_at=now)
            .on_conflict_do_nothing()
            .returning(token_requests.c.key)
        )
        if taken.one_or_none():
            return None
        found = await self._connection.execute(
            select(token_requests.c.sha256, token_requests.c.notice_id).where(
                token_requests.c.token_id == token_id, token_requests.c.key == key
            )
        )
        return value_of(Asked, found.one())

    async def answer(self, token_id: int, key: str, notice_id: int) -> None:
        """Keep what was made of what was asked for under a key."""
        await self._connection.execute(
            update(token_requests)
            .where(token_requests.c.token_id == token_id, token_requests.c.key == key)
            .values(notice_id=notice_id)
        )

    async def _set(self, token_id: int, **values: datetime) -> None:
        await self._connection.execute(
            update(tokens).where(tokens.c.id == token_id).values(**values)
        )

    async def _one(self, condition: ColumnElement[bool]) -> Token | None:
        row = (await self._connection.execute(TOKEN.where(condition))).one_or_none()
        return _token(row) if row else None


def _token(row: AnyRow) -> Token:
    return value_of(Token, row, scopes=frozenset(Scope(scope) for scope in row.scopes))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
