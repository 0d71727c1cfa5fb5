"""How states look on a page: an icon with a word, and a colour that only helps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain import agenda, decisions, minutes, sessions
from domain.approvals import states as approvals
from domain.lifecycles import Colour
from domain.petitions import states as petitions

# The kinds of `.state` in the stylesheet; what is over has none.
KINDS = {
    Colour.GREEN: "good",
    Colour.RED: "bad",
    Colour.YELLOW: "waiting",
    Colour.LIGHTBLUE: "active",
    Colour.GREY: "",
}


@dataclass(frozen=True, slots=True)
class Looks:
    """`key` is the phrase of the word."""

    icon: str
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """A life cycle: what its phrases call it, its icons and its colours."""

    name: str
    icons: Mapping[Any, str]
    colours: Mapping[Any, Colour]


CYCLES: Mapping[type[StrEnum], Cycle] = {
    sessions.SessionState: Cycle("session", sessions.SESSION_ICONS, sessions.SESSION_COLOURS),
    sessions.SittingState: Cycle("sitting", sessions.SITTING_ICONS, sessions.SITTING_COLOURS),
    agenda.ItemState: Cycle("item", agenda.ICONS, agenda.COLOURS),
    petitions.PetitionState: Cycle("petition", petitions.ICONS, petitions.COLOURS),
    approvals.ApprovalState: Cycle("approval", approvals.ICONS, approvals.COLOURS),
    minutes.MinutesState: Cycle("minutes", minutes.ICONS, minutes.COLOURS),
    decisions.DecisionState: Cycle("decision", decisions.ICONS, decisions.COLOURS),
}


def looks(state: StrEnum) -> Looks:
    """Return how a state looks: of a session, a sitting, an item, a decision, a text."""
    cycle = CYCLES[type(state)]
    key = f"council.{cycle.name}_{state}"
    return Looks(cycle.icons[state], key, KINDS[cycle.colours[state]])
