"""The states of what is to be approved: which may follow which, and their looks."""

from enum import StrEnum

from domain.lifecycles import Colour, advanced


class ApprovalState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"  # for the steps that are open
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"  # taken back after it was published
    REJECTED = "rejected"
    EXPIRED = "expired"
    RECALLED = "recalled"  # taken back by its author before it was published


# An edit sends even an approved text back to its steps: what was approved is that text, no other.
FORWARD = {
    ApprovalState.DRAFT: frozenset({ApprovalState.WAITING, ApprovalState.RECALLED}),
    ApprovalState.WAITING: frozenset(
        {
            ApprovalState.CHANGES_REQUESTED,
            ApprovalState.APPROVED,
            ApprovalState.REJECTED,
            ApprovalState.EXPIRED,
            ApprovalState.RECALLED,
        }
    ),
    ApprovalState.CHANGES_REQUESTED: frozenset(
        {ApprovalState.WAITING, ApprovalState.EXPIRED, ApprovalState.RECALLED}
    ),
    ApprovalState.APPROVED: frozenset(
        {
            ApprovalState.WAITING,
            ApprovalState.SCHEDULED,
            ApprovalState.PUBLISHED,
            ApprovalState.RECALLED,
        }
    ),
    ApprovalState.SCHEDULED: frozenset(
        {ApprovalState.WAITING, ApprovalState.PUBLISHED, ApprovalState.RECALLED}
    ),
    ApprovalState.PUBLISHED: frozenset({ApprovalState.WITHDRAWN}),
    ApprovalState.WITHDRAWN: frozenset(),
    ApprovalState.REJECTED: frozenset(),
    ApprovalState.EXPIRED: frozenset({ApprovalState.WAITING, ApprovalState.RECALLED}),
    ApprovalState.RECALLED: frozenset({ApprovalState.WAITING}),
}

COLOURS = {
    ApprovalState.DRAFT: Colour.GREY,
    ApprovalState.WAITING: Colour.YELLOW,
    ApprovalState.CHANGES_REQUESTED: Colour.YELLOW,
    ApprovalState.APPROVED: Colour.GREEN,
    ApprovalState.SCHEDULED: Colour.LIGHTBLUE,
    ApprovalState.PUBLISHED: Colour.GREEN,
    ApprovalState.WITHDRAWN: Colour.GREY,
    ApprovalState.REJECTED: Colour.RED,
    ApprovalState.EXPIRED: Colour.GREY,
    ApprovalState.RECALLED: Colour.GREY,
}

ICONS = {
    ApprovalState.DRAFT: "📝",
    ApprovalState.WAITING: "⏳",
    ApprovalState.CHANGES_REQUESTED: "✏️",
    ApprovalState.APPROVED: "✅",
    ApprovalState.SCHEDULED: "📅",
    ApprovalState.PUBLISHED: "📣",
    ApprovalState.WITHDRAWN: "↩️",
    ApprovalState.REJECTED: "❌",
    ApprovalState.EXPIRED: "⌛",
    ApprovalState.RECALLED: "✋",
}


def moved(state: ApprovalState, to: ApprovalState) -> ApprovalState:
    """Return `to`, or raise Refused when an approval cannot go there from `state`."""
    return advanced(state, to, FORWARD, of="approval")
