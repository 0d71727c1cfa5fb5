"""How texts that are to be agreed to are spoken of: where they stand, and what happened to them."""

from collections.abc import Mapping

from actions.texts import reading, wording
from actions.texts.manuscripts import Manuscript
from domain.clock import wall_time
from domain.messages import Choice
from handlers.turn import Turn


def line(turn: Turn, held: Manuscript) -> str:
    publication = held.publication
    return turn.say(
        "approval.line",
        icon=publication.icon,
        ref=publication.ref,
        kind=wording.kind(publication),
        title=wording.title(held.texts, turn.language),
        state=wording.state(publication),
    )


def label(turn: Turn, held: Manuscript, value: str) -> Choice:
    title = wording.title(held.texts, turn.language)
    return Choice(f"{held.publication.ref} · {title}"[:60], value)


async def status(turn: Turn, held: Manuscript) -> str:
    """Return where a text stands, step by step: who has decided, and who is waited for."""
    lines = [line(turn, held)]
    steps = await reading.steps(turn.unit, held)
    lines += [one.told(turn.language, turn.commune.zone) for one in steps]
    if held.publication.ended_reason:
        lines.append(turn.say("session.reason", reason=held.publication.ended_reason))
    return "\n".join(lines)


async def history(turn: Turn, held: Manuscript) -> str:
    """Return all that happened to a text: who did what, when and by which channel."""
    publication = held.publication
    told = await reading.recounted(turn.unit, held, turn.language)
    title = wording.title(held.texts, turn.language)
    return "\n".join([turn.say("approval.history", ref=publication.ref, title=title), *told])


def facts(turn: Turn, held: Manuscript) -> Mapping[str, object]:
    """Return what the question before the last word says of a text."""
    publication = held.publication
    release = publication.release_at
    audience = publication.audience
    return {
        "ref": publication.ref,
        "title": wording.title(held.texts, turn.language),
        "audience": wording.audience(held, turn.language) if audience else "",
        "at": wall_time(release, turn.commune.zone) if release else "",
    }
