"""Leaving a channel from outside: the token a letter carries, which needs no password."""

import re
from dataclasses import dataclass

from domain.addresses import Channel
from domain.seals import is_sealed, seal

PATH = "/unsubscribe/"  # before the token, on the pages of the house
TOKEN = re.compile(r"([1-9]\d{0,17})\.([a-z]+)\.([\w-]{22})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who may leave which channel by a token."""

    person_id: int
    channel: Channel

    def token(self, key: bytes) -> str:
        """Return the token: whose and what for, and a seal; no address."""
        return f"{self.person_id}.{self.channel.value}.{seal(key, self._words)}"

    @property
    def _words(self) -> str:
        return f"leaving {self.person_id} {self.channel.value}"

    @classmethod
    def of(cls, token: str, key: bytes) -> "Leaver | None":
        """Return whom a token was made for; None when we did not make it."""
        found = TOKEN.fullmatch(token)
        if found is None or found[2] not in set(Channel):
            return None
        leaver = cls(int(found[1]), Channel(found[2]))
        return leaver if is_sealed(key, leaver._words, found[3]) else None
