"""Whether a member will come: their answer, and their excuse."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.addresses import Channel


class Answer(StrEnum):
    CONFIRMED = "confirmed"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A member's last answer for a session, and the channel it was given on."""

    session_id: int
    person_id: int
    answer: Answer
    reason: str
    channel: Channel
    at: datetime
