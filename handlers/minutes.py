"""The minutes of a session: where they stand, and what the law asks next of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from actions.due import of_session
from actions.recording import record, strike
from domain.documents import DocumentKind
from domain.messages import Choice
from domain.rights import Act, may
from domain.session_facts import AFTER, SessionFact
from handlers import document, session, telling
from handlers.finding import Held, during, meant, one, period
from handlers.turn import Outcome, Slots, Turn

STEPS = (
    SessionFact.MINUTES_SETTLED,
    SessionFact.MINUTES_GIVEN,
    SessionFact.MINUTES_SENT,
    SessionFact.MINUTES_PUBLISHED,
)
BACK = timedelta(days=400)  # how far back somebody means who names no day


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Send the minutes of the session meant, else say where they stand."""
    held = await _held(turn, slots)
    if held is None:
        return await document.minutes_asked(turn, slots)
    outcome = await document.shown_of_kind(turn, held, DocumentKind.MINUTES)
    return outcome or await _told(turn, held)


async def status_asked(turn: Turn, slots: Slots) -> Outcome:
    """Say where the minutes of the session meant stand: of the latest, where no day is named."""
    held = await _held(turn, slots)
    return await _told(turn, held) if held else turn.tell(turn.say("session.none_ahead"))


async def noted(turn: Turn, session_id: int, fact: SessionFact) -> Outcome:
    """Note that a step of the minutes was taken today."""
    await record(turn.unit, turn.actor, session_id, fact)
    return await _again(turn, session_id, fact)


async def struck(turn: Turn, session_id: int, fact: SessionFact) -> Outcome:
    """Take a step back that was noted by mistake."""
    await strike(turn.unit, turn.actor, session_id, fact)
    return await _again(turn, session_id, None)


async def _again(turn: Turn, session_id: int, fact: SessionFact | None) -> Outcome:
    held = await one(turn, session_id)
    if held is None:
        return session.unknown(turn)
    return await _told(turn, held, undo=fact)


async def _told(turn: Turn, held: Held, *, undo: SessionFact | None = None) -> Outcome:
    known = await turn.unit.session_facts.of(held.session.id)
    lines = [
        turn.say("minutes.done", what=turn.say(f"record.fact_{step}"), day=known[step])
        for step in STEPS
        if step in known
    ]
    lines = lines or [
        turn.say("minutes.none" if held.sitting.starts.date() < turn.today else "minutes.ahead")
    ]
    if may(turn.actor, Act.RECORD, held.body) or turn.viewer.is_member(held.session.body_key):
        lines += await _owed(turn, held)
    return turn.tell(
        "\n".join(lines),
        title=turn.say(
            "minutes.title", session=telling.name(turn, held), day=held.sitting.starts.date()
        ),
        choices=list(_choices(turn, held, tuple(known), undo)),
        about=held.session.id,
    )


async def _owed(turn: Turn, held: Held) -> list[str]:
    """Return what the law still asks of the minutes, each with its day and article."""
    owed = await of_session(turn.unit, held.session.id, language=turn.language)
    return [
        turn.say(
            "minutes.owed", what=each.duty.deadline.sentence, article=each.duty.deadline.article
        )
        for each in owed
        if each.duty.is_open and "minutes" in each.duty.name
    ]


def _choices(
    turn: Turn, held: Held, known: Sequence[SessionFact], undo: SessionFact | None
) -> Iterator[Choice]:
    session_id = held.session.id
    if may(turn.actor, Act.RECORD, held.body):
        if undo is not None:
            yield turn.choice("minutes.undo", f"unminute:{session_id}:{undo}")
        for step in STEPS:
            if step not in known and AFTER.get(step, step) in {step, *known}:
                what = turn.say(f"record.fact_{step}")
                yield turn.choice("minutes.note", f"minute:{session_id}:{step}", what=what)
    yield from session.actions(turn, held)


async def _held(turn: Turn, slots: Slots) -> Held | None:
    if period(slots) or turn.about is not None:
        return await meant(turn, slots)
    past = await during(turn, (turn.today - BACK, turn.today), slots)
    return next((held for held in reversed(past) if not held.is_off), None)
