"""Minutes of a session (محضر): numbered in a register, and how far they have come."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.approvals import ApprovalState
from domain.lifecycles import Colour
from domain.session_facts import SessionFact

SERIES = "PV"
REF = re.compile(r"\bPV[\s-]*(\d{4})\s*[-/]\s*(\d{1,6})\b", re.IGNORECASE)


class MinutesState(StrEnum):
    DRAFTING = "drafting"
    REVIEW = "review"  # before those who must agree to them
    AGREED = "agreed"
    SIGNED = "signed"  # by the president and the secretary (law 113-14, art. 47)
    GIVEN = "given"  # to every member (art. 273)
    SENT = "sent"  # to the governor (art. 116)
    PUBLISHED = "published"
    CORRECTED = "corrected"  # what was signed first stays beside it
    ARCHIVED = "archived"  # law 69-99


S, F, A = MinutesState, SessionFact, ApprovalState

# What happens to minutes on a day, in the order in which it does.
STEPS = (
    F.MINUTES_SETTLED,
    F.MINUTES_SIGNED,
    F.MINUTES_GIVEN,
    F.MINUTES_SENT,
    F.MINUTES_PUBLISHED,
    F.MINUTES_CORRECTED,
    F.MINUTES_ARCHIVED,
)

# How far their text has come; one that was turned down, or fell, is to be written again.
OF_THE_TEXT = {
    A.DRAFT: S.DRAFTING,
    A.WAITING: S.REVIEW,
    A.CHANGES_REQUESTED: S.DRAFTING,
    A.APPROVED: S.AGREED,
    A.SCHEDULED: S.AGREED,
    A.PUBLISHED: S.AGREED,
    A.WITHDRAWN: S.DRAFTING,
    A.REJECTED: S.DRAFTING,
    A.EXPIRED: S.DRAFTING,
    A.RECALLED: S.DRAFTING,
}
# What was done with the signed paper, the furthest last; no law makes one wait for the other.
OF_THE_PAPER = {
    F.MINUTES_SIGNED: S.SIGNED,
    F.MINUTES_GIVEN: S.GIVEN,
    F.MINUTES_SENT: S.SENT,
    F.MINUTES_PUBLISHED: S.PUBLISHED,
    F.MINUTES_CORRECTED: S.CORRECTED,
    F.MINUTES_ARCHIVED: S.ARCHIVED,
}

COLOURS = {
    S.DRAFTING: Colour.GREY,
    S.REVIEW: Colour.YELLOW,
    S.AGREED: Colour.LIGHTBLUE,
    S.SIGNED: Colour.GREEN,
    S.GIVEN: Colour.GREEN,
    S.SENT: Colour.GREEN,
    S.PUBLISHED: Colour.GREEN,
    S.CORRECTED: Colour.GREEN,
    S.ARCHIVED: Colour.GREY,
}

ICONS = {
    S.DRAFTING: "📝",
    S.REVIEW: "⏳",
    S.AGREED: "✅",
    S.SIGNED: "🖋️",
    S.GIVEN: "📬",
    S.SENT: "📤",
    S.PUBLISHED: "📣",
    S.CORRECTED: "🩹",
    S.ARCHIVED: "🗄️",
}


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one session; what they say is the publication of this id."""

    id: int
    year: int
    number: int
    session_id: int
    publication_id: int

    @property
    def ref(self) -> str:
        """What people call them, and their number in the register: PV-2026-3."""
        return f"{SERIES}-{self.year}-{self.number}"


def state(text: ApprovalState, known: Mapping[SessionFact, date]) -> MinutesState:
    """Return how far minutes have come: worked out, so that nothing can contradict it."""
    reached = [after for fact, after in OF_THE_PAPER.items() if fact in known]
    return reached[-1] if reached else OF_THE_TEXT[text]


def numbered(text: str) -> tuple[int, int] | None:
    """Return the year and number of the minutes that a sentence names, None where it names none."""
    found = REF.search(text)
    return (int(found[1]), int(found[2])) if found else None
