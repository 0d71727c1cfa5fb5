"""What a committed unit means for whoever waits: in this process, and, as words, in the others."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.addresses import Channel

PUBLISHED = "published"
READER = "@"  # before the id of somebody whose mailbox changed
EVERY_READER = "@all"
MOST_READERS = 500  # named in one call: PostgreSQL carries 8,000 bytes in it
STEERED = "steered"
KNOWN = frozenset(Channel)  # a newer version may know more


@dataclass(frozen=True, slots=True)
class News:
    """`channels`: there is something to send on them, or to heed.

    `has_published`: a notice's audience is to be read. `has_steered`: something is held back, or
    let go. `readers`: the people in whose mailbox something changed; None for anybody's.
    """

    channels: frozenset[Channel] = frozenset()
    has_published: bool = False
    has_steered: bool = False
    readers: frozenset[int] | None = frozenset()

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def words(self) -> str:
        flags = {PUBLISHED: self.has_published, STEERED: self.has_steered}
        said = (word for word, is_said in flags.items() if is_said)
        return " ".join([*sorted(self.channels), *said, *self._readers_named()])

    def _readers_named(self) -> list[str]:
        if self.readers is None or len(self.readers) > MOST_READERS:
            return [EVERY_READER]
        return [f"{READER}{person_id}" for person_id in sorted(self.readers)]


def read(words: str) -> News:
    """Return the news that a process of this version, or of a later one, has put in words."""
    said = frozenset(words.split())
    return News(
        channels=frozenset(Channel(word) for word in said & KNOWN),
        has_published=PUBLISHED in said,
        has_steered=STEERED in said,
        readers=_readers(said),
    )


def _readers(said: frozenset[str]) -> frozenset[int] | None:
    if EVERY_READER in said:
        return None
    return frozenset(int(word.removeprefix(READER)) for word in said if word.startswith(READER))


Listener = Callable[[News], None]
