"""I come, or I send my excuse: binding, so it is said back and confirmed before it is done."""

from actions.sessions import attending
from actions.wording import attendance_of
from domain.clock import wall_time
from domain.matters import personal
from domain.messages import Choice
from handlers import choosing, help, session, telling
from handlers.finding import Held, ahead, by_session, one, period
from handlers.turn import Outcome, Slots, Turn

FLOW = "attend"
REASON = "reason"
WHICH = "which"
MOST_OFFERED = 4
SHOWN_REASON = 1000  # characters; actions.sessions.attending keeps as many


async def come_asked(turn: Turn, slots: Slots) -> Outcome:
    """Find the session somebody says they will come to, and say it back."""
    found = await _invited(turn, slots)
    if len(found) == 1:
        return await _echo_coming(turn, found[0])
    if found:
        return session.choose(turn, found, "attend.which", "attend:{id}")
    return await _none(turn, slots, "attend:{id}")


async def excuse_asked(turn: Turn, slots: Slots) -> Outcome:
    """Find the session somebody will miss, and ask why when they have not said."""
    reason = str(slots.get("reason") or "").strip()
    found = await _invited(turn, slots)
    if len(found) == 1:
        return await _echo_excuse(turn, found[0], reason) if reason else _why(turn, found[0])
    if not found:
        return await _none(turn, slots, "attend:{id}:no")
    asked = session.choose(turn, found, "attend.which", "attend:{id}:no")
    return turn.ask(
        FLOW, WHICH, asked.messages[0].text, choices=asked.messages[0].choices, reason=reason
    )


async def pressed(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Take the answer of a button: `yes` is done, `no` is asked why, neither is said back."""
    turn.known()
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    if answer == "no":
        is_choosing = (turn.conversation.flow, turn.conversation.step) == (FLOW, WHICH)
        reason = str(turn.conversation.facts.get("reason") or "") if is_choosing else ""
        return await _echo_excuse(turn, held, reason) if reason else _why(turn, held)
    if answer != "yes":
        return await _echo_coming(turn, held)
    done = await attending.confirm(turn.unit, turn.actor, session_id, pressed=turn.pressed)
    text = turn.say("attend.coming", session=telling.name(turn, held), starts=held.sitting.starts)
    return turn.settle(
        _said_before(turn, done, text),
        choices=[
            turn.choice("session.see_agenda", f"agenda:{session_id}"),
            turn.choice("session.remind", f"remind:{session_id}"),
            turn.choice("notice.excuse", f"attend:{session_id}:no"),
        ],
        about=session_id,
    ).on(attendance_of(session_id), done.number)


async def excuse_pressed(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Send the excuse that was said back; one whose reason is forgotten is asked again."""
    turn.known()
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    facts = turn.conversation.facts
    reason = str(facts.get("reason") or "") if facts.get("session") == session_id else ""
    if answer != "yes" or not reason:
        return _why(turn, held)
    done = await attending.excuse(turn.unit, turn.actor, session_id, reason, pressed=turn.pressed)
    text = turn.say(
        "attend.excused",
        session=telling.name(turn, held),
        starts=held.sitting.starts,
        reason=reason,
    )
    return turn.settle(
        _said_before(turn, done, text),
        choices=[turn.choice("attend.come_after_all", f"attend:{session_id}")],
        about=session_id,
    ).on(attendance_of(session_id), done.number)


async def reason_given(turn: Turn, text: str) -> Outcome:
    """Take whatever is said as the reason that was asked for, but for a mere yes or no."""
    session_id = turn.conversation.facts.get("session")
    held = await one(turn, session_id) if isinstance(session_id, int) else None
    if held is None:
        return session.unknown(turn)
    if choosing.is_yes_or_no(text):
        return _why(turn, held)
    return await _echo_excuse(turn, held, text)


async def _invited(turn: Turn, slots: Slots) -> list[Held]:
    """Return the sessions to come of bodies where they sit; without a day, the nearest day's."""
    seats = list(turn.known().seats)
    keys = [str(slots["body"])] if slots.get("body") in seats else seats
    found = by_session(await ahead(turn, slots, keys=keys)) if keys else []
    found = [held for held in found if held.session.state in attending.ANSWERABLE]
    days = period(slots)
    if days:
        return [held for held in found if days[0] <= held.sitting.starts.date() <= days[1]]
    if turn.about in {held.session.id for held in found} and not slots.get("body"):
        return [held for held in found if held.session.id == turn.about]
    return found


async def _none(turn: Turn, slots: Slots, value: str) -> Outcome:
    """Say that they are called to nothing then, and to what they are called on other days."""
    others = await _invited(turn, {}) if period(slots) or slots.get("body") else []
    choices = [
        Choice(telling.label(turn, held), value.format(id=held.session.id)) for held in others
    ]
    return turn.tell(turn.say("attend.none"), choices=choices[:MOST_OFFERED] or help.menu(turn))


async def _echo_coming(turn: Turn, held: Held) -> Outcome:
    session_id = held.session.id
    text = turn.say("attend.echo", session=telling.name(turn, held), starts=held.sitting.starts)
    asked = turn.echo(FLOW, text, f"attend:{session_id}:yes", about=session_id)
    return await _knowing(turn, session_id, asked)


async def _echo_excuse(turn: Turn, held: Held, reason: str) -> Outcome:
    session_id, reason = held.session.id, reason.strip()[:SHOWN_REASON]
    text = turn.say(
        "attend.echo_excuse",
        session=telling.name(turn, held),
        starts=held.sitting.starts,
        reason=reason,
    )
    value = f"excuse:{session_id}:yes"
    asked = turn.echo(FLOW, text, value, session=session_id, reason=reason)
    return await _knowing(turn, session_id, asked)


def _why(turn: Turn, held: Held) -> Outcome:
    text = turn.say("attend.why", session=telling.name(turn, held), starts=held.sitting.starts)
    cancel = turn.choice("common.cancel", "cancel")
    return turn.ask(FLOW, REASON, text, choices=[cancel], session=held.session.id)


async def _knowing(turn: Turn, session_id: int, asked: Outcome) -> Outcome:
    """Return a question that was put in the knowledge of an earlier answer."""
    subject = attendance_of(session_id)
    before = await turn.unit.matters.standing(personal(subject, turn.known().id))
    return asked.on(subject, before.number if before else 0)


def _said_before(turn: Turn, done: attending.Answered, text: str) -> str:
    """Say when and where it was said before, to whoever says it again."""
    if not done.is_repeated:
        return text
    before = done.attendance
    already = turn.say(
        "attend.already",
        channel=turn.say(f"delivery.channel_{before.channel}"),
        at=wall_time(before.at, turn.commune.zone),
    )
    return f"{text}\n{already}"
