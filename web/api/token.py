"""The token that calls: what it is, and whose. A first call that any of them may make."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.handlers import HTTPRouteHandler
from msgspec import Meta, Struct

from domain.tokens import Scope, TokenKind
from web.api.bearers import AnyRequest, Gate, bearer_of


class TokenShown(Struct, frozen=True):
    """A token, without its secret."""

    name: str
    kind: Annotated[
        TokenKind,
        Meta(description="Of team, notices reach the staff alone; of test, nobody."),
    ]
    scopes: list[Scope]
    owner: Annotated[str, Meta(description="Whose rights bound it.")]
    expires_at: datetime


def routes(gate: Gate) -> list[HTTPRouteHandler]:
    @get("/token", tags=["Token"], summary="Show the token that calls", **gate.reading())
    async def token(request: AnyRequest) -> TokenShown:
        found = bearer_of(request)
        return TokenShown(
            found.token.name,
            found.token.kind,
            sorted(found.token.scopes),
            found.owner.name,
            found.token.expires_at,
        )

    return [token]
