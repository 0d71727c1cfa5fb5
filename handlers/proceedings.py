"""What is next in a sitting, as choices for whoever may do it: no state is without a way on."""

from collections.abc import Iterator

from actions.sessions import ways
from actions.sessions.rolling import AWAITED, HELD
from actions.sessions.ways import ItemWay, Stand, Way
from domain.agenda import AgendaItem, ItemState
from domain.messages import Choice
from domain.rights import Act, Sight, may, sees
from handlers.finding import Held
from handlers.turn import Turn

SITTING = {
    Way.ROLL: ("sitting.call", "roll"),
    Way.EXCUSES: ("sitting.excuses", "excuses"),
    Way.EXTEND: ("sitting.extend", "extend"),
    Way.CLOSE: ("sitting.close", "close"),
    Way.MINUTES: ("minutes.see_them", "minutes"),
}
MOVES = {
    ItemState.DEBATED: "vote.debate",
    ItemState.NOTED: "vote.note",
    ItemState.DEFERRED: "vote.defer",
    ItemState.WITHDRAWN: "vote.withdraw",
}


def of_session(turn: Turn, held: Held) -> Iterator[Choice]:
    """Offer what may be done to a session now."""
    session_id = held.session.id
    at = Stand(held.session, held.body, held.sitting.starts.date(), turn.today)
    found = ways.of_session(turn.actor, at)
    if Way.RECONVENE in found:
        yield turn.choice("sitting.convene_next", f"reconvene:{session_id}")
    if held.session.state in AWAITED and sees(turn.person, Sight.FORECAST, held.body):
        yield turn.choice("quorum.see", f"quorum:{session_id}")
    for way, (key, value) in SITTING.items():
        if way in found:
            yield turn.choice(key, f"{value}:{session_id}")
    if ways.is_to_hold(turn.actor, at, held.sitting):
        number = held.sitting.number
        yield turn.choice("timetable.hold", f"holdsitting:{session_id}:{number}", number=number)


def of_item(turn: Turn, held: Held, item: AgendaItem) -> Iterator[Choice]:
    """Offer what may be done to an item now: in a sitting to move it on, and to follow it."""
    pair = f"{held.session.id}:{item.id}"
    is_held = held.session.state in HELD
    if item.is_barred and is_held and may(turn.actor, Act.FILL_AGENDA, held.body):
        yield turn.choice("prepare.lift", f"point:{pair}:lift")
    for way in ways.of_debate(turn.actor, held.session, held.body, item):
        if isinstance(way, ItemWay):
            yield turn.choice("vote.hold", f"vote:{pair}")
        else:
            yield turn.choice(MOVES[way], f"moveitem:{pair}:{way}")
    if turn.incoming.is_private and item.is_shown_to_citizens:
        yield turn.choice("vote.follow", f"follow:item:{item.id}")
