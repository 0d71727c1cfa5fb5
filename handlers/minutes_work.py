"""Minutes drawn up and handed out: what each does is said back before it is done."""

from datetime import timedelta

from actions.papers import correcting_minutes, keeping_minutes
from domain.messages import Choice
from domain.minutes import Minutes
from domain.publications import PublicationKind
from domain.rights import Act, may
from domain.sessions import SessionState
from handlers import approvals, minutes, session, telling
from handlers.finding import Held, by_session, during, one
from handlers.turn import Outcome, Slots, Turn

FLOW = "minutes"
BACK = timedelta(days=120)  # how far back minutes may still be owed
MOST = 8


async def which(turn: Turn, slots: Slots) -> Outcome:
    """Ask of which closed session the minutes are to be drawn up."""
    past = by_session(await during(turn, (turn.today - BACK, turn.today), slots))
    owed = [
        held
        for held in past
        if held.session.state is SessionState.CLOSED
        and may(turn.actor, Act.RECORD, held.body)
        and await turn.unit.minutes.of_session(held.session.id) is None
    ]
    if not owed:
        return turn.tell(turn.say("minutes.none_to_draft"))
    choices = [
        Choice(telling.label(turn, held), f"draftpv:{held.session.id}") for held in owed[-MOST:]
    ]
    return turn.tell(turn.say("minutes.which"), choices=choices)


async def drafted(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Draw the minutes up from the records, and show them to whoever is to put them right."""
    held = await one(turn, session_id)
    if held is None or not may(turn.actor, Act.RECORD, held.body):
        return session.unknown(turn)
    if answer != "yes":
        facts = {"session": telling.name(turn, held), "day": held.sitting.starts.date()}
        text = turn.say("minutes.echo_draft", **facts)
        return turn.echo(FLOW, text, f"draftpv:{session_id}:yes")
    flow = turn.flows.for_kind(PublicationKind.MINUTES, turn.commune.tenant.rule_pack)
    made = await keeping_minutes.draft(turn.unit, turn.actor, session_id, flow)
    return await _begun(
        turn, session_id, made.publication_id, turn.say("minutes.drafted", ref=made.ref)
    )


async def given(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Send every member their copy."""
    held, known = await _kept(turn, session_id)
    if held is None or known is None:
        return session.unknown(turn)
    if answer != "yes":
        text = turn.say("minutes.echo_give", ref=known.ref)
        return turn.echo(FLOW, text, f"givepv:{session_id}:yes")
    await keeping_minutes.give(turn.unit, turn.actor, session_id)
    return await minutes.told(turn, held, before=turn.say("minutes.was_given", ref=known.ref))


async def corrected(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Begin a correction of signed minutes, and show it to whoever is to put it right."""
    held, known = await _kept(turn, session_id)
    if held is None or known is None:
        return session.unknown(turn)
    if answer != "yes":
        said = turn.say("minutes.echo_correct", ref=known.ref)
        return turn.echo(FLOW, said, f"correctpv:{session_id}:yes")
    flow = turn.flows.for_kind(PublicationKind.MINUTES, turn.commune.tenant.rule_pack)
    _, text = await correcting_minutes.correct(turn.unit, turn.actor, session_id, flow)
    return await _begun(
        turn, session_id, text.id, turn.say("minutes.correction_begun", ref=known.ref)
    )


async def correction_signed(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Note that the correction was signed: it is the minutes from then on."""
    held, known = await _kept(turn, session_id)
    if held is None or known is None:
        return session.unknown(turn)
    if answer != "yes":
        text = turn.say("minutes.echo_sign_correction", ref=known.ref)
        return turn.echo(FLOW, text, f"signcorrection:{session_id}:yes")
    await correcting_minutes.sign(turn.unit, turn.actor, session_id)
    return await minutes.told(turn, held, before=turn.say("minutes.was_corrected", ref=known.ref))


async def _begun(turn: Turn, session_id: int, text_id: int, said: str) -> Outcome:
    """Show a text that has been begun to whoever is to put it right."""
    shown = (await approvals.shown(turn, text_id)).messages[-1]
    return turn.tell(f"{said}\n\n{shown.text}", choices=shown.choices, about=session_id)


async def _kept(turn: Turn, session_id: int) -> tuple[Held | None, Minutes | None]:
    """Return a session whose record they keep, with its minutes."""
    held = await one(turn, session_id)
    if held is None or not may(turn.actor, Act.RECORD, held.body):
        return None, None
    return held, await turn.unit.minutes.of_session(session_id)
