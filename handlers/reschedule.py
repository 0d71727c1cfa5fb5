"""Moving a session: what would be moved is said back, and those who were told of it are told."""

from datetime import date, datetime, time

from actions.sessions import changing
from domain.rights import Act, may
from handlers import beyond, session, telling
from handlers.finding import Held, by_session, during, meant, one
from handlers.tokens import written
from handlers.turn import Outcome, Slots, Turn

FLOW = "reschedule"


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Say back which session would move, and when to; others are told who moves sessions."""
    held = await _which(turn, slots)
    if held is None or not may(turn.actor, Act.MOVE, held.body):
        return await beyond.rescheduling(turn, slots)
    starts = _when(slots, held)
    if starts is None:
        return turn.tell(turn.say("reschedule.when"), about=held.session.id)
    return await _echo(turn, held, starts)


async def pressed(turn: Turn, session_id: int, starts: datetime, answer: str = "") -> Outcome:
    """Move it, once that was said to be meant; whether they may is for the action to say."""
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if answer != "yes":
        return await _echo(turn, held, starts)
    done = await changing.move(
        turn.unit, session_id, starts=starts, actor=turn.actor, language=turn.language
    )
    said = turn.say("reschedule.done", session=telling.name(turn, held), starts=starts)
    warnings = [f"⚠️ {warning.sentence}" for warning in done.warnings]
    return turn.settle("\n\n".join([said, *warnings]), about=session_id)


async def _which(turn: Turn, slots: Slots) -> Held | None:
    """Return the session meant: that of the first day named where two are, else as ever."""
    if not slots.get("date_from"):
        bodies = {key: slots[key] for key in ("body", "body_kind", "session_kind") if key in slots}
        return await meant(turn, bodies)
    try:
        day = date.fromisoformat(str(slots["date_from"]))
    except ValueError:  # of a token that was forged
        return None
    return next(iter(by_session(await during(turn, (day, day), slots))), None)


def _when(slots: Slots, held: Held) -> datetime | None:
    """Return the wall time to move to; without an hour, the one it has."""
    try:
        if slots.get("datetime"):
            return datetime.fromisoformat(str(slots["datetime"]))
        named = slots.get("date_to") or slots.get("date")
        if not named:
            return None
        hour = time.fromisoformat(str(slots.get("time") or held.sitting.starts.time()))
        return datetime.combine(date.fromisoformat(str(named)), hour)
    except ValueError:
        return None


async def _echo(turn: Turn, held: Held, starts: datetime) -> Outcome:
    session_id = held.session.id
    warnings = await changing.foreseen(turn.unit, session_id, starts=starts, language=turn.language)
    text = turn.say(
        "reschedule.echo",
        session=telling.name(turn, held),
        before=held.sitting.starts,
        starts=starts,
    )
    value = f"move:{session_id}:{written(starts)}:yes"
    lines = [text, *(f"⚠️ {warning.sentence}" for warning in warnings)]
    return turn.echo(FLOW, "\n".join(lines), value, about=session_id)
