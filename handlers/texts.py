"""Texts of one's own: written, put before those who must agree, changed, and taken back."""

from actions.texts import delegating, submitting, wording
from actions.texts.manuscripts import Manuscript, manuscript
from domain.errors import Refused
from domain.messages import Choice
from domain.publications import PublicationKind, written_text
from domain.rights import Act, may
from handlers import filling, minutes_work, session, telling as telling_sessions
from handlers.finding import Held, ahead, by_session, one
from handlers.finding_approvals import found, visible
from handlers.turn import Outcome, Slots, Turn

FLOW = "text"
MOST_AGENDAS = 8


async def request_asked(turn: Turn, slots: Slots) -> Outcome:
    """Put a text before its steps: one that was begun, an agenda, or one to be written now."""
    if slots.get("approval_ref"):
        held = await found(turn, slots)
        return await submitted(turn, held.publication.id)
    if slots.get("doc_kind") == PublicationKind.AGENDA:
        return await _which_agenda(turn)
    if slots.get("doc_kind") == PublicationKind.MINUTES:
        return await minutes_work.which(turn, slots)
    return await filling.beginning("publication")(turn, slots)


async def submitted(turn: Turn, number: int) -> Outcome:
    await visible(turn, number)
    publication = await submitting.submit(turn.unit, turn.actor, number)
    held = await manuscript(turn.unit, publication.id)
    ref, count = publication.ref, len(held.flow.steps)
    return _after(turn, held, turn.say("approval.submitted", ref=ref, count=count))


async def rewritten(turn: Turn, number: int) -> Outcome:
    """Ask for another text, with the one that stands to be corrected."""
    held = await visible(turn, number)
    known_texts = {f"text_{one}": written_text(text) for one, text in held.texts.items()}
    rewriting = filling.FILLINGS["rewriting"].form
    for name, text in known_texts.items():
        field = rewriting.field(name)
        if field is None or len(text) > field.room:
            raise Refused("approval.rewrite_elsewhere", ref=held.publication.ref)
    answers = {field.name: known_texts.get(field.name, "") for field in rewriting.fields}
    return await filling.anew(turn, "rewriting", {**answers, "publication": str(number)})


async def recalled(turn: Turn, number: int, answer: str = "") -> Outcome:
    """Take one's text back, once that was said back."""
    held = await visible(turn, number)
    ref = held.publication.ref
    if answer != "yes":
        title = wording.title(held.texts, turn.language)
        text = turn.say("approval.echo_recall", ref=ref, title=title)
        return turn.echo(FLOW, text, f"recall:{number}:yes")
    await submitting.recall(turn.unit, turn.actor, number)
    return _after(turn, await manuscript(turn.unit, number), turn.say("approval.recalled", ref=ref))


async def withdrawn(turn: Turn, number: int) -> Outcome:
    """Ask why a text that is out is taken back; the answer is read back before it is done."""
    held = await visible(turn, number)
    return await filling.anew(turn, "approval_withdraw", {"publication": str(held.publication.id)})


async def written(turn: Turn) -> Outcome:
    return await filling.beginning("publication")(turn, {})


def _after(turn: Turn, held: Manuscript, said: str) -> Outcome:
    choices = wording.next_acts(held.publication, turn.language)
    return turn.settle(said, choices=choices)


async def proposed(turn: Turn, session_id: int, answer: str = "") -> Outcome:
    """Put a session's agenda before those who must agree, once that was said back."""
    held = await one(turn, session_id)
    if held is None or not may(turn.actor, Act.WRITE, held.body):
        return turn.tell(turn.say("session.unknown"))
    if answer != "yes":
        name, starts = telling_sessions.name(turn, held), held.sitting.starts
        text = turn.say("approval.echo_agenda_submit", session=name, starts=starts)
        return turn.echo(FLOW, text, f"propose:{session_id}:yes")
    flow = turn.flows.for_kind(PublicationKind.AGENDA, turn.commune.tenant.rule_pack)
    begun = submitting.Begun(PublicationKind.AGENDA, flow, session_id=session_id)
    number = (await submitting.begin(turn.unit, turn.actor, begun)).id
    return await submitted(turn, number)


async def _which_agenda(turn: Turn) -> Outcome:
    """Ask of which session, among those whose agenda is theirs to put forward."""
    coming = [
        held for held in by_session(await ahead(turn, {})) if may(turn.actor, Act.WRITE, held.body)
    ]
    if not coming:
        return session.none_ahead(turn)
    choices = [_of_agenda(turn, held) for held in coming[:MOST_AGENDAS]]
    return turn.tell(turn.say("approval.which_agenda"), choices=choices)


def _of_agenda(turn: Turn, held: Held) -> Choice:
    return Choice(telling_sessions.label(turn, held), f"propose:{held.session.id}")


async def delegated(turn: Turn) -> Outcome:
    return await filling.beginning("delegation")(turn, {})


async def undelegated(turn: Turn, delegation_id: int) -> Outcome:
    await delegating.end(turn.unit, turn.actor, delegation_id)
    return turn.settle(turn.say("approval.delegation_ended"))
