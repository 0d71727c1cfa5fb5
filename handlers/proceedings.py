"""What is next in a sitting, as choices for whoever may do it: no state is without a way on."""

from collections.abc import Iterator

from actions.rolling import AWAITED, HELD
from domain.agenda import FORWARD, AgendaItem, ItemState
from domain.messages import Choice
from domain.rights import Act, Sight, may, sees
from domain.sessions import SessionKind, SessionState
from handlers.finding import Held
from handlers.turn import Turn

VOTED = frozenset({ItemState.DEBATED, ItemState.LISTED, ItemState.IN_COMMISSION, ItemState.OPPOSED})
JUDGED = HELD | {SessionState.CLOSED}  # excuses may be judged when all is over
MOVES = (
    (ItemState.DEBATED, "vote.debate"),
    (ItemState.NOTED, "vote.note"),
    (ItemState.DEFERRED, "vote.defer"),
    (ItemState.WITHDRAWN, "vote.withdraw"),
)


def of_session(turn: Turn, held: Held) -> Iterator[Choice]:
    """Offer what may be done to a session now."""
    state, session_id = held.session.state, held.session.id
    if may(turn.actor, Act.CONVENE, held.body) and state is SessionState.NO_QUORUM:
        yield turn.choice("sitting.convene_next", f"reconvene:{session_id}")
    if state in AWAITED and sees(turn.person, Sight.FORECAST, held.body):
        yield turn.choice("quorum.see", f"quorum:{session_id}")
    if not may(turn.actor, Act.HOLD, held.body):
        return
    is_due = held.sitting.starts.date() <= turn.today
    is_governors = held.session.kind is SessionKind.EXTRAORDINARY_GOVERNOR
    if state in AWAITED and is_due and (state is not SessionState.NO_QUORUM or is_governors):
        yield turn.choice("sitting.call", f"roll:{session_id}")
    if state in JUDGED:
        yield turn.choice("sitting.excuses", f"excuses:{session_id}")
    if state in HELD:
        if state is SessionState.OPEN and held.session.kind is SessionKind.ORDINARY:
            yield turn.choice("sitting.extend", f"extend:{session_id}")
        yield turn.choice("sitting.close", f"close:{session_id}")


def of_item(turn: Turn, held: Held, item: AgendaItem) -> Iterator[Choice]:
    """Offer what may be done to an item now: to follow it, and in a sitting to move it on."""
    if turn.person is not None and item.is_shown_to_citizens:
        yield turn.choice("vote.follow", f"follow:item:{item.id}")
    if held.session.state not in HELD or not may(turn.actor, Act.DELIBERATE, held.body):
        return
    if item.is_barred:
        return
    pair = f"{held.session.id}:{item.id}"
    if item.state in VOTED:
        yield turn.choice("vote.hold", f"vote:{pair}")
    for state, key in MOVES:
        if state in FORWARD[item.state]:
            yield turn.choice(key, f"moveitem:{pair}:{state}")
