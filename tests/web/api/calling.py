"""Another system that calls the API of a town, with a token of somebody's."""

from dataclasses import dataclass
from typing import Any

import httpx
from litestar.testing import AsyncTestClient

from actions.systems.entrusting import entrust
from domain.actors import OPERATOR
from domain.tokens import Scope, TokenKind
from tests.town import Town
from web.watching import Watched

API = "/api/v1"
HALL = {"title": "Fermeture", "text": "La mairie est fermée demain."}
NOTICE = {
    "audience": {"kind": "body", "ref": "council"},
    "content": {"fr": HALL, "ar": HALL, "en": HALL},
}
EVERY = frozenset(Scope)


@dataclass(slots=True)
class System:
    """One that brings its token with each call, if it has one."""

    client: AsyncTestClient[Watched]
    secret: str = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} if self.secret else {}

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.client.get(API + path, params=query, headers=self.headers)

    async def post(self, path: str, said: Any = None, **headers: str) -> httpx.Response:
        return await self.client.post(API + path, json=said, headers=self.headers | headers)

    async def put(self, path: str, said: Any) -> httpx.Response:
        return await self.client.put(API + path, json=said, headers=self.headers)

    async def delete(self, path: str) -> httpx.Response:
        return await self.client.delete(API + path, headers=self.headers)

    async def publishes(self, key: str, notice: Any = NOTICE) -> httpx.Response:
        return await self.post("/notices", notice, **{"Idempotency-Key": key})


async def system_of(
    town: Town,
    client: AsyncTestClient[Watched],
    owner_id: int,
    *scopes: Scope,
    kind: TokenKind = TokenKind.LIVE,
    name: str = "site",
) -> System:
    """Return a system with a token of somebody's, for everything where no scope is named."""
    async with town.store.unit() as unit:
        _, secret = await entrust(unit, name, owner_id, scopes or EVERY, kind=kind, actor=OPERATOR)
    return System(client, secret)
