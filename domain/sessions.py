"""Sessions of a body, and the sittings they are held in: states, looks, who may see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.lifecycles import Colour, advanced


class SessionKind(StrEnum):
    """Who called the session (law 113-14, arts 33, 36, 37)."""

    ORDINARY = "ordinary"
    EXTRAORDINARY_PRESIDENT = "extraordinary_president"
    EXTRAORDINARY_THIRD = "extraordinary_third"
    EXTRAORDINARY_MAJORITY = "extraordinary_majority"
    EXTRAORDINARY_GOVERNOR = "extraordinary_governor"


class SessionState(StrEnum):
    DRAFT = "draft"
    AGENDA_SENT = "agenda_sent"
    CONVENED = "convened"
    NO_QUORUM = "no_quorum"
    RECONVENED = "reconvened"
    THIRD_MEETING = "third_meeting"
    OPEN = "open"
    EXTENDED = "extended"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


# A draft may be convened without the governor having its agenda: the law warns, we never block.
# Without a quorum, a governor's session opens on the next working day as it is (art. 37); others
# are called again, to a third meeting at most (art. 42).
SESSION_FORWARD = {
    SessionState.DRAFT: frozenset(
        {SessionState.AGENDA_SENT, SessionState.CONVENED, SessionState.CANCELLED}
    ),
    SessionState.AGENDA_SENT: frozenset(
        {SessionState.CONVENED, SessionState.POSTPONED, SessionState.CANCELLED}
    ),
    SessionState.CONVENED: frozenset(
        {
            SessionState.OPEN,
            SessionState.NO_QUORUM,
            SessionState.POSTPONED,
            SessionState.CANCELLED,
        }
    ),
    SessionState.NO_QUORUM: frozenset(
        {
            SessionState.RECONVENED,
            SessionState.THIRD_MEETING,
            SessionState.OPEN,
            SessionState.POSTPONED,
            SessionState.CANCELLED,
        }
    ),
    SessionState.RECONVENED: frozenset(
        {
            SessionState.OPEN,
            SessionState.NO_QUORUM,
            SessionState.POSTPONED,
            SessionState.CANCELLED,
        }
    ),
    SessionState.THIRD_MEETING: frozenset(
        {SessionState.OPEN, SessionState.POSTPONED, SessionState.CANCELLED}
    ),
    SessionState.OPEN: frozenset({SessionState.EXTENDED, SessionState.CLOSED}),
    SessionState.EXTENDED: frozenset({SessionState.CLOSED}),
    SessionState.CLOSED: frozenset(),
    SessionState.POSTPONED: frozenset(
        {SessionState.AGENDA_SENT, SessionState.CONVENED, SessionState.CANCELLED}
    ),
    SessionState.CANCELLED: frozenset(),
}

SESSION_COLOURS = {
    SessionState.DRAFT: Colour.GREY,
    SessionState.AGENDA_SENT: Colour.LIGHTBLUE,
    SessionState.CONVENED: Colour.LIGHTBLUE,
    SessionState.NO_QUORUM: Colour.YELLOW,
    SessionState.RECONVENED: Colour.YELLOW,
    SessionState.THIRD_MEETING: Colour.YELLOW,
    SessionState.OPEN: Colour.GREEN,
    SessionState.EXTENDED: Colour.GREEN,
    SessionState.CLOSED: Colour.GREY,
    SessionState.POSTPONED: Colour.YELLOW,
    SessionState.CANCELLED: Colour.RED,
}

SESSION_ICONS = {
    SessionState.DRAFT: "📝",
    SessionState.AGENDA_SENT: "📤",
    SessionState.CONVENED: "📨",
    SessionState.NO_QUORUM: "👥",
    SessionState.RECONVENED: "🔁",
    SessionState.THIRD_MEETING: "🥉",
    SessionState.OPEN: "🟢",
    SessionState.EXTENDED: "➕",
    SessionState.CLOSED: "🏁",
    SessionState.POSTPONED: "⏳",
    SessionState.CANCELLED: "❌",
}

_NEVER_PUBLIC = frozenset({SessionState.DRAFT, SessionState.AGENDA_SENT})
_PUBLIC_ONCE_CONVENED = frozenset({SessionState.POSTPONED, SessionState.CANCELLED})


class SittingState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    CLOSED_TO_PUBLIC = "closed_to_public"
    ADJOURNED = "adjourned"
    NO_QUORUM = "no_quorum"
    CANCELLED = "cancelled"


SITTING_FORWARD = {
    SittingState.PLANNED: frozenset(
        {
            SittingState.HELD,
            SittingState.CLOSED_TO_PUBLIC,
            SittingState.NO_QUORUM,
            SittingState.CANCELLED,
        }
    ),
    SittingState.HELD: frozenset({SittingState.CLOSED_TO_PUBLIC, SittingState.ADJOURNED}),
    SittingState.CLOSED_TO_PUBLIC: frozenset({SittingState.HELD, SittingState.ADJOURNED}),
    SittingState.ADJOURNED: frozenset(),
    # The next meeting called takes its place.
    SittingState.NO_QUORUM: frozenset({SittingState.PLANNED, SittingState.CANCELLED}),
    SittingState.CANCELLED: frozenset(),
}

SITTING_COLOURS = {
    SittingState.PLANNED: Colour.LIGHTBLUE,
    SittingState.HELD: Colour.GREEN,
    SittingState.CLOSED_TO_PUBLIC: Colour.YELLOW,
    SittingState.ADJOURNED: Colour.GREY,
    SittingState.NO_QUORUM: Colour.YELLOW,
    SittingState.CANCELLED: Colour.RED,
}

SITTING_ICONS = {
    SittingState.PLANNED: "📅",
    SittingState.HELD: "🟢",
    SittingState.CLOSED_TO_PUBLIC: "🔒",
    SittingState.ADJOURNED: "🏁",
    SittingState.NO_QUORUM: "👥",
    SittingState.CANCELLED: "❌",
}


_NOT_HELD = frozenset({SessionState.CANCELLED, SessionState.POSTPONED})
_NOT_HELD_SITTINGS = frozenset({SittingState.CANCELLED, SittingState.NO_QUORUM})


class AgendaState(StrEnum):
    """What is known of a session's agenda: an empty one is not the same as one out of reach."""

    MISSING = "missing"
    DRAFTED = "drafted"
    PUBLISHED = "published"
    UNREADABLE = "unreadable"


def moved(state: SessionState, to: SessionState) -> SessionState:
    """Return `to`, or raise Refused when a session cannot go there from `state`."""
    return advanced(state, to, SESSION_FORWARD, of="session")


def sitting_moved(state: SittingState, to: SittingState) -> SittingState:
    """Return `to`, or raise Refused when a sitting cannot go there from `state`."""
    return advanced(state, to, SITTING_FORWARD, of="sitting")


def is_off(state: SessionState, sitting: SittingState) -> bool:
    """Say whether a sitting is not held on the day it was planned for."""
    return state in _NOT_HELD or sitting in _NOT_HELD_SITTINGS


def is_public(state: SessionState, *, was_convened: bool = False) -> bool:
    """Return whether citizens may know of a session in this state.

    One put off or cancelled stays visible, with its reason, to those who could have heard of it.
    """
    if state in _PUBLIC_ONCE_CONVENED:
        return was_convened
    return state not in _NEVER_PUBLIC


@dataclass(frozen=True, slots=True)
class Session:
    """A session (دورة): one or several sittings under one agenda.

    `sequence` grows with every change made after the convocation (RFC 5545 SEQUENCE).
    `convened_at` is the instant of the first convocation. `agenda_changed_at`: the agenda has been
    another since then than the one the members were told of; None once they know.
    """

    id: int
    body_key: str
    kind: SessionKind
    state: SessionState = SessionState.DRAFT
    title: str | None = None
    sequence: int = 0
    cancelled_reason: str | None = None
    agenda_state: AgendaState = AgendaState.MISSING
    convened_at: datetime | None = None
    agenda_changed_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        return is_public(self.state, was_convened=self.convened_at is not None)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting (جلسة). `starts` and `ends` are wall times in `zone`, an IANA name.

    `is_public`: whether citizens may attend (art. 48); that it takes place is no secret.
    """

    id: int
    session_id: int
    number: int
    starts: datetime
    ends: datetime
    zone: str
    place: str
    is_public: bool = True
    state: SittingState = SittingState.PLANNED
