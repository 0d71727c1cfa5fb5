"""The roll call at the opening: who is there, and whether they are enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.bodies import CHAIRING, Role


class Presence(StrEnum):
    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


PRESENCE_ICONS = {Presence.PRESENT: "✅", Presence.EXCUSED: "📝", Presence.ABSENT: "▫️"}


@dataclass(frozen=True, slots=True)
class Seat:
    """A member in office on the day, and where they are; `is_marked` by somebody who looked.

    `is_excuse_accepted` is None while the council has not said (law 113-14, art. 67).
    """

    person_id: int
    name: str
    roles: frozenset[Role]
    presence: Presence = Presence.ABSENT
    is_marked: bool = False
    is_excuse_accepted: bool | None = None

    @property
    def is_chair(self) -> bool:
        return bool(self.roles & CHAIRING)


@dataclass(frozen=True, slots=True)
class RollCall:
    """What was counted when the nth meeting called for a session was opened, or could not be.

    It is counted then and never again: who leaves later does not matter (art. 42).
    """

    session_id: int
    meeting: int
    on: date
    present: int
    in_office: int
    needed: int
    has_quorum: bool


def present(seats: Sequence[Seat]) -> int:
    return sum(seat.presence is Presence.PRESENT for seat in seats)


def toggled(presence: Presence) -> Presence:
    """Return what a press makes of a presence: there, excused, away, and there again."""
    return {
        Presence.ABSENT: Presence.PRESENT,
        Presence.PRESENT: Presence.EXCUSED,
        Presence.EXCUSED: Presence.ABSENT,
    }[presence]
