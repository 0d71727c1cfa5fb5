"""Entrusting other systems with tokens: made, revoked, and known again when they are brought."""

import re
import secrets
from collections.abc import Collection
from datetime import timedelta

from actions.meetings import tenant, today
from actions.records.noting import note
from domain.actors import Actor
from domain.errors import Refused
from domain.people import Person
from domain.rights import Act, require
from domain.tokens import LASTS, PREFIX, SEEN_EVERY, Scope, Token, TokenKind
from store.unit import Unit

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SECRET_BYTES = 32


async def entrust(
    unit: Unit,
    name: str,
    owner_id: int,
    scopes: Collection[Scope],
    *,
    kind: TokenKind = TokenKind.LIVE,
    lasts: timedelta = LASTS,
    actor: Actor,
) -> tuple[Token, str]:
    """Make a token, and return it with its secret, which nobody can be told again.

    What it may do is what its owner may at that moment, as far as its scopes go. Whoever makes one
    in a page makes it for themselves. Raises Refused when the name is none, or was used before.
    """
    require(actor, Act.CONNECT)
    if actor.person is not None and actor.person.id != owner_id:
        raise Refused("token.not_yours")
    if not NAME.fullmatch(name):
        raise Refused("token.no_name", name=name)
    if not scopes:
        raise Refused("token.no_scope", known=list(Scope))
    if await unit.people.by_id(owner_id, on=today(unit.clock, await tenant(unit))) is None:
        raise Refused("token.unknown_owner", owner=str(owner_id))
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = await unit.tokens.add(
        secret,
        name=name,
        kind=kind,
        scopes=scopes,
        owner_id=owner_id,
        expires_at=unit.clock.now() + lasts,
    )
    if token is None:
        raise Refused("token.taken", name=name)
    facts = {"kind": kind, "scopes": sorted(scopes), "owner": owner_id}
    await note(unit, actor, "make_token", f"token:{name}", **facts)
    return token, secret


async def entrusted(unit: Unit, *, actor: Actor) -> list[Token]:
    """Return all tokens there are or were, the oldest first."""
    require(actor, Act.CONNECT)
    return await unit.tokens.all()


async def revoke(unit: Unit, name: str, *, actor: Actor) -> bool:
    """Let a token open nothing any more, from now on; False when it did not before."""
    require(actor, Act.CONNECT)
    token = await unit.tokens.named(name)
    if token is None:
        raise Refused("token.unknown", name=name)
    if not token.is_live(unit.clock.now()):
        return False
    await unit.tokens.revoke(token.id)
    await note(unit, actor, "revoke_token", f"token:{name}")
    return True


async def bearer(unit: Unit, secret: str) -> tuple[Token, Person] | None:
    """Return the token of this secret and its owner as they are today; None once it is over."""
    token = await unit.tokens.by_secret(secret)
    if token is None or not token.is_live(unit.clock.now()):
        return None
    owner = await unit.people.by_id(token.owner_id, on=today(unit.clock, await tenant(unit)))
    return (token, owner) if owner else None


def is_to_be_seen(token: Token, unit: Unit) -> bool:
    """Say whether it is long enough ago that a token's use was kept."""
    return token.used_at is None or unit.clock.now() - token.used_at >= SEEN_EVERY
