"""What a person has asked for: what, where, how often, and when not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from domain import quiet_hours
from domain.addresses import Channel
from domain.quiet_hours import QuietSpan
from domain.topics import EVERYTHING


class Rhythm(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said of a topic, a channel, both, or everything; None where nothing was."""

    is_wanted: bool | None = None
    rhythm: Rhythm | None = None


Scope = tuple[str, Channel | None]
"""A topic (or EVERYTHING) on a channel (or, None, on all)."""

NOTHING: Mapping[Scope, Wish] = MappingProxyType({})
NO_WISH = Wish()
MORNING = time(8)


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's wishes.

    `stopped`: the channels they said STOP to, None among them for all; it stands above every
    wish. `digest_at` and `digest_on` (Monday is 0) are when their digests come, `quiet` when they
    are not to be disturbed; both in `zone`, an IANA name, or else in the commune's.
    """

    wishes: Mapping[Scope, Wish] = field(default_factory=lambda: NOTHING)
    stopped: frozenset[Channel | None] = frozenset()
    quiet: tuple[QuietSpan, ...] = ()
    digest_at: time = MORNING
    digest_on: int = 0
    zone: str | None = None

    def wish(self, topic: str, channel: Channel | None) -> Wish:
        return self.wishes.get((topic, channel), NO_WISH)

    def has_stopped(self, channel: Channel) -> bool:
        return channel in self.stopped or None in self.stopped

    @property
    def followed(self) -> tuple[str, ...]:
        """The topics that were asked for by name."""
        return tuple(
            sorted(
                topic
                for (topic, channel), wish in self.wishes.items()
                if topic and channel is None and wish.is_wanted
            )
        )

    def wanting(
        self, topic: str, channel: Channel | None, *, is_wanted: bool | None = None
    ) -> Self:
        """Return these with something wanted, not wanted or, with None, no longer said."""
        return self._with((topic, channel), replace(self.wish(topic, channel), is_wanted=is_wanted))

    def following(self, topic: str) -> Self:
        return self.wanting(topic, None, is_wanted=True)

    def unfollowing(self, topic: str) -> Self:
        """Return these without a topic: asked for no longer, or, where nobody asked, refused."""
        was_followed = self.wish(topic, None).is_wanted
        return self.wanting(topic, None, is_wanted=None if was_followed else False)

    def at_rhythm(
        self, rhythm: Rhythm | None, topic: str = EVERYTHING, channel: Channel | None = None
    ) -> Self:
        return self._with((topic, channel), replace(self.wish(topic, channel), rhythm=rhythm))

    def only_on(self, channels: Iterable[Channel], among: Iterable[Channel]) -> Self:
        """Return these with some channels wanted, and all the others of `among` not."""
        wanted = frozenset(channels)
        changed = self
        for channel in wanted.union(among):
            changed = changed.wanting(EVERYTHING, channel, is_wanted=channel in wanted)
        return changed

    def stopping(self, channel: Channel | None) -> Self:
        return replace(self, stopped=self.stopped | {channel})

    def starting(self, channel: Channel | None) -> Self:
        """Return these without a STOP: of one channel (and of all), or of every one."""
        left = self.stopped - {channel, None} if channel else frozenset[Channel | None]()
        return replace(self, stopped=left)

    def _with(self, scope: Scope, wish: Wish) -> Self:
        wishes = {**self.wishes, scope: wish}
        return replace(
            self, wishes={scope: wish for scope, wish in wishes.items() if wish != NO_WISH}
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "wishes": [
                [topic, channel, wish.is_wanted, wish.rhythm]
                for (topic, channel), wish in sorted(
                    self.wishes.items(), key=lambda said: (said[0][0], said[0][1] or "")
                )
            ],
            "stopped": sorted(self.stopped, key=lambda channel: channel or ""),
            "quiet": quiet_hours.to_json(self.quiet),
            "digest_at": f"{self.digest_at:%H:%M}",
            "digest_on": self.digest_on,
            "zone": self.zone,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            wishes={
                (topic, _channel(channel)): Wish(is_wanted, Rhythm(rhythm) if rhythm else None)
                for topic, channel, is_wanted, rhythm in plain.get("wishes", ())
            },
            stopped=frozenset(_channel(channel) for channel in plain.get("stopped", ())),
            quiet=quiet_hours.from_json(plain.get("quiet", ())),
            digest_at=time.fromisoformat(plain.get("digest_at", "08:00")),
            digest_on=plain.get("digest_on", 0),
            zone=plain.get("zone"),
        )


NOTHING_SAID = Preferences()


def _channel(word: str | None) -> Channel | None:
    return Channel(word) if word else None
