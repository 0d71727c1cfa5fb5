"""What is asked of whoever prepares a session, or wants something on its agenda."""

from domain.forms import Field, Form, not_past
from domain.sessions import SessionKind
from domain.sheets import FieldKind

STARTS = Field("starts", FieldKind.MOMENT, check=not_past)
PLACE = Field("place", FieldKind.SHORT, is_optional=True)

PLAN = Form("plan", (STARTS, PLACE), given=("body", "kind"))
# A session that others have asked for runs from the day they did (law 113-14, arts 36 and 37).
PLAN_ASKED = Form(
    "plan_asked", (Field("filed", FieldKind.DATE), STARTS, PLACE), given=("body", "kind")
)
ASKED_FOR = frozenset(SessionKind) - {SessionKind.ORDINARY, SessionKind.EXTRAORDINARY_PRESIDENT}

OPEN, CLOSED = "open", "closed"
POINT = Form(
    "point",
    (
        Field("heading", FieldKind.LONG, longest=1000),
        Field("source", FieldKind.CHOICE, options=("president", "governor")),
        Field("doors", FieldKind.CHOICE, options=(OPEN, CLOSED)),
    ),
    given=("session",),
)
PAPER = Form(
    "paper",
    (
        Field("file", FieldKind.FILE),
        Field("kind", FieldKind.CHOICE, options=("report", "draft_decision", "annex")),
        Field("readers", FieldKind.CHOICE, options=("members", "public", "staff")),
    ),
    given=("session", "item"),
)
# One more sitting of a session: when, and where if not as before.
SITTING_MORE = Form("sitting_more", (STARTS, PLACE), given=("session",))
MOVING = Form("moving", (STARTS, PLACE))
CALLING_OFF = Form("calling_off", (Field("reason", FieldKind.LONG, longest=1000),))
PROPOSAL = Form(
    "proposal",
    (
        Field("heading", FieldKind.LONG, longest=1000),
        Field("reasons", FieldKind.LONG),
    ),
    given=("session",),
)


def plan_form(kind: SessionKind) -> Form:
    """Return what is asked to plan a session of a kind."""
    return PLAN_ASKED if kind in ASKED_FOR else PLAN
