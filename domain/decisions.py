"""Decisions of a council (مقرر): numbered, with their vote, and the track the law sends them on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from domain.errors import Refused
from domain.lifecycles import Colour, advanced
from domain.phrasebook import Named
from domain.votes import Majority

SERIES = "DEL"
REF = re.compile(r"(?:DEL-)?(\d{4})-(\d{1,6})", re.IGNORECASE)


class DecisionState(StrEnum):
    ADOPTED = "adopted"
    SIGNED = "signed"
    SENT = "sent"  # to the governor, against a receipt (law 113-14, art. 116)
    OPPOSED = "opposed"  # within three working days (art. 117): to be debated anew
    VISA_AWAITED = "visa_awaited"  # for what art. 118 names
    EXECUTORY = "executory"
    CARRIED_OUT = "carried_out"
    ANNULLED = "annulled"


S = DecisionState
FORWARD = {
    S.ADOPTED: frozenset({S.SIGNED, S.ANNULLED}),
    S.SIGNED: frozenset({S.SENT, S.ANNULLED}),
    S.SENT: frozenset({S.OPPOSED, S.VISA_AWAITED, S.EXECUTORY, S.ANNULLED}),
    # What is debated anew and kept goes to the governor again; what replaces it annuls it.
    S.OPPOSED: frozenset({S.SENT, S.ANNULLED}),
    S.VISA_AWAITED: frozenset({S.EXECUTORY, S.OPPOSED, S.ANNULLED}),
    S.EXECUTORY: frozenset({S.CARRIED_OUT, S.ANNULLED}),
    S.CARRIED_OUT: frozenset(),
    S.ANNULLED: frozenset(),
}

COLOURS = {
    S.ADOPTED: Colour.GREEN,
    S.SIGNED: Colour.LIGHTBLUE,
    S.SENT: Colour.LIGHTBLUE,
    S.OPPOSED: Colour.RED,
    S.VISA_AWAITED: Colour.YELLOW,
    S.EXECUTORY: Colour.GREEN,
    S.CARRIED_OUT: Colour.GREY,
    S.ANNULLED: Colour.RED,
}

ICONS = {
    S.ADOPTED: "✅",
    S.SIGNED: "🖋️",
    S.SENT: "📤",
    S.OPPOSED: "✋",
    S.VISA_AWAITED: "⏳",
    S.EXECUTORY: "⚖️",
    S.CARRIED_OUT: "🏁",
    S.ANNULLED: "❌",
}


class DecisionFact(StrEnum):
    """What happens to a decision on a day; duties of the law run from some (domain/law/packs)."""

    SIGNED = "signed"
    SENT = "sent"
    RECEIVED = "received"
    OPPOSED = "opposed"
    VISA_ASKED = "visa_asked"
    VISA_GIVEN = "visa_given"
    EXECUTORY = "executory"
    POSTED = "posted"
    CARRIED_OUT = "carried_out"
    ANNULLED = "annulled"


F = DecisionFact
# The state each leads to. The others leave it where it is: posting (art. 273) is a track of its
# own, which waits for neither signature nor governor.
LEADS = {
    F.SIGNED: S.SIGNED,
    F.SENT: S.SENT,
    F.OPPOSED: S.OPPOSED,
    F.VISA_ASKED: S.VISA_AWAITED,
    F.VISA_GIVEN: S.EXECUTORY,
    F.EXECUTORY: S.EXECUTORY,
    F.CARRIED_OUT: S.CARRIED_OUT,
    F.ANNULLED: S.ANNULLED,
}
AFTER = {
    F.RECEIVED: F.SENT,
    F.OPPOSED: F.RECEIVED,
    F.VISA_ASKED: F.RECEIVED,
    F.VISA_GIVEN: F.VISA_ASKED,
    F.EXECUTORY: F.RECEIVED,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `days` are the local days of what happened to it."""

    id: int
    tenant_id: int
    year: int
    number: int
    item_id: int
    session_id: int
    body_key: str
    title: str
    text: str
    language: str
    adopted_on: date
    majority: Majority
    state: DecisionState = DecisionState.ADOPTED
    needs_visa: bool = False
    is_public: bool = True
    days: Mapping[DecisionFact, date] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """What people call it: DEL-2026-12."""
        return f"{SERIES}-{self.year}-{self.number}"

    def noted(self, fact: DecisionFact, on: date) -> Self:
        """Return the decision after something happened to it on a day; raises Refused.

        What comes before the day of something it follows cannot be. A receipt of what needs a visa
        (art. 118) asks for it.
        """
        self._refuse_senseless(fact, on)
        state = moved(self.state, LEADS[fact]) if fact in LEADS else self.state
        after = replace(self, state=state, days={**self.days, fact: on})
        if fact is F.RECEIVED and self.needs_visa:
            return after.noted(F.VISA_ASKED, on)
        if fact is F.VISA_GIVEN:
            return replace(after, days={**after.days, F.EXECUTORY: on})
        return after

    @property
    def next_facts(self) -> tuple[DecisionFact, ...]:
        """What may be noted now, in the order of the track."""
        return tuple(fact for fact in DecisionFact if self._can(fact))

    def _can(self, fact: DecisionFact) -> bool:
        try:
            self.noted(fact, max((self.adopted_on, *self.days.values())))
        except Refused:
            return False
        return fact not in self.days and fact is not F.VISA_ASKED

    def _refuse_senseless(self, fact: DecisionFact, on: date) -> None:
        named = Named(f"decision.fact_{fact}")
        before = AFTER.get(fact)
        if before is not None and before not in self.days:
            raise Refused("decision.not_yet", fact=named, before=Named(f"decision.fact_{before}"))
        if on < (self.days[before] if before is not None else self.adopted_on):
            raise Refused("decision.too_early", fact=named)
        is_over = self.state in {S.ANNULLED, S.CARRIED_OUT} and fact is not F.POSTED
        if is_over or (fact is F.RECEIVED and self.state is not S.SENT):
            raise Refused(
                "decision.cannot", fact=named, state=Named(f"council.decision_{self.state}")
            )
        if fact is F.EXECUTORY and self.needs_visa:
            raise Refused("decision.needs_visa", ref=self.ref)


def moved(state: DecisionState, to: DecisionState) -> DecisionState:
    """Return `to`, or raise Refused when a decision cannot go there from `state`."""
    return advanced(state, to, FORWARD, of="decision")


def numbered(ref: str) -> tuple[int, int] | None:
    """Return the year and number of `DEL-2026-12`, however it is written; None when it is none."""
    found = REF.fullmatch(ref.strip())
    return (int(found[1]), int(found[2])) if found else None
