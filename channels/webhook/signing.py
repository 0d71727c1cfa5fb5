"""By which a system knows that a webhook is ours, and of now: HMAC-SHA256 of instant and body."""

import hashlib
import hmac
from datetime import datetime

SIGNATURE = "Beffroi-Signature"
DELIVERY = "Beffroi-Delivery"
KIND = "Beffroi-Kind"


def signature(secret: str, at: datetime, body: bytes) -> str:
    """Return the header's value, `t=SECONDS,v1=HEX`: what is signed is `SECONDS.BODY`."""
    seconds = int(at.timestamp())
    proof = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"t={seconds},v1={proof.hexdigest()}"
