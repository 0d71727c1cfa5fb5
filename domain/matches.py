"""Matches: an address that a network vouches to be somebody's, until the staff confirm it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.addresses import Channel


class MatchState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Match:
    """Whoever speaks at an address seems to be a person we know, who proved so at `proved_at`."""

    id: int
    channel: Channel
    address: str
    person_id: int
    state: MatchState
    found_at: datetime
    proved_at: datetime
    decided_at: datetime | None = None
    decided_by: str | None = None
