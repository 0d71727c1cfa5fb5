"""Agenda items: their states, their looks, who may see them."""

from dataclasses import dataclass
from enum import StrEnum

from domain.lifecycles import Colour, advanced


class ItemState(StrEnum):
    PROPOSED = "proposed"
    REFUSED = "refused"
    LISTED = "listed"
    IN_COMMISSION = "in_commission"
    DEBATED = "debated"
    ADOPTED = "adopted"
    ADOPTED_AMENDED = "adopted_amended"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    OPPOSED = "opposed"


# The governor may object before the debate (law 113-14, art. 41) and oppose what was adopted,
# which is then debated anew (art. 117). An objection that falls puts the item back on the agenda.
FORWARD = {
    ItemState.PROPOSED: frozenset({ItemState.LISTED, ItemState.REFUSED, ItemState.WITHDRAWN}),
    ItemState.REFUSED: frozenset(),
    ItemState.LISTED: frozenset(
        {
            ItemState.IN_COMMISSION,
            ItemState.DEBATED,
            ItemState.DEFERRED,
            ItemState.WITHDRAWN,
            ItemState.OPPOSED,
        }
    ),
    ItemState.IN_COMMISSION: frozenset(
        {ItemState.DEBATED, ItemState.DEFERRED, ItemState.WITHDRAWN, ItemState.OPPOSED}
    ),
    ItemState.DEBATED: frozenset(
        {
            ItemState.ADOPTED,
            ItemState.ADOPTED_AMENDED,
            ItemState.REJECTED,
            ItemState.NOTED,
            ItemState.DEFERRED,
            ItemState.WITHDRAWN,
            ItemState.IN_COMMISSION,
        }
    ),
    ItemState.ADOPTED: frozenset({ItemState.OPPOSED}),
    ItemState.ADOPTED_AMENDED: frozenset({ItemState.OPPOSED}),
    ItemState.REJECTED: frozenset(),
    ItemState.DEFERRED: frozenset({ItemState.LISTED, ItemState.WITHDRAWN}),
    ItemState.WITHDRAWN: frozenset(),
    ItemState.NOTED: frozenset(),
    ItemState.OPPOSED: frozenset({ItemState.LISTED, ItemState.DEBATED, ItemState.WITHDRAWN}),
}

COLOURS = {
    ItemState.PROPOSED: Colour.GREY,
    ItemState.REFUSED: Colour.RED,
    ItemState.LISTED: Colour.LIGHTBLUE,
    ItemState.IN_COMMISSION: Colour.YELLOW,
    ItemState.DEBATED: Colour.LIGHTBLUE,
    ItemState.ADOPTED: Colour.GREEN,
    ItemState.ADOPTED_AMENDED: Colour.GREEN,
    ItemState.REJECTED: Colour.RED,
    ItemState.DEFERRED: Colour.YELLOW,
    ItemState.WITHDRAWN: Colour.GREY,
    ItemState.NOTED: Colour.GREY,
    ItemState.OPPOSED: Colour.RED,
}

ICONS = {
    ItemState.PROPOSED: "💡",
    ItemState.REFUSED: "🚫",
    ItemState.LISTED: "📋",
    ItemState.IN_COMMISSION: "🔍",
    ItemState.DEBATED: "💬",
    ItemState.ADOPTED: "✅",
    ItemState.ADOPTED_AMENDED: "☑️",
    ItemState.REJECTED: "❌",
    ItemState.DEFERRED: "⏳",
    ItemState.WITHDRAWN: "↩️",
    ItemState.NOTED: "📌",
    ItemState.OPPOSED: "✋",
}

NOT_YET_PUBLIC = frozenset({ItemState.PROPOSED, ItemState.REFUSED})


class ItemSource(StrEnum):
    """Who put the item on the agenda (law 113-14, arts 38 to 40, 46, 125)."""

    PRESIDENT = "president"
    MEMBER = "member"
    GROUP = "group"
    GOVERNOR = "governor"
    PETITION = "petition"
    WRITTEN_QUESTION = "written_question"


def moved(state: ItemState, to: ItemState) -> ItemState:
    """Return `to`, or raise Refused when an item cannot go there from `state`."""
    return advanced(state, to, FORWARD, of="item")


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of a session's agenda.

    `id` is kept for life; `number` is what people say and may change, and `position` is the
    order. `reference` is the council's own name for the file. `is_public` is false for what is
    debated in a closed sitting. `sitting_id` is the sitting it is planned for, `commission_key`
    the commission it was referred to (art. 28), `objection` the governor's reason (art. 41).
    """

    id: int
    session_id: int
    number: str
    position: int
    title: str
    language: str
    source: ItemSource = ItemSource.PRESIDENT
    rapporteur: str | None = None
    department: str | None = None
    reference: str | None = None
    is_public: bool = True
    state: ItemState = ItemState.LISTED
    withdrawn_reason: str | None = None
    sitting_id: int | None = None
    commission_key: str | None = None
    objection: str | None = None

    @property
    def is_barred(self) -> bool:
        """Whether the governor's objection stands: to deliberate would be void (art. 41)."""
        return self.objection is not None and self.state is ItemState.OPPOSED

    @property
    def is_shown_to_citizens(self) -> bool:
        """Whether a citizen may see it, once its session is public."""
        return self.is_public and self.is_on_agenda

    @property
    def is_on_agenda(self) -> bool:
        """Whether it has come on the agenda, whatever became of it there."""
        return self.state not in NOT_YET_PUBLIC
