"""Calling a session, sending its agenda, telling of changes, calling it off: said back first."""

from collections.abc import Sequence

from actions.duties.due import of_session
from actions.duties.reminding import line
from actions.meetings import meeting
from actions.papers import hearing_governor
from actions.sessions import changing, convening, telling_changes
from actions.wording import said
from domain.rights import Act, may
from domain.sessions import SessionState
from handlers import planning, session
from handlers.finding import ahead, by_session
from handlers.turn import Outcome, Slots, Turn

FLOW, REASON = "calling", "reason"
YET_TO_CONVENE = frozenset({SessionState.DRAFT, SessionState.AGENDA_SENT, SessionState.POSTPONED})


async def convene_asked(turn: Turn, slots: Slots) -> Outcome:
    """Find the session to convene, and say back what that does."""
    return await _of(turn, slots, Act.CONVENE, YET_TO_CONVENE, "convene")


async def call_off_asked(turn: Turn, slots: Slots) -> Outcome:
    states = frozenset(SessionState) - {SessionState.CANCELLED, SessionState.CLOSED}
    return await _of(turn, slots, Act.CANCEL, states, "calloff")


async def convene(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Say who would be called, how, and what the law would have otherwise; then do it."""
    if answer != "yes":
        foreseen = await convening.foreseen(
            turn.unit, session_id, actor=turn.actor, language=turn.language
        )
        called = foreseen.meeting
        text = turn.say(
            "calling.convene",
            session=called.name(turn.language),
            starts=called.opening.starts,
            items=len(said(called.items)),
        )
        members = turn.say("calling.members", count=foreseen.members)
        lines = [text, members]
        if foreseen.without_address:
            lines.append(turn.say("calling.without_address", count=foreseen.without_address))
        return _echo(turn, session_id, "convene", [*lines, *_warned(foreseen.warnings)])
    done = await convening.convene(turn.unit, session_id, actor=turn.actor, language=turn.language)
    return _done(turn, session_id, [turn.say("calling.convened"), *_warned(done.warnings)])


async def submit(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Say what goes to the governor, and what is left of his days; then note that it went."""
    called = await meeting(turn.unit, session_id)
    if answer != "yes":
        owed = await of_session(turn.unit, session_id, language=turn.language)
        law = [
            line(one, turn.language, turn.today)
            for one in owed
            if one.duty.name == hearing_governor.SENDING
        ]
        text = turn.say(
            "calling.submit",
            session=called.name(turn.language),
            starts=called.opening.starts,
            items=len(said(called.items)),
        )
        return _echo(turn, session_id, "togovernor", [text, *law])
    done = await hearing_governor.send_agenda(
        turn.unit, session_id, actor=turn.actor, language=turn.language
    )
    language = "ar" if turn.language == "ary" else turn.language
    lines = [turn.say("calling.submitted", day=done.on, mark=done.sha256[language][:12])]
    if done.missed:
        lines.append(turn.say("planning.missed", sentence=done.missed.sentence))
    return _done(turn, session_id, lines)


async def tell(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Have all who were convened told of the changed agenda now."""
    if answer != "yes":
        called = await meeting(turn.unit, session_id)
        text = turn.say(
            "calling.tell", session=called.name(turn.language), starts=called.opening.starts
        )
        return _echo(turn, session_id, "tellagenda", [text])
    warnings = await telling_changes.tell_now(
        turn.unit, session_id, actor=turn.actor, language=turn.language
    )
    return _done(turn, session_id, [turn.say("calling.told"), *_warned(warnings)])


async def call_off(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Ask why a session is called off, and do it once that was said back."""
    called = await meeting(turn.unit, session_id)
    name, starts = called.name(turn.language), called.opening.starts
    facts = turn.conversation.facts
    reason = str(facts.get("reason") or "") if facts.get("session") == session_id else ""
    if answer != "yes" or not reason:
        cancel = turn.choice("common.cancel", "cancel")
        text = turn.say("calling.why_off", session=name, starts=starts)
        return turn.ask(FLOW, REASON, text, choices=[cancel], session=session_id)
    await changing.cancel(turn.unit, session_id, reason=reason, actor=turn.actor)
    return turn.settle(turn.say("calling.off", session=name, starts=starts), about=session_id)


async def reason_given(turn: Turn, text: str) -> Outcome | None:
    session_id = turn.conversation.facts.get("session")
    if not isinstance(session_id, int):
        return None
    called = await meeting(turn.unit, session_id)
    echo = turn.say(
        "calling.echo_off",
        session=called.name(turn.language),
        starts=called.opening.starts,
        reason=text,
    )
    value = f"calloff:{session_id}:yes"
    return turn.echo(FLOW, echo, value, session=session_id, reason=text)


async def _of(
    turn: Turn, slots: Slots, act: Act, states: frozenset[SessionState], then: str
) -> Outcome:
    keys = [body.key for body in planning.bodies_for(turn, act)]
    if slots.get("body") in keys:
        keys = [str(slots["body"])]
    found = by_session(await ahead(turn, slots, keys=keys))
    found = [
        held for held in found if held.session.state in states and may(turn.actor, act, held.body)
    ]
    if not found:
        return turn.tell(turn.say("prepare.none"))
    chosen = [held for held in found if held.session.id == turn.about] or found
    if len(chosen) > 1:
        return session.choose(turn, chosen, "prepare.which", f"{then}:{{id}}")
    return await SAID_BACK[then](turn, chosen[0].session.id)


def _echo(turn: Turn, session_id: int, act: str, lines: Sequence[str]) -> Outcome:
    return turn.echo(FLOW, "\n".join(lines), f"{act}:{session_id}:yes", about=session_id)


def _done(turn: Turn, session_id: int, lines: Sequence[str]) -> Outcome:
    choices = [turn.choice("prepare.whole", f"prepare:{session_id}")]
    return turn.settle("\n".join(lines), choices=choices, about=session_id)


def _warned(warnings: Sequence[convening.Warned]) -> list[str]:
    return [f"⚠️ {warning.sentence}" for warning in warnings]


SAID_BACK = {"convene": convene, "calloff": call_off}
