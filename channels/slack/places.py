"""Where something is said in Slack, as an address of ours.

`TEAM:USER`             the person's talk with our app, and who they are
`TEAM:CHANNEL`          a channel, read by all who are in it
`TEAM:CHANNEL:TS`       a thread of a channel, opened under the message that Slack calls so
`TEAM:CHANNEL:USER`     a channel, seen by this person only
`TEAM:USER:home`        the person's Home of our app
"""

import re
from dataclasses import dataclass
from typing import Self

from domain.errors import Undeliverable

HOME = "home"
_ID = (
    "[A-Z0-9]{1,40}"  # Slack promises letters and digits, at most 255; those it gives have 9 to 12
)
_PERSON = f"[UW]{_ID}"
_TS = r"\d{1,20}\.\d{1,20}"  # a message's name in its channel, after when it was written
_PLACE = re.compile(
    rf"(?P<team>[TE]{_ID}):(?:(?P<user>{_PERSON})(?P<home>:{HOME})?"
    rf"|(?P<channel>[CDG]{_ID})(?::(?:(?P<alone>{_PERSON})|(?P<thread>{_TS})))?)"
)
_TEAM = re.compile(f"[TE]{_ID}")


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace, and in it a person, a channel, a thread, or a channel as one person sees it."""

    team: str
    channel: str | None = None
    user: str | None = None
    is_home: bool = False
    thread: str | None = None

    @classmethod
    def read(cls, address: str) -> Self:
        """Return the place at an address; raise Undeliverable when it cannot be one."""
        found = _PLACE.fullmatch(address)
        if found is None:
            raise Undeliverable("not_an_address", is_address_dead=True)
        user = found["user"] or found["alone"]
        is_home = bool(found["home"])
        return cls(found["team"], found["channel"], user, is_home=is_home, thread=found["thread"])

    @classmethod
    def of_team(cls, team: str) -> Self:
        """Return a whole workspace; raise Undeliverable when it cannot be one."""
        if not _TEAM.fullmatch(team):
            raise Undeliverable("not_an_address", is_address_dead=True)
        return cls(team)

    @property
    def is_alone(self) -> bool:
        """Say whether it is a channel as one person sees it."""
        return self.channel is not None and self.user is not None

    @property
    def address(self) -> str:
        home = HOME if self.is_home else None
        parts = [self.team, self.channel, self.thread, self.user, home]
        return ":".join(part for part in parts if part)
