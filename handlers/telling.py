"""How sessions and items are spoken of: an icon with a word for each state, wall times."""

from collections.abc import Sequence

from domain.agenda import ICONS, NOT_YET_PUBLIC, AgendaItem, ItemState
from domain.bodies import Body
from domain.documents import Document
from domain.messages import Attachment
from domain.sessions import SESSION_ICONS, SITTING_ICONS, SittingState
from handlers.finding import Held
from handlers.turn import Turn

MOST_NAMES = 20  # in a row: a large council has 147 seats
SAID_OF_SITTINGS = frozenset(
    {SittingState.CLOSED_TO_PUBLIC, SittingState.ADJOURNED, SittingState.NO_QUORUM}
)


def name(turn: Turn, held: Held) -> str:
    """Return what a session is called: its kind, and the body that meets."""
    kind = turn.say(f"council.kind_{held.session.kind}")
    return turn.say(
        "notice.session_name", kind=kind[:1].upper() + kind[1:], body=body(turn, held.body)
    )


def body(turn: Turn, of: Body) -> str:
    return of.name("ar" if turn.language == "ary" else turn.language)


def header(turn: Turn, held: Held) -> str:
    """Return a session's state, when and where it is held, and why when it is not."""
    session, sitting = held.session, held.sitting
    state = turn.say(f"council.session_{session.state}")
    lines = [
        turn.say("session.state", icon=SESSION_ICONS[session.state], state=state),
        turn.say("session.when", starts=sitting.starts),
    ]
    if sitting.place:
        lines.append(turn.say("session.where", place=sitting.place))
    if sitting.state in SAID_OF_SITTINGS:
        word = turn.say(f"council.sitting_{sitting.state}")
        lines.append(turn.say("session.state", icon=SITTING_ICONS[sitting.state], state=word))
    elif not sitting.is_public:
        lines.append(turn.say("session.closed"))
    if session.cancelled_reason:
        lines.append(turn.say("session.reason", reason=session.cancelled_reason))
    return "\n".join(lines)


def line(turn: Turn, held: Held) -> str:
    """Return a session as one line of a list."""
    return turn.say(
        "session.line",
        icon=SESSION_ICONS[held.session.state],
        starts=held.sitting.starts,
        session=name(turn, held),
        state=turn.say(f"council.session_{held.session.state}"),
    )


def label(turn: Turn, held: Held) -> str:
    """Return a session as a choice's label, short enough for a button."""
    return turn.say("session.label", starts=held.sitting.starts, body=body(turn, held.body))


def asides_last(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Return items with those that are not on the agenda, or not yet, at the end."""
    return sorted(items, key=lambda item: item.state in NOT_YET_PUBLIC)


def item_line(turn: Turn, item: AgendaItem) -> str:
    """Return an item as one line of an agenda; its state is said when it is news."""
    text = turn.say("agenda.line", number=item.number, title=item.title)
    if item.state is not ItemState.LISTED:
        text = turn.say("agenda.line_state", line=text, state=item_state(turn, item))
    return text if item.is_public else turn.say("agenda.line_closed", line=text)


def item_state(turn: Turn, item: AgendaItem) -> str:
    word = turn.say(f"council.item_{item.state}")
    return turn.say("session.state", icon=ICONS[item.state], state=word)


def some(names: Sequence[str]) -> str:
    """Return the first of several names, and that there are more."""
    return ", ".join(names[:MOST_NAMES]) + ("…" if len(names) > MOST_NAMES else "")


def attached(documents: Sequence[Document]) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(document.name, document.media_type, document.sha256, document.size)
        for document in documents
    )
