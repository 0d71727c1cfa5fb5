"""Absences the law counts: sessions missed without an accepted excuse (law 113-14, art. 67)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absences:
    """How many of the latest sessions in a row a member missed, and how many in all."""

    person_id: int
    name: str
    consecutive: int
    scattered: int

    def is_reached(self, *, consecutive: int, scattered: int) -> bool:
        """Say whether either number of the law is reached: the member is deemed removed."""
        return self.consecutive >= consecutive or self.scattered >= scattered


def absences(person_id: int, name: str, missed: Sequence[bool]) -> Absences:
    """Return a member's absences; `missed` is one claim a session, the oldest first."""
    in_a_row = next(
        (number for number, is_missed in enumerate(reversed(missed)) if not is_missed),
        len(missed),
    )
    return Absences(person_id, name, in_a_row, sum(missed))
