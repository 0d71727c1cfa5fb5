"""What was done to a thing: all of it for those who work on it, its public steps for everybody."""

import re
from collections.abc import Sequence

from actions.records.recounting import recounted, subject_of
from domain.bodies import COUNCIL
from domain.errors import Refused
from domain.history import Happening, told
from domain.rights import Act, Sight, may, sees
from handlers import approvals, session, telling
from handlers.agenda import seen
from handlers.finding import Held, meant, one
from handlers.turn import Outcome, Turn
from handlers.understanding.wording import norms

REFERENCE = re.compile(
    r"[A-Za-z]{2,3}-[\d-]*\d|item[ :]?\d+/\w+|[a-z]+:[\w:-]+", re.IGNORECASE | re.ASCII
)
NUMBER = re.compile(
    r"(?:point|item|question|النقطة|نقطة|no?°?|n°|#)\s*(?P<number>\w{1,16})\b", re.IGNORECASE
)
OF_THE_SESSION = re.compile(r"session|séance|seance|sitting|دور[ةه]|جلس[ةه]", re.IGNORECASE)
MOST_TOLD = 30  # the latest
# Besides sessions and items: what whoever asks must be allowed to do to read of it.
NEEDED = {
    "request": Act.ANSWER_REQUESTS,
    "person": Act.READ_RECORDS,
    "petition": Act.ANSWER_REQUESTS,
}


async def said(turn: Turn, words: str) -> Outcome:
    """Tell the history of what stands after `history`: a reference, an item, the session."""
    if reference := REFERENCE.search(words):
        return await _of_reference(turn, reference[0])
    number = NUMBER.search(words)
    held = await meant(turn, {}) if number or OF_THE_SESSION.search(words) else None
    if held is None:
        return turn.tell(turn.say("history.how"))
    return await (_of_number(turn, held, number["number"]) if number else _of_session(turn, held))


async def of_item(turn: Turn, session_id: int, item_id: int) -> Outcome:
    """Tell the history of an item, to whoever may see it."""
    held = await one(turn, session_id)
    items = await seen(turn, held) if held else ()
    found = next((item for item in items if item.id == item_id), None)
    if held is None or found is None:
        return session.unknown(turn)
    title = turn.say("agenda.line", number=found.number, title=found.title)
    back = turn.choice("agenda.item", f"item:{session_id}:{item_id}", number=found.number)
    lines = await recounted(turn.unit, f"item:{item_id}")
    return turn.tell(
        _told(turn, lines, sees_all=_works_on(turn, held.session.body_key)),
        title=turn.say("history.title", what=title),
        choices=[back],
        about=session_id,
    )


async def _of_number(turn: Turn, held: Held, number: str) -> Outcome:
    wanted = norms(number)
    for item in await seen(turn, held):
        if norms(item.number) == wanted:
            return await of_item(turn, held.session.id, item.id)
    return turn.tell(turn.say("history.unknown", ref=number))


async def _of_session(turn: Turn, held: Held) -> Outcome:
    lines = await recounted(turn.unit, f"session:{held.session.id}")
    return turn.tell(
        _told(turn, lines, sees_all=_works_on(turn, held.session.body_key)),
        title=turn.say("history.title", what=telling.name(turn, held)),
        choices=list(session.actions(turn, held)),
        about=held.session.id,
    )


async def _of_reference(turn: Turn, ref: str) -> Outcome:
    """Tell the history of what has a name; what is not theirs to see is answered as unknown."""
    unknown = turn.tell(turn.say("history.unknown", ref=ref))
    try:
        subject = await subject_of(turn.unit, ref)
        kind, _, name = subject.partition(":")
        if kind == "publication" and name.isdecimal():
            return await approvals.trail(turn, int(name))
    except Refused:
        return unknown
    return await _of_subject(turn, ref, subject) or unknown


async def _of_subject(turn: Turn, ref: str, subject: str) -> Outcome | None:
    kind, _, name = subject.partition(":")
    if kind == "session" and name.isdecimal():
        held = await one(turn, int(name))
        return await _of_session(turn, held) if held else None
    if kind == "item":
        held = await _session_of(turn, ref)
        return await of_item(turn, held.session.id, int(name)) if held else None
    act = NEEDED.get(kind)
    if kind != "decision" and (act is None or not may(turn.actor, act)):
        return None
    lines = await recounted(turn.unit, subject)
    text = _told(turn, lines, sees_all=act is not None or _works_on(turn, COUNCIL))
    return turn.tell(text, title=turn.say("history.title", what=ref.upper()))


async def _session_of(turn: Turn, ref: str) -> Held | None:
    """Return the session of `item 12/3`; an item by its id alone is for the command line."""
    number = re.search(r"(\d+)/", ref)
    return await one(turn, int(number[1])) if number else None


def _works_on(turn: Turn, body_key: str) -> bool:
    return sees(turn.person, Sight.DRAFTS, turn.commune.bodies.get(body_key))


def _told(turn: Turn, lines: Sequence[Happening], *, sees_all: bool) -> str:
    shown = [line for line in lines if sees_all or line.is_public][-MOST_TOLD:]
    if not shown:
        return turn.say("history.none")
    return "\n".join(
        told(line, turn.phrases, turn.language, publicly=not sees_all) for line in shown
    )
