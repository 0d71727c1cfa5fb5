"""The forecast of a quorum: what the answers promise, and what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_KNOWN = 3  # opening roll calls of a body before its past says anything


class Outlook(StrEnum):
    SURE = "sure"  # enough have confirmed
    LIKELY = "likely"  # enough, if the others come as they have come before
    OPEN = "open"  # it depends on those who have not answered
    SHORT = "short"  # too few, even so
    IMPOSSIBLE = "impossible"  # too many have sent an excuse
    NOT_NEEDED = "not_needed"  # this meeting is valid whatever the number


@dataclass(frozen=True, slots=True)
class Forecast:
    """`fewest` and `most` come of those who have not answered; `is_from_past`: by what is known.

    Without a past they are none and all of them: honest, and wide.
    """

    confirmed: int
    excused: int
    unanswered: int
    needed: int
    fewest: int
    most: int
    is_from_past: bool
    is_quorum_free: bool = False

    @property
    def in_office(self) -> int:
        return self.confirmed + self.excused + self.unanswered

    @property
    def missing(self) -> int:
        """How many more have to say that they come."""
        return max(0, self.needed - self.confirmed)

    @property
    def outlook(self) -> Outlook:
        if self.is_quorum_free:
            return Outlook.NOT_NEEDED
        if self.confirmed >= self.needed:
            return Outlook.SURE
        if self.confirmed + self.unanswered < self.needed:
            return Outlook.IMPOSSIBLE
        return self._by_the_past()

    def _by_the_past(self) -> Outlook:
        """Return what is to be thought of those who have not answered; wide without a past."""
        if self.confirmed + self.most < self.needed:
            return Outlook.SHORT
        return Outlook.LIKELY if self.confirmed + self.fewest >= self.needed else Outlook.OPEN

    @property
    def is_alarming(self) -> bool:
        """Whether the president should telephone: what is promised does not make a quorum."""
        return self.outlook in {Outlook.OPEN, Outlook.SHORT, Outlook.IMPOSSIBLE}


def forecast(
    *,
    confirmed: int,
    excused: int,
    in_office: int,
    needed: int,
    past: Sequence[float] = (),
    is_quorum_free: bool = False,
) -> Forecast:
    """Return what is to be expected. `past`: shares of members present at earlier openings.

    Those who have not answered come as the body came at its worst and its best opening.
    """
    unanswered = max(0, in_office - confirmed - excused)
    is_from_past = len(past) >= FEWEST_KNOWN
    worst, best = (min(past), max(past)) if is_from_past else (0.0, 1.0)
    return Forecast(
        confirmed,
        excused,
        unanswered,
        needed,
        fewest=int(unanswered * worst),
        most=-int(-unanswered * best // 1),
        is_from_past=is_from_past,
        is_quorum_free=is_quorum_free,
    )
