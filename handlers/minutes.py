"""The minutes of a session: where they stand, and what the law asks next of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from actions.duties.due import of_session
from actions.papers.correcting_minutes import correction
from actions.papers.recording import record, strike
from domain.approvals import ApprovalState
from domain.documents import DocumentKind
from domain.errors import Refused
from domain.messages import Choice
from domain.minutes import ICONS, SERIES, STEPS, Minutes, numbered, state
from domain.phrasebook import Named
from domain.publications import Publication
from domain.rights import Act, may
from domain.session_facts import AFTER, PAPERS, SessionFact
from handlers import document, search, session, telling
from handlers.finding import Held, during, meant, one, period
from handlers.turn import Outcome, Slots, Turn
from store.session_facts import Days

BACK = timedelta(days=400)  # how far back somebody means who names no day


async def asked(turn: Turn, slots: Slots) -> Outcome:
    """Send the minutes meant, by number, by words, or of a session; else say where they stand."""
    if slots.get("topic"):
        return await search.papers_asked(turn, {**slots, "doc_kind": DocumentKind.MINUTES})
    held = await _held(turn, slots)
    if held is None:
        return await document.minutes_asked(turn, slots)
    outcome = await document.shown_of_kind(turn, held, DocumentKind.MINUTES)
    return outcome or await told(turn, held)


async def status_asked(turn: Turn, slots: Slots) -> Outcome:
    """Say where the minutes of the session meant stand: of the latest, where no day is named."""
    held = await _held(turn, slots)
    return await told(turn, held) if held else session.none_ahead(turn)


async def shown(turn: Turn, session_id: int) -> Outcome:
    """Say where the minutes of a session stand."""
    held = await one(turn, session_id)
    return await told(turn, held) if held else session.unknown(turn)


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
    return await told(turn, held, undo=fact)


async def told(
    turn: Turn, held: Held, *, undo: SessionFact | None = None, before: str = ""
) -> Outcome:
    """Say how far the minutes of a session have come, and offer what comes next."""
    known = await turn.unit.session_facts.of(held.session.id)
    written = await _written(turn, held)
    corrects = await correction(turn.unit, written[0]) if written else None
    lines = [
        turn.say("minutes.done", what=turn.say(f"record.fact_{step}"), day=known[step])
        for step in STEPS
        if step in known
    ]
    lines = lines or [
        turn.say("minutes.none" if held.sitting.starts.date() < turn.today else "minutes.ahead")
    ]
    if written:
        lines.insert(0, _standing(turn, written, known))
    if corrects and may(turn.actor, Act.RECORD, held.body):
        stands = Named(f"council.approval_{corrects.state}")
        lines.append(turn.say("minutes.correction", text=corrects.ref, state=stands))
    if before:
        lines.insert(0, before)
    if may(turn.actor, Act.RECORD, held.body) or turn.viewer.is_member(held.session.body_key):
        lines += await _owed(turn, held)
    return turn.tell(
        "\n".join(lines),
        title=turn.say(
            "minutes.title", session=telling.name(turn, held), day=held.sitting.starts.date()
        ),
        choices=[
            *_next(turn, held, known, written),
            *_corrections(turn, held, known, corrects if written else None),
            *_choices(turn, held, _steps(known, written), undo),
        ],
        about=held.session.id,
    )


async def _written(turn: Turn, held: Held) -> tuple[Minutes, Publication] | None:
    """Return the minutes that were drawn up here, with the text they are."""
    minutes = await turn.unit.minutes.of_session(held.session.id)
    text = await turn.unit.publications.by_id(minutes.publication_id) if minutes else None
    return (minutes, text) if minutes and text else None


def _standing(turn: Turn, written: tuple[Minutes, Publication], known: Days) -> str:
    minutes, text = written
    reached = state(text.state, known)
    said = Named(f"council.minutes_{reached}")
    return turn.say("minutes.stands", icon=ICONS[reached], ref=minutes.ref, state=said)


def _next(
    turn: Turn, held: Held, known: Days, written: tuple[Minutes, Publication] | None
) -> Iterator[Choice]:
    """Offer to draw up, to read and to hand out, to whoever keeps the records."""
    if not may(turn.actor, Act.RECORD, held.body):
        return
    is_closed = SessionFact.CLOSED in known
    if is_closed and (written is None or written[1].state is ApprovalState.REJECTED):
        yield turn.choice("minutes.draft", f"draftpv:{held.session.id}")
    if written:
        yield turn.choice("minutes.see", f"approval:{written[0].publication_id}")
        if SessionFact.MINUTES_SIGNED in known and SessionFact.MINUTES_GIVEN not in known:
            yield turn.choice("minutes.give", f"givepv:{held.session.id}")


def _corrections(
    turn: Turn, held: Held, known: Days, corrects: Publication | None
) -> Iterator[Choice]:
    """Offer to correct what was signed, or to note that the correction is signed, too."""
    if SessionFact.MINUTES_SIGNED not in known or not may(turn.actor, Act.RECORD, held.body):
        return
    if corrects is None:
        yield turn.choice("minutes.correct", f"correctpv:{held.session.id}")
    elif corrects.state is ApprovalState.APPROVED:
        yield turn.choice("minutes.sign_correction", f"signcorrection:{held.session.id}")
    else:
        yield turn.choice("minutes.see", f"approval:{corrects.id}")


def _steps(known: Days, written: tuple[Minutes, Publication] | None) -> tuple[SessionFact, ...]:
    """Return the steps that are not to be offered, or that others wait for: those that were taken.

    What was written here is signed once it is agreed to.
    """
    if written and written[1].state is not ApprovalState.APPROVED:
        return (*known, SessionFact.MINUTES_SIGNED)
    return tuple(known)


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
            if step not in known and step in PAPERS and AFTER.get(step, step) in {step, *known}:
                what = turn.say(f"record.fact_{step}")
                yield turn.choice("minutes.note", f"minute:{session_id}:{step}", what=what)
    here = f"minutes:{session_id}"
    yield from (one for one in session.actions(turn, held) if one.value != here)


async def _held(turn: Turn, slots: Slots) -> Held | None:
    if number := numbered(turn.incoming.text):
        return await _numbered(turn, number)
    if period(slots) or (turn.about is not None and not slots.get("body")):
        return await meant(turn, slots)
    past = await during(turn, (turn.today - BACK, turn.today), slots)
    return next((held for held in reversed(past) if not held.is_off), None)


async def _numbered(turn: Turn, number: tuple[int, int]) -> Held:
    """Return the session of the minutes of a number; raises Refused, whatever they may not see."""
    minutes = await turn.unit.minutes.called(*number)
    held = await one(turn, minutes.session_id) if minutes else None
    if held is None:
        raise Refused("minutes.unknown", ref=f"{SERIES}-{number[0]}-{number[1]}")
    return held
