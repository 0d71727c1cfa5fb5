"""What may be done to a session or an item now, by whoever asks: no state is without a way on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.agenda.listing import PREPARED
from actions.sessions.changing import MOVABLE
from actions.sessions.rolling import AWAITED, HELD
from actions.wording import Meeting
from domain.actors import Actor
from domain.agenda import FORWARD, AgendaItem, ItemState
from domain.bodies import Body
from domain.rights import Act, may
from domain.sessions import Session, SessionKind, SessionState, Sitting, SittingState

States = frozenset[SessionState]
UNSENT: States = frozenset({SessionState.DRAFT})
UNCALLED: States = frozenset({SessionState.DRAFT, SessionState.AGENDA_SENT, SessionState.POSTPONED})
STANDING: States = frozenset(SessionState) - {SessionState.CANCELLED, SessionState.CLOSED}
VOTED = frozenset({ItemState.DEBATED, ItemState.LISTED, ItemState.IN_COMMISSION, ItemState.OPPOSED})
STUDIED = frozenset({ItemState.LISTED, ItemState.IN_COMMISSION})
GONE = frozenset({ItemState.WITHDRAWN, ItemState.REFUSED})


class Way(StrEnum):
    """What may be done to a session."""

    ADD = "add"
    ADD_PAPER = "add_paper"
    ADD_SITTING = "add_sitting"
    TELL = "tell"  # that the agenda has changed
    SUBMIT = "submit"  # the agenda, to the governor
    CONVENE = "convene"
    MOVE = "move"
    CALL_OFF = "call_off"
    RECONVENE = "reconvene"
    ROLL = "roll"
    EXCUSES = "excuses"  # judge those that were sent (art. 67)
    EXTEND = "extend"
    CLOSE = "close"
    MINUTES = "minutes"  # drawn up, signed and given, once all is over


class ItemWay(StrEnum):
    """What may be done to an item: while its session is prepared, and in a sitting."""

    UP = "up"
    DOWN = "down"
    CLOSED = "closed"
    OPEN = "open"
    REWORD = "reword"
    LIFT = "lift"
    REFER = "refer"
    OBJECT = "object"
    IN_SITTING = "in_sitting"  # one of several
    WITHDRAW = "withdraw"
    ADD_PAPER = "add_paper"
    ACCEPT = "accept"
    REFUSE = "refuse"
    VOTE = "vote"


@dataclass(frozen=True, slots=True)
class Stand:
    """A session on a day, as far as what may be done to it goes; `opens` is a local date."""

    session: Session
    body: Body
    opens: date
    day: date

    @property
    def is_callable(self) -> bool:
        """Whether the roll may be called: on the day, and not before the next convocation."""
        is_governors = self.session.kind is SessionKind.EXTRAORDINARY_GOVERNOR
        is_failed = self.session.state is SessionState.NO_QUORUM
        return self.opens <= self.day and (not is_failed or is_governors)


Fits = Callable[[Stand], bool]


def _always(_: Stand) -> bool:
    return True


WAYS: Mapping[Way, tuple[Act, States, Fits]] = {
    Way.ADD: (Act.FILL_AGENDA, PREPARED, _always),
    Way.ADD_PAPER: (Act.FILL_AGENDA, PREPARED, _always),
    Way.ADD_SITTING: (Act.FILL_AGENDA, PREPARED | HELD, _always),
    Way.TELL: (Act.FILL_AGENDA, PREPARED, lambda at: at.session.agenda_changed_at is not None),
    Way.SUBMIT: (Act.FILL_AGENDA, UNSENT, _always),
    Way.CONVENE: (Act.CONVENE, UNCALLED, _always),
    Way.MOVE: (Act.MOVE, MOVABLE, _always),
    Way.CALL_OFF: (Act.CANCEL, STANDING - HELD, _always),
    Way.RECONVENE: (Act.CONVENE, frozenset({SessionState.NO_QUORUM}), _always),
    Way.ROLL: (Act.HOLD, AWAITED, lambda at: at.is_callable),
    Way.EXCUSES: (Act.HOLD, HELD | {SessionState.CLOSED}, _always),
    Way.EXTEND: (
        Act.HOLD,
        frozenset({SessionState.OPEN}),
        lambda at: at.session.kind is SessionKind.ORDINARY,
    ),
    Way.CLOSE: (Act.HOLD, HELD, _always),
    Way.MINUTES: (Act.RECORD, frozenset({SessionState.CLOSED}), _always),
}
# Where an item goes without a vote, in a sitting.
MOVES = (ItemState.DEBATED, ItemState.NOTED, ItemState.DEFERRED, ItemState.WITHDRAWN)


def of_session(actor: Actor, at: Stand) -> tuple[Way, ...]:
    """Return what somebody may do to a session now, in the order in which it is done."""
    return tuple(
        way
        for way, (act, states, fits) in WAYS.items()
        if at.session.state in states and fits(at) and may(actor, act, at.body)
    )


def of_item(actor: Actor, called: Meeting, item: AgendaItem) -> tuple[ItemWay, ...]:
    """Return what somebody may do to an item while its session is being prepared."""
    if called.session.state not in PREPARED or not may(actor, Act.FILL_AGENDA, called.body):
        return ()
    return tuple(_prepared(item, is_alone=len(called.sittings) == 1))


def is_to_hold(actor: Actor, at: Stand, sitting: Sitting) -> bool:
    """Say whether a later sitting's day has come, and they may note that it is held."""
    is_due = sitting.state is SittingState.PLANNED and sitting.starts.date() <= at.day
    return is_due and at.session.state in HELD and may(actor, Act.HOLD, at.body)


def of_debate(
    actor: Actor, session: Session, body: Body, item: AgendaItem
) -> tuple[ItemWay | ItemState, ...]:
    """Return how somebody may go on with an item in a sitting: a vote, or a state without one."""
    if session.state not in HELD or not may(actor, Act.DELIBERATE, body):
        return ()
    if item.is_barred:
        return (ItemState.WITHDRAWN,)
    vote = (ItemWay.VOTE,) if item.state in VOTED else ()
    return (*vote, *(state for state in MOVES if state in FORWARD[item.state]))


def _prepared(item: AgendaItem, *, is_alone: bool) -> Iterator[ItemWay]:
    if item.state in GONE:
        return
    if item.state is ItemState.PROPOSED:
        yield from (ItemWay.ACCEPT, ItemWay.REFUSE)
        return
    yield from (ItemWay.UP, ItemWay.DOWN)
    yield ItemWay.CLOSED if item.is_public else ItemWay.OPEN
    yield ItemWay.REWORD
    if item.is_barred:
        yield ItemWay.LIFT
    elif item.state in STUDIED:
        yield from (ItemWay.REFER, ItemWay.OBJECT)
    if not is_alone:
        yield ItemWay.IN_SITTING
    yield from (ItemWay.WITHDRAW, ItemWay.ADD_PAPER)
