"""Saying who we are to a push service: a signed word for each, kept while it holds (RFC 8292)."""

import base64
import json
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.clock import Clock
from domain.outgoing import origin

LASTS = timedelta(hours=12)  # RFC 8292, 2: at most 24 hours; clocks differ
RENEWED = timedelta(hours=1)  # before its end
MOST_KEPT = 256  # push services; there are a handful, and anybody can name more
KEY_BYTES = 32


class Signer:
    """Signs with our private key. Raises ValueError when the key is none."""

    def __init__(self, private_key: str, contact: str, clock: Clock) -> None:
        number = int.from_bytes(base64.urlsafe_b64decode(private_key + "="))
        self._key = ec.derive_private_key(number, ec.SECP256R1())
        self._contact = contact
        self._clock = clock
        self._kept: dict[str, tuple[str, datetime]] = {}
        self.public_key = _public(self._key)

    def authorization(self, endpoint: str) -> str:
        """Return the header's value for a push service; `endpoint` is any address of it."""
        audience, now = origin(endpoint), self._clock.now()
        word, expires_at = self._kept.get(audience, ("", now))
        if expires_at - now <= RENEWED:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            expires_at = now + LASTS
            word = self._signed(audience, expires_at)
            self._kept[audience] = word, expires_at
        return f"vapid t={word}, k={self.public_key}"

    def forget(self, endpoint: str) -> None:
        """Sign anew the next time: the push service did not like the word it had."""
        self._kept.pop(origin(endpoint), None)

    def _signed(self, audience: str, expires_at: datetime) -> str:
        claims = {"aud": audience, "exp": int(expires_at.timestamp()), "sub": self._contact}
        text = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
        r, s = decode_dss_signature(self._key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{text}.{_text(r.to_bytes(KEY_BYTES) + s.to_bytes(KEY_BYTES))}"


def new_keys() -> tuple[str, str]:
    """Make a key, and return its private and its public half, as browsers write them."""
    key = ec.generate_private_key(ec.SECP256R1())
    number = key.private_numbers().private_value
    return _text(number.to_bytes(KEY_BYTES)), _public(key)


def _public(key: ec.EllipticCurvePrivateKey) -> str:
    return _text(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _json(value: object) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
