"""How texts that are to be agreed to are spoken of: where they stand, and what happened to them."""

from collections.abc import Mapping

from actions import approval_history, wording_approvals as wording
from actions.approval_history import Happened
from actions.manuscripts import Manuscript, deciders, name_of
from domain.approvals import Step
from domain.clock import wall_time
from domain.messages import Choice
from handlers.turn import Turn

NAMED = {"beffroi": "approval.the_program", "operator": "approval.the_operator"}


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
    if held.publication.round:
        lines += [await _step(turn, held, step) for step in held.flow.steps]
    if held.publication.ended_reason:
        lines.append(turn.say("session.reason", reason=held.publication.ended_reason))
    return "\n".join(lines)


async def _step(turn: Turn, held: Manuscript, step: Step) -> str:
    name = wording.step_name(step, turn.language)
    open_ = next((one for one in held.standing.open if one.step.key == step.key), None)
    if open_:
        names = [one.name for one in await deciders(turn.unit, held, step)]
        if not names:
            return turn.say("approval.step_waits_nobody", step=name)
        due = wall_time(open_.due_at, turn.commune.zone)
        return turn.say("approval.step_waits", step=name, names=names, due=due)
    decided = held.round.of(step.key)
    if not decided:
        return turn.say("approval.step_comes", step=name)
    names = [await name_of(turn.unit, one.person_id) for one in decided]
    return turn.say("approval.step_is_done", step=name, names=names)


async def history(turn: Turn, held: Manuscript) -> str:
    """Return all that happened to a text: who did what, when and by which channel."""
    publication = held.publication
    told = [
        await _told(turn, held, one)
        for one in await approval_history.history(turn.unit, publication.id)
    ]
    title = wording.title(held.texts, turn.language)
    return "\n".join([turn.say("approval.history", ref=publication.ref, title=title), *told])


async def _told(turn: Turn, held: Manuscript, one: Happened) -> str:
    zone = turn.commune.zone
    if one.decision:
        names = one.name, await name_of(turn.unit, one.decision.for_id)
        return wording.decided(held, one.decision, names, zone, turn.language)
    who = one.name or turn.say(NAMED[one.actor.partition(":")[0]])
    at = wall_time(one.at, zone)
    return turn.say(f"approval.trail_{one.act}", at=at, name=who, round=one.round)


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
