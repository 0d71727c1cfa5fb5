"""Drafts: forms half filled in, which wait for days, and wherever their holder speaks next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from domain.addresses import Channel

DRAFTS_KEPT = timedelta(days=90)  # how long one may be left, unless the commune says otherwise
DROPPED_FOR = timedelta(days=1)  # how long a cancelled form can be taken up again


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has answered so far of a form; a skipped question's answer is empty."""

    id: int
    form: str
    holder: str
    answers: Mapping[str, str]
    begun_at: datetime
    dropped_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.dropped_at is None

    def answering(self, **answers: str) -> Self:
        """Return this draft with more answers, or others; answering takes a dropped one up."""
        return replace(self, answers={**self.answers, **answers}, dropped_at=None)


def holders(person_id: int | None, channel: Channel, place: str) -> tuple[str, ...]:
    """Return who may hold a draft, the first of whom holds a new one.

    A form that was begun in a place before its speaker was known is theirs afterwards.
    """
    here = f"{channel}:{place}"
    return (here,) if person_id is None else (f"person:{person_id}", here)
