"""One petition: what is asked, by whom, and what was frozen when it was received."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.petitions.conditions import Threshold
from domain.petitions.states import PRIVATE, PetitionState

SUBJECT_LENGTH = 150  # characters, as the next two
REASONS_LENGTH = 3000
GOALS_LENGTH = 1500
DIGITS = 12  # of the year and the number together


class PetitionKind(StrEnum):
    CITIZENS = "citizens"  # law 113-14, art. 123
    ASSOCIATION = "association"  # art. 124


def numbers_of(ref: str) -> tuple[int, int] | None:
    """Return the year and the number of what people call PET-2026-12 or PET-2026-0012."""
    _, year, number = (*ref.strip().split("-"), "", "")[:3]
    is_ref = year.isdecimal() and number.isdecimal() and len(year + number) <= DIGITS
    return (int(year), int(number)) if is_ref else None


@dataclass(frozen=True, slots=True)
class Petition:
    """A petition (عريضة) to the council whose body key is `body_key`.

    `mandatary_id` is the person named to follow it (art. 122), `mandatary` their name as it was
    given, `association` that of the one that files. `answers` are those to the pre-check, as they
    were given. `threshold` and `due_on`, the local day by which it is answered, are frozen when
    signing begins and when it is received, whatever the law becomes later. `corrections`: what it
    lacked, told once, and what came then. `closes_at`: the instant after which nobody signs.
    `follow_up`: how the council's decision is carried out, a line each time it was told. `id_key`
    and `id_ending` are kept of its mandatary's national id (actions.petitions.identifying).
    """

    id: int
    ref: str
    kind: PetitionKind
    state: PetitionState
    body_key: str
    subject: str
    reasons: str
    goals: str
    language: str
    mandatary_id: int
    created_at: datetime
    mandatary: str = ""
    association: str = ""
    threshold: Threshold | None = None
    received_at: datetime | None = None
    due_on: date | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    corrections: str = ""
    refusal_code: str | None = None
    refusal_reason: str = ""
    item_id: int | None = None
    closes_at: datetime | None = None
    follow_up: str = ""
    id_key: str = ""
    id_ending: str = ""

    @property
    def topic(self) -> str:
        """What its followers follow."""
        return f"petition:{self.ref}"

    @property
    def subject_ref(self) -> str:
        """Its name in the audit log."""
        return f"petition:{self.id}"

    @property
    def is_public(self) -> bool:
        return self.state not in PRIVATE
