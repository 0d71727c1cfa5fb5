"""Which sessions somebody speaks of, among those they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.bodies import Body, BodyKind
from domain.clock import instant
from domain.sessions import Session, SessionKind, Sitting, is_off
from handlers.turn import Slots, Turn

SEEN_AHEAD = 60  # sittings read ahead, so that those one may not see do not hide the others
KINDS = {"extraordinary": frozenset(SessionKind) - {SessionKind.ORDINARY}}


@dataclass(frozen=True, slots=True)
class Held:
    """A sitting, its session and the body that meets: as one speaks of "a session"."""

    session: Session
    sitting: Sitting
    body: Body

    @property
    def is_off(self) -> bool:
        return is_off(self.session.state, self.sitting.state)


def period(slots: Slots) -> tuple[date, date] | None:
    """Return the days that were named, both included."""
    try:
        if slots.get("date"):
            day = date.fromisoformat(str(slots["date"]))
            return day, day
        if slots.get("date_from") and slots.get("date_to"):
            first = date.fromisoformat(str(slots["date_from"]))
            return first, date.fromisoformat(str(slots["date_to"]))
        if slots.get("datetime"):
            day = datetime.fromisoformat(str(slots["datetime"])).date()
            return day, day
    except ValueError:  # of a token that was forged
        return None
    return None


def body_keys(turn: Turn, slots: Slots) -> list[str]:
    """Return the bodies meant: the one named, else the person's own, else the council."""
    if slots.get("body") in turn.commune.bodies:
        return [str(slots["body"])]
    own = own_bodies(turn)
    if slots.get("body_kind"):
        of_kind = [key for key in turn.commune.bodies if is_of_kind(turn, key, slots)]
        return [key for key in of_kind if key in own] or of_kind
    return own or [
        key for key, body in turn.commune.bodies.items() if body.kind is BodyKind.COUNCIL
    ]


def own_bodies(turn: Turn) -> list[str]:
    held = turn.person.memberships if turn.person else ()
    return list(dict.fromkeys(membership.body_key for membership in held))


def is_of_kind(turn: Turn, key: str, slots: Slots) -> bool:
    """Say whether a body is such a one as was named without saying which."""
    return str(slots.get("body_kind")) in turn.commune.bodies[key].kind


async def one(turn: Turn, session_id: int) -> Held | None:
    """Return a session by id, with its next sitting; None when it is not theirs to see."""
    session = await turn.unit.sessions.by_id(session_id)
    if session is None or not turn.viewer.sees(session):
        return None
    sittings = await turn.unit.sessions.sittings(session_id)
    if not sittings:
        return None
    ahead = (sitting for sitting in sittings if sitting.ends.date() >= turn.today)
    return Held(session, next(ahead, sittings[-1]), turn.commune.bodies[session.body_key])


async def during(turn: Turn, days: tuple[date, date], slots: Slots) -> list[Held]:
    """Return the sittings of these days, in order."""
    first, last = datetime.combine(days[0], time.min), datetime.combine(days[1], time.max)
    found = await turn.unit.sessions.between(first, last, body_keys=body_keys(turn, slots))
    return _seen(turn, found, slots)


async def ahead(turn: Turn, slots: Slots, *, keys: Sequence[str] | None = None) -> list[Held]:
    """Return the sittings to come that are still to be held, in order."""
    wanted = body_keys(turn, slots) if keys is None else keys
    found = await turn.unit.sessions.upcoming(turn.now, body_keys=wanted, most=SEEN_AHEAD)
    return [held for held in _seen(turn, found, slots) if not held.is_off]


async def from_today(turn: Turn, slots: Slots) -> list[Held]:
    """Return the sittings of today and after, in order, held or not."""
    midnight = instant(datetime.combine(turn.today, time.min), turn.commune.zone)
    found = await turn.unit.sessions.upcoming(
        midnight, body_keys=body_keys(turn, slots), most=SEEN_AHEAD
    )
    return _seen(turn, found, slots)


def held_today(turn: Turn, held: Sequence[Held]) -> list[Held]:
    return [each for each in held if each.sitting.starts.date() == turn.today]


def by_session(held: Sequence[Held]) -> list[Held]:
    """Return the first sitting of each session."""
    first: dict[int, Held] = {}
    for each in held:
        first.setdefault(each.session.id, each)
    return list(first.values())


async def meant(turn: Turn, slots: Slots) -> Held | None:
    """Return the session an item, a paper or a reminder belongs to.

    The one on the days or of the body named, else the one last spoken of, else today's, else the
    next.
    """
    days = period(slots)
    if days:
        return next(iter(await during(turn, days, slots)), None)
    if turn.about is not None and not slots.get("body") and (last := await one(turn, turn.about)):
        return last
    coming = await from_today(turn, slots)
    still_held = (held for held in coming if not held.is_off)
    return next(iter(held_today(turn, coming)), None) or next(still_held, None)


def _seen(turn: Turn, found: Sequence[tuple[Session, Sitting]], slots: Slots) -> list[Held]:
    kinds = _kinds(slots)
    return [
        Held(session, sitting, turn.commune.bodies[session.body_key])
        for session, sitting in found
        if turn.viewer.sees(session) and session.kind in kinds
    ]


def _kinds(slots: Slots) -> frozenset[SessionKind]:
    named = str(slots.get("session_kind", ""))
    if named in KINDS:
        return KINDS[named]
    return frozenset({SessionKind(named)}) if named in set(SessionKind) else frozenset(SessionKind)
