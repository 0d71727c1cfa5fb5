"""A device that holds passkeys, in a few lines: what a telephone answers, made as the W3C says."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40  # flags of authenticator data
ES256 = -7


@dataclass(slots=True)
class Device:
    """`origin` is the page it believes to be on; `uses` is its own count."""

    origin: str
    is_unlocked: bool = True
    uses: int = 0
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def makes(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`."""
        point = self.key.public_key().public_numbers()
        public = {
            1: 2,
            3: ES256,
            -1: 1,
            -2: point.x.to_bytes(32, "big"),
            -3: point.y.to_bytes(32, "big"),
        }
        length = len(self.credential).to_bytes(2, "big")
        held = bytes(16) + length + self.credential + cbor2.dumps(public)
        data = self._data(options["rp"]["id"], HAS_KEY) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(clientDataJSON=client, attestationObject=attested)

    def signs(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.get`."""
        self.uses += 1
        data = self._data(options["rpId"], 0)
        client = self._client("webauthn.get", options["challenge"])
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _data(self, party: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.is_unlocked else 0)
        named = hashlib.sha256(party.encode()).digest()
        return named + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, **response: bytes) -> str:
        return json.dumps(
            {
                "id": encoded(self.credential),
                "rawId": encoded(self.credential),
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {name: encoded(value) for name, value in response.items()},
            }
        )


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))
