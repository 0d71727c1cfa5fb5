"""Seals: words that only we can have written, and that anybody may carry."""

import hmac
from base64 import urlsafe_b64encode

SEAL_BYTES = 16  # 128 bits, which nobody guesses
KEY_BYTES = 32


def seal(key: bytes, words: str) -> str:
    """Return the seal of `words`: 22 letters, digits, - or _ (HMAC-SHA256, cut)."""
    whole = hmac.digest(key, words.encode(), "sha256")
    return urlsafe_b64encode(whole[:SEAL_BYTES]).rstrip(b"=").decode()


def is_sealed(key: bytes, words: str, by: str) -> bool:
    """Say whether `by` is the seal of `words`, in a time that tells nothing."""
    return hmac.compare_digest(seal(key, words).encode(), by.encode(errors="replace"))
