"""Which text somebody speaks of, among those they write or have a word in."""

from collections.abc import Sequence

from actions.texts import reading
from actions.texts.manuscripts import Manuscript, known, manuscript
from domain.approvals import ApprovalState
from domain.errors import Refused
from domain.publications import Publication
from handlers import telling_approvals as telling
from handlers.tokens import number
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding.wording import norms
from store.publications import ALIVE

MOST = 8
ENDED = frozenset(ApprovalState) - ALIVE
PREFIX = "APP-"


async def visible(turn: Turn, publication_id: int) -> Manuscript:
    """Return a text to whoever writes, or has a word in it; to others it does not exist."""
    return await reading.visible(turn.unit, turn.actor, publication_id)


async def found(turn: Turn, slots: Slots) -> Manuscript:
    """Return the text whose number was given, or raise Refused."""
    ref = str(slots.get("approval_ref") or "")
    try:
        publication_id = number(ref.removeprefix(PREFIX))
    except ValueError:
        raise Refused("approval.unknown", ref=ref) from None
    return await visible(turn, publication_id)


async def one_of(
    turn: Turn, slots: Slots, press: str, among: Sequence[Manuscript] | None = None
) -> Manuscript | Outcome:
    """Return the text meant, by number, kind or words; else ask which, by buttons of a press.

    `among`: those that can be meant; without it, all that somebody may see, those on their way
    before those that ended.
    """
    known(turn.actor)
    if slots.get("approval_ref"):
        return await found(turn, slots)
    candidates = among if among is not None else await _candidates(turn)
    fitting = [held for held in candidates if _fits(held, slots)] or list(candidates)
    if len(fitting) == 1:
        return fitting[0]
    key = "approval.which" if fitting else "approval.none_found"
    lines = [turn.say(key), *(telling.line(turn, held) for held in fitting[:MOST])]
    choices = [
        telling.label(turn, held, f"{press}:{held.publication.id}") for held in fitting[:MOST]
    ]
    return turn.tell("\n".join(lines), choices=choices)


async def mine(turn: Turn) -> list[Manuscript]:
    """Return somebody's own texts that are on their way."""
    alive = await turn.unit.publications.in_states(ALIVE)
    return [
        await manuscript(turn.unit, one.id)
        for one in alive
        if turn.person and one.author_id == turn.person.id
    ]


async def _candidates(turn: Turn) -> list[Manuscript]:
    seen = await _seen(turn, await turn.unit.publications.in_states(ALIVE))
    return seen or await _seen(turn, await turn.unit.publications.in_states(ENDED))


async def _seen(turn: Turn, publications: Sequence[Publication]) -> list[Manuscript]:
    held = [await manuscript(turn.unit, one.id) for one in publications]
    return [one for one in held if await reading.is_theirs(turn.unit, turn.actor, one)]


def _fits(held: Manuscript, slots: Slots) -> bool:
    """Say whether a text is of the kind that was named, and its titles have the words."""
    kind, words = slots.get("doc_kind"), norms(str(slots.get("topic") or ""))
    titles = norms(" ".join(text.title for text in held.texts.values()))
    return (not kind or kind == held.publication.kind) and set(words) <= set(titles)
