"""A round: one text put before the steps, and what was decided of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.addresses import Channel


class Verdict(StrEnum):
    APPROVE = "approve"
    CHANGES = "changes"
    REJECT = "reject"


NEEDS_REASON = frozenset({Verdict.CHANGES, Verdict.REJECT})


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided of one step, about the text whose sha256 is `content`.

    `for_id`: whose right was used; another person's where it was delegated. `at` is an instant.
    """

    step: str
    person_id: int
    for_id: int
    verdict: Verdict
    content: str
    at: datetime
    reason: str = ""
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One submission of one text, by its sha256; another text is another round.

    `authors` are those who wrote this text: none of them decides on it.
    """

    content: str
    submitted_at: datetime
    authors: frozenset[int]
    decisions: tuple[Decision, ...] = ()

    def of(self, step: str) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.step == step)
