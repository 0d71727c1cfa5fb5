"""Remind me: set, listed and cancelled; done at once, because it can be undone."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from actions.sessions import reminding
from domain.clock import wall_time
from domain.errors import Refused
from domain.messages import Choice
from domain.reminders import DEFAULT_RULES, Reminder, Rule
from handlers import session, telling
from handlers.finding import Held, ahead, by_session, one, period
from handlers.tokens import number
from handlers.turn import Outcome, Slots, Turn

MOST_LISTED = 10
ALL = "all"
WEEKS = re.compile(r"P(\d{1,2})W")


async def set_asked(turn: Turn, slots: Slots) -> Outcome:
    """Remind of the session named, last spoken of or next; ask when, if that was not said."""
    turn.known()
    held = await _meant(turn, slots)
    if held is None:
        return session.none_ahead(turn)
    rule = _rule(slots, held)
    return await _set(turn, held, rule) if rule else _when(turn, held)


async def pressed(turn: Turn, session_id: int, rule: str = "") -> Outcome:
    """Remind of a session by a rule such as `P2D@09:30`; without one, ask."""
    turn.known()
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if not rule:
        return _when(turn, held)
    return await _set(turn, held, Rule.parsed(rule))


async def list_asked(turn: Turn, slots: Slots) -> Outcome:
    """List what somebody asked to be reminded of."""
    own = await _own(turn, slots)
    if not own:
        return turn.tell(turn.say("remind.none"))
    lines = [
        turn.say("remind.line", due=_wall(turn, reminder), session=telling.label(turn, held))
        for reminder, held in own
    ]
    return turn.tell("\n".join([turn.say("remind.listed"), *lines]), choices=_to_cancel(turn, own))


async def cancel_asked(turn: Turn, slots: Slots) -> Outcome:
    """Cancel the reminders of the session named; ask which when there are several."""
    own = await _own(turn, slots)
    sessions = {held.session.id for _, held in own}
    if not own:
        return turn.tell(turn.say("remind.none"))
    if len(sessions) == 1:
        return await forgotten(turn, sessions.pop())
    return turn.tell(turn.say("remind.which"), choices=_to_cancel(turn, own))


async def listed(turn: Turn) -> Outcome:
    return await list_asked(turn, {})


def which(text: str) -> int | None:
    """Read a session's id, or `all` as None, out of a token; raise ValueError."""
    return None if text == ALL else number(text)


async def forgotten(turn: Turn, session_id: int | None) -> Outcome:
    """Cancel the reminders of one session, or all."""
    own = await turn.unit.reminders.of_person(turn.known().id)
    count = await reminding.forget(turn.unit, turn.known(), session_id)
    gone = [one for one in own if session_id in {None, one.session_id}]
    return turn.settle(
        turn.say("remind.cancelled", count=count),
        choices=[
            turn.choice(
                "remind.set_again",
                f"remind:{reminder.session_id}:{reminder.rule}",
                due=_wall(turn, reminder),
            )
            for reminder in gone[:MOST_LISTED]
        ],
    )


async def undone(turn: Turn, session_id: int, rule: str) -> Outcome:
    """Take back one reminder, and set again those of the session that stood beside it."""
    person = turn.known()
    own = await turn.unit.reminders.of_person(person.id)
    others = [
        reminder.rule
        for reminder in own
        if reminder.session_id == session_id and str(reminder.rule) != rule
    ]
    await reminding.forget(turn.unit, person, session_id)
    for other in others:
        await reminding.remind_me(turn.unit, person, session_id, other)
    return turn.settle(turn.say("common.undone"), about=session_id)


async def _meant(turn: Turn, slots: Slots) -> Held | None:
    if not period(slots) and not slots.get("body") and turn.about is not None:
        held = await one(turn, turn.about)
        if held and not held.is_off and held.sitting.starts.date() >= turn.today:
            return held
    coming = await ahead(turn, slots)
    days = None if slots.get("datetime") else period(slots)
    if days:
        coming = [held for held in coming if days[0] <= held.sitting.starts.date() <= days[1]]
    return coming[0] if coming else None


async def _set(turn: Turn, held: Held, rule: Rule) -> Outcome:
    session_id = held.session.id
    reminder = await reminding.remind_me(turn.unit, turn.known(), session_id, rule)
    text = turn.say(
        "remind.set",
        due=_wall(turn, reminder),
        session=telling.name(turn, held),
        starts=held.sitting.starts,
    )
    undo = turn.choice("remind.undo", f"unremind:{session_id}:{rule}")
    return turn.settle(text, choices=[undo], about=session_id)


def _when(turn: Turn, held: Held) -> Outcome:
    session_id = held.session.id
    text = turn.say("remind.when", session=telling.name(turn, held), starts=held.sitting.starts)
    choices = [
        Choice(_said(turn, rule), f"remind:{session_id}:{rule}")
        for rule in DEFAULT_RULES
        if rule.due_at(held.sitting.starts, turn.commune.zone) > turn.now
    ]
    choices.append(turn.choice("common.cancel", "cancel"))
    return turn.ask("remind", "when", text, choices=choices, about=session_id)


def _said(turn: Turn, rule: Rule) -> str:
    before = timedelta(days=rule.days) + rule.span
    if rule.at and rule.days:
        return turn.say("remind.days_at", span=before, at=rule.at)
    return (
        turn.say("remind.same_day", at=rule.at) if rule.at else turn.say("remind.span", span=before)
    )


def _rule(slots: Slots, held: Held) -> Rule | None:
    """Make a rule of what was said: so long before, at an hour, or at an instant of their own."""
    at = _hour(slots.get("time"))
    if slots.get("offset"):
        text = WEEKS.sub(lambda found: f"P{int(found[1]) * 7}D", str(slots["offset"]).lstrip("-"))
        rule = Rule.parsed(text)
        return Rule(rule.days, at) if at and not rule.span else rule
    if slots.get("datetime"):
        due = datetime.fromisoformat(str(slots["datetime"])).replace(tzinfo=None)
        days = (held.sitting.starts.date() - due.date()).days
        if days < 0:
            raise Refused("reminder.too_late", starts=held.sitting.starts)
        return Rule(days, due.time())
    return Rule(0, at) if at else None


def _hour(said: object) -> time | None:
    try:
        return time.fromisoformat(str(said)) if said else None
    except ValueError:  # of a token that was forged
        return None


async def _own(turn: Turn, slots: Slots) -> list[tuple[Reminder, Held]]:
    """Return somebody's reminders with their sessions, of the body or the days named."""
    own = await turn.unit.reminders.of_person(turn.known().id)
    coming = await ahead(turn, slots, keys=list(turn.commune.bodies)) if own else []
    days = period(slots)
    held = {
        one.session.id: one
        for one in by_session(coming)
        if slots.get("body") in {None, one.body.key}
        and (not slots.get("body_kind") or str(slots["body_kind"]) in one.body.kind)
        and (days is None or days[0] <= one.sitting.starts.date() <= days[1])
    }
    found = [(one, held[one.session_id]) for one in own if one.session_id in held]
    return found[:MOST_LISTED]


def _to_cancel(turn: Turn, own: Sequence[tuple[Reminder, Held]]) -> list[Choice]:
    by_id = {held.session.id: held for _, held in own}
    choices = [
        turn.choice("remind.cancel", f"forget:{session_id}", session=telling.label(turn, held))
        for session_id, held in by_id.items()
    ]
    if len(choices) > 1:
        choices.append(turn.choice("remind.cancel_all", f"forget:{ALL}"))
    return choices


def _wall(turn: Turn, reminder: Reminder) -> datetime:
    return wall_time(reminder.due_at, turn.commune.zone)
