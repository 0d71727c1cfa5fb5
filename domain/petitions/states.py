"""The life of a petition: which state may follow which, and their looks."""

from enum import StrEnum

from domain.lifecycles import Colour, advanced


class PetitionState(StrEnum):
    DRAFT = "draft"
    HELD = "held"  # a person reads it before anybody else does
    COLLECTING = "collecting"
    THRESHOLD_REACHED = "threshold_reached"
    FILED = "filed"  # with the president, against a receipt
    TO_COMPLETE = "to_complete"  # the one round of corrections
    AT_BUREAU = "at_bureau"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    LISTED = "listed"  # on an agenda
    IN_COMMISSION = "in_commission"
    DEBATED = "debated"
    FOLLOWED_UP = "followed_up"  # what the council decided is being carried out
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    BLOCKED = "blocked"  # it may not be shown: insults, private data, advertising


# An association files without signatures (law 113-14, art. 124). One refused by the bureau is over;
# its subject may come again as another petition.
FORWARD = {
    PetitionState.DRAFT: frozenset(
        {
            PetitionState.HELD,
            PetitionState.COLLECTING,
            PetitionState.FILED,
            PetitionState.WITHDRAWN,
            PetitionState.EXPIRED,
        }
    ),
    PetitionState.HELD: frozenset(
        {
            PetitionState.COLLECTING,
            PetitionState.FILED,
            PetitionState.BLOCKED,
            PetitionState.WITHDRAWN,
        }
    ),
    PetitionState.COLLECTING: frozenset(
        {
            PetitionState.THRESHOLD_REACHED,
            PetitionState.HELD,
            PetitionState.WITHDRAWN,
            PetitionState.EXPIRED,
        }
    ),
    PetitionState.THRESHOLD_REACHED: frozenset(
        {
            PetitionState.FILED,
            PetitionState.COLLECTING,
            PetitionState.HELD,
            PetitionState.WITHDRAWN,
            PetitionState.EXPIRED,
        }
    ),
    PetitionState.FILED: frozenset(
        {PetitionState.TO_COMPLETE, PetitionState.AT_BUREAU, PetitionState.WITHDRAWN}
    ),
    PetitionState.TO_COMPLETE: frozenset({PetitionState.AT_BUREAU, PetitionState.WITHDRAWN}),
    PetitionState.AT_BUREAU: frozenset(
        {PetitionState.ADMISSIBLE, PetitionState.INADMISSIBLE, PetitionState.WITHDRAWN}
    ),
    PetitionState.ADMISSIBLE: frozenset({PetitionState.LISTED}),
    PetitionState.INADMISSIBLE: frozenset(),
    PetitionState.LISTED: frozenset({PetitionState.IN_COMMISSION, PetitionState.DEBATED}),
    PetitionState.IN_COMMISSION: frozenset({PetitionState.DEBATED}),
    PetitionState.DEBATED: frozenset({PetitionState.FOLLOWED_UP, PetitionState.CLOSED}),
    PetitionState.FOLLOWED_UP: frozenset({PetitionState.CLOSED}),
    PetitionState.CLOSED: frozenset(),
    PetitionState.WITHDRAWN: frozenset(),
    PetitionState.EXPIRED: frozenset(),
    PetitionState.BLOCKED: frozenset(),
}

COLOURS = {
    PetitionState.DRAFT: Colour.GREY,
    PetitionState.HELD: Colour.YELLOW,
    PetitionState.COLLECTING: Colour.LIGHTBLUE,
    PetitionState.THRESHOLD_REACHED: Colour.GREEN,
    PetitionState.FILED: Colour.LIGHTBLUE,
    PetitionState.TO_COMPLETE: Colour.YELLOW,
    PetitionState.AT_BUREAU: Colour.YELLOW,
    PetitionState.ADMISSIBLE: Colour.GREEN,
    PetitionState.INADMISSIBLE: Colour.RED,
    PetitionState.LISTED: Colour.LIGHTBLUE,
    PetitionState.IN_COMMISSION: Colour.YELLOW,
    PetitionState.DEBATED: Colour.LIGHTBLUE,
    PetitionState.FOLLOWED_UP: Colour.LIGHTBLUE,
    PetitionState.CLOSED: Colour.GREY,
    PetitionState.WITHDRAWN: Colour.GREY,
    PetitionState.EXPIRED: Colour.GREY,
    PetitionState.BLOCKED: Colour.RED,
}

ICONS = {
    PetitionState.DRAFT: "📝",
    PetitionState.HELD: "👀",
    PetitionState.COLLECTING: "✍️",
    PetitionState.THRESHOLD_REACHED: "🎯",
    PetitionState.FILED: "📥",
    PetitionState.TO_COMPLETE: "📎",
    PetitionState.AT_BUREAU: "⚖️",
    PetitionState.ADMISSIBLE: "✅",
    PetitionState.INADMISSIBLE: "❌",
    PetitionState.LISTED: "📋",
    PetitionState.IN_COMMISSION: "🔍",
    PetitionState.DEBATED: "💬",
    PetitionState.FOLLOWED_UP: "🛠️",
    PetitionState.CLOSED: "🏁",
    PetitionState.WITHDRAWN: "↩️",
    PetitionState.EXPIRED: "⌛",
    PetitionState.BLOCKED: "🚫",
}

# What the staff do with a petition that stands there: actions.petitions.reviewing, by its phrases.
WORK = {
    PetitionState.HELD: ("release", "block"),
    PetitionState.COLLECTING: ("hold",),
    PetitionState.THRESHOLD_REACHED: ("hold",),
    PetitionState.FILED: ("pass", "lacks"),
    PetitionState.TO_COMPLETE: ("pass",),
    PetitionState.DEBATED: ("news", "close"),
    PetitionState.FOLLOWED_UP: ("news", "close"),
}

# Who is not its mandatary nor staff does not know of these.
PRIVATE = frozenset({PetitionState.DRAFT, PetitionState.HELD, PetitionState.BLOCKED})
OPEN = frozenset({PetitionState.DRAFT, PetitionState.HELD}) | {
    PetitionState.COLLECTING,
    PetitionState.THRESHOLD_REACHED,
}  # not filed yet
# What is shown to whoever asks for petitions: public, and not over.
RUNNING = frozenset(state for state, ways in FORWARD.items() if ways) - PRIVATE
# Filed, and the bureau has not answered.
UNANSWERED = frozenset({PetitionState.FILED, PetitionState.TO_COMPLETE, PetitionState.AT_BUREAU})
SIGNABLE = frozenset({PetitionState.COLLECTING, PetitionState.THRESHOLD_REACHED})


def moved(state: PetitionState, to: PetitionState) -> PetitionState:
    """Return `to`, or raise Refused when a petition cannot go there from `state`."""
    return advanced(state, to, FORWARD, of="petition")
