"""Tokens sealed for the disk, and what we hand out and want back unchanged."""

from collections.abc import Sequence
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from domain.clock import Clock
from domain.errors import Misconfigured, Unreachable


class Seal:
    """Seals with the first key, and opens what any of them sealed: so keys can be changed."""

    def __init__(self, keys: Sequence[str], clock: Clock) -> None:
        """Raise Misconfigured when there is no key, or one is not 32 bytes in URL-safe base64."""
        try:
            self._keys = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise Misconfigured(
                "A key for Slack's tokens is 32 bytes in URL-safe base64: correct "
                "BEFFROI_SLACK_KEYS."
            ) from None
        self._clock = clock

    def sealed(self, text: str) -> str:
        return self._keys.encrypt_at_time(text.encode(), self._now()).decode()

    def opened(self, text: str, *, within: timedelta | None = None) -> str:
        """Return what was sealed; raise Unreachable when no key opens it, or it is too old."""
        try:
            if within is None:
                return self._keys.decrypt(text).decode()
            ttl = int(within.total_seconds())
            return self._keys.decrypt_at_time(text, ttl, self._now()).decode()
        except InvalidToken:
            raise Unreachable("key_lost") from None

    def _now(self) -> int:
        return int(self._clock.now().timestamp())
