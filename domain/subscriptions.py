"""A browser that asked to be told: where its push service listens, and its keys (RFC 8291)."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from domain import outgoing
from domain.errors import Refused

AUTH_BYTES = 16  # RFC 8291, 3.2
POINT_BYTES = 65  # an uncompressed point of P-256, with its 4 in front
# The curve P-256 (FIPS 186-4, D.1.2.3): y² = x³ - 3x + B modulo P.
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


@dataclass(frozen=True, slots=True)
class Subscription:
    """`p256dh` is the browser's public point, `auth` the secret it shares with us."""

    endpoint: str
    p256dh: bytes
    auth: bytes

    @property
    def name(self) -> str:
        """Return a short name, the same whenever this browser comes: its address in the records."""
        digest = hashlib.sha256(self.endpoint.encode()).digest()
        return base64.urlsafe_b64encode(digest[:15]).decode()

    @classmethod
    def from_json(cls, plain: Any) -> Self:
        """Read what a browser's `PushSubscription.toJSON()` gives, or raise Refused."""
        keys = plain.get("keys") if isinstance(plain, Mapping) else None
        if not isinstance(keys, Mapping) or not isinstance(plain.get("endpoint"), str):
            raise Refused("push.no_subscription")
        p256dh, auth = _bytes(keys.get("p256dh")), _bytes(keys.get("auth"))
        if not _is_on_the_curve(p256dh) or len(auth) != AUTH_BYTES:
            raise Refused("push.wrong_keys")
        return cls(outgoing.checked(plain["endpoint"]), p256dh, auth)


def _bytes(value: object) -> bytes:
    """Return what base64url (or base64) text holds; nothing when it is none."""
    if not isinstance(value, str):
        return b""
    try:
        text = value.rstrip("=").encode().translate(bytes.maketrans(b"+/", b"-_"))
        return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""


def _is_on_the_curve(point: bytes) -> bool:
    if len(point) != POINT_BYTES or point[0] != 4:  # noqa: PLR2004 - uncompressed (SEC 1, 2.3.3)
        return False
    x, y = int.from_bytes(point[1:33]), int.from_bytes(point[33:])
    return max(x, y) < P and (y * y - (x * x * x - 3 * x + B)) % P == 0
