"""What a committed unit means for whoever waits: in this process, and, as words, in the others."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.addresses import Channel

PUBLISHED = "published"
STEERED = "steered"
KNOWN = frozenset(Channel)  # a newer version may know more


@dataclass(frozen=True, slots=True)
class News:
    """`channels`: there is something to send on them, or to heed.

    `has_published`: a notice's audience is to be read. `has_steered`: something is held back, or
    let go.
    """

    channels: frozenset[Channel] = frozenset()
    has_published: bool = False
    has_steered: bool = False

    def __bool__(self) -> bool:
        return bool(self.channels) or self.has_published or self.has_steered

    @property
    def words(self) -> str:
        flags = {PUBLISHED: self.has_published, STEERED: self.has_steered}
        return " ".join([*sorted(self.channels), *(word for word, said in flags.items() if said)])


def read(words: str) -> News:
    """Return the news that a process of this version, or of a later one, has put in words."""
    said = frozenset(words.split())
    return News(
        channels=frozenset(Channel(word) for word in said & KNOWN),
        has_published=PUBLISHED in said,
        has_steered=STEERED in said,
    )


Listener = Callable[[News], None]
