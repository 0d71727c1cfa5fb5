"""Who calls: a system with a token, what it is for, and how often it may come."""

import math
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Guard

from actions.systems.entrusting import bearer, is_to_be_seen
from domain.access import Viewer
from domain.actors import Actor
from domain.people import Person
from domain.tokens import PREFIX, Scope, Token
from store.unit import Unit
from web.api.problems import READING, WRITING, Mistaken, answers
from web.pace import Pace
from web.site import Site

SECRET = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{20,100}}")
BEARER = "bearer "
SECURITY = "token"  # the name of how one proves who calls, in the description

AnyConnection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token that was brought, and whose it is."""

    token: Token
    owner: Person

    @property
    def actor(self) -> Actor:
        return self.token.actor(self.owner)

    async def viewer(self, unit: Unit) -> Viewer:
        """Return with whose eyes the council's work is looked at."""
        bodies = {body.key: body for body in await unit.bodies.all()}
        return Viewer(self.token.viewer(self.owner), bodies)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets in who brings a token, at a token's own pace."""

    site: Site
    pace: Pace

    def reading(self, *scopes: Scope) -> dict[str, Any]:
        """Return how a route is described and guarded that reads with these scopes."""
        return self._described(scopes, READING)

    def writing(self, *scopes: Scope, also: tuple[int, ...] = ()) -> dict[str, Any]:
        return self._described(scopes, (*WRITING, *also))

    def _described(self, scopes: tuple[Scope, ...], problems: tuple[int, ...]) -> dict[str, Any]:
        return {
            "guards": [self._needing(scopes)],
            "security": [{SECURITY: [scope.value for scope in scopes]}],
            "responses": answers(*problems),
        }

    def _needing(self, scopes: tuple[Scope, ...]) -> Guard:
        async def guard(connection: AnyConnection, _: BaseRouteHandler) -> None:
            found = await self._known(connection)
            require_pace(connection, self.pace, found.token.id)
            missing = [scope for scope in scopes if scope not in found.token.scopes]
            if missing:
                raise Mistaken(HTTPStatus.FORBIDDEN, "api.no_scope", scope=missing[0].value)
            connection.state.bearer = found

        return guard

    async def _known(self, connection: AnyConnection) -> Bearer:
        said = connection.headers.get("authorization", "")
        secret = said[len(BEARER) :] if said.lower().startswith(BEARER) else ""
        if SECRET.fullmatch(secret):
            async with self.site.store.reading() as unit:
                found = await bearer(unit, secret)
                is_seen = found is not None and is_to_be_seen(found[0], unit)
            if found and is_seen:
                async with self.site.store.unit() as unit:
                    await unit.tokens.see(found[0].id)
            if found:
                return Bearer(*found)
        raise Mistaken(HTTPStatus.UNAUTHORIZED)


def require_pace(
    connection: AnyConnection,
    pace: Pace,
    who: Hashable,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Count a call, and have the answer say how many are left; raise Mistaken when none is."""
    is_allowed = pace.allows(who)
    connection.state.headers = {**headers, **pace_headers(pace, who)}
    if not is_allowed:
        _, wait = pace.left(who)
        seconds = str(math.ceil(wait.total_seconds()))
        raise Mistaken(HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": seconds})


def pace_headers(pace: Pace, who: Hashable) -> dict[str, str]:
    """Return how many calls are left (draft-ietf-httpapi-ratelimit-headers)."""
    left, wait = pace.left(who)
    within = int(pace.within.total_seconds())
    return {
        "RateLimit-Policy": f'"calls";q={pace.most};w={within}',
        "RateLimit": f'"calls";r={max(left, 0)};t={math.ceil(wait.total_seconds())}',
    }


def bearer_of(request: AnyRequest) -> Bearer:
    """Return who calls a route that a gate guards."""
    found: Bearer = request.state.bearer
    return found
