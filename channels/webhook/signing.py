"""By which a system knows that a webhook is ours, and of now: HMAC-SHA256 of instant and body."""

import hashlib
import hmac
from datetime import datetime

SIGNATURE = "Beffroi-Signature"
DELIVERY = "Beffroi-Delivery"
KIND = "Beffroi-Kind"


def signature(secrets: tuple[str, ...], at: datetime, body: bytes) -> str:
    """Return the header's value, `t=SECONDS,v1=HEX`: what is signed is `SECONDS.BODY`.

    While a secret is being changed there are two `v1`, the newer first.
    """
    seconds = int(at.timestamp())
    signed = f"{seconds}.".encode() + body
    proofs = [hmac.new(secret.encode(), signed, hashlib.sha256) for secret in secrets]
    return ",".join([f"t={seconds}", *(f"v1={proof.hexdigest()}" for proof in proofs)])
