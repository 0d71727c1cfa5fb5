"""OpenID Connect: staff are vouched for by the town hall's own accounts (Core 1.0, with PKCE)."""

import hashlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from domain.errors import Refused
from domain.openid import Relying

PATIENCE = aiohttp.ClientTimeout(total=10)
LEEWAY = 60  # seconds that clocks may differ
SIGNED_BY = ("RS256", "PS256", "ES256", "EdDSA")  # never none, never with our own secret
WELL_KNOWN = "/.well-known/openid-configuration"
MALFORMED = (JoseError, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking: what only this browser and we know of it. `back` is where the answer comes."""

    state: str
    nonce: str
    verifier: str
    back: str


@dataclass(frozen=True, slots=True)
class OpenId:
    """A provider. What it says of itself is asked for at each sign-in: it may change its keys."""

    of: Relying

    async def leading(self, asked: Asked) -> str:
        """Return where to lead a browser to be vouched for; raise Refused when it is away."""
        told = await self._told()
        challenge = hashlib.sha256(asked.verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.of.client_id,
            "redirect_uri": asked.back,
            "scope": "openid email",
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{told['authorization_endpoint']}?{urlencode(query)}"

    async def email(self, asked: Asked, code: str, now: datetime) -> str | None:
        """Return the verified e-mail address of whom a code vouches for; None when it proves none.

        Raises Refused when the provider is away.
        """
        told = await self._told()
        answer = await self._redeemed(str(told["token_endpoint"]), asked, code)
        keys = await self._asked_for(str(told["jwks_uri"]))
        try:
            claims = self._claims(str(answer["id_token"]), keys, asked, now)
        except MALFORMED:
            return None
        email = claims.get("email")
        is_sure = claims.get("email_verified") is True and isinstance(email, str)
        return str(email) if is_sure and self._is_believed(str(email)) else None

    def _claims(
        self, token: str, keys: Mapping[str, Any], asked: Asked, now: datetime
    ) -> Mapping[str, Any]:
        """Return what an ID token says; raise where it is not for us, now, and this asking."""
        read = jwt.decode(token, KeySet.import_key_set({"keys": keys["keys"]}), SIGNED_BY)
        claims: dict[str, Any] = read.claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.of.issuer},
            aud={"essential": True, "value": self.of.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": asked.nonce},
        ).validate(claims)
        if claims.get("azp", self.of.client_id) != self.of.client_id:
            raise ValueError("it was made for another program")
        return claims

    def _is_believed(self, email: str) -> bool:
        domain = email.rpartition("@")[2].lower()
        return not self.of.domains or domain in self.of.domains

    async def _told(self) -> Mapping[str, Any]:
        """Return what the provider says of itself (OpenID Connect Discovery 1.0, 4)."""
        told = await self._asked_for(self.of.issuer + WELL_KNOWN)
        if told.get("issuer") != self.of.issuer:
            raise Refused("openid.away")
        return told

    async def _asked_for(self, address: str) -> Mapping[str, Any]:
        return await _answer("GET", address)

    async def _redeemed(self, address: str, asked: Asked, code: str) -> Mapping[str, Any]:
        """Return what a code is worth: an error is an answer as well, with no token in it."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked.back,
            "code_verifier": asked.verifier,
        }
        us = f"{quote(self.of.client_id, '')}:{quote(self.of.client_secret, '')}"  # RFC 6749, 2.3.1
        proof = {"Authorization": f"Basic {b64encode(us.encode()).decode()}"}
        return await _answer("POST", address, data=form, headers=proof)


async def _answer(method: str, address: str, **more: Any) -> Mapping[str, Any]:
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.request(method, address, allow_redirects=False, **more) as response,
        ):
            answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Refused("openid.away") from error
    if not isinstance(answer, dict):
        raise Refused("openid.away")
    return answer
