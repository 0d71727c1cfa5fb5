"""Texts that are to be agreed to: what waits for somebody, their word on it, and their own."""

from collections.abc import Sequence

from actions import approving
from actions.texts import delegating, wording
from actions.texts.manuscripts import Manuscript, known, manuscript
from domain.approvals import ApprovalState, Verdict
from domain.errors import Refused
from domain.messages import Section
from domain.publications import HELD, PublicationKind
from domain.rights import Act, may
from handlers import filling, telling_approvals as telling
from handlers.finding_approvals import mine, one_of, visible
from handlers.turn import Outcome, Slots, Turn

FLOW = "approve"
MOST_SECTIONS = 5
FORMS = {Verdict.CHANGES: "approval_changes", Verdict.REJECT: "approval_reject"}
# What the last word does to what is not told to the town.
ECHOES = {
    PublicationKind.AGENDA: "echo_agenda",
    PublicationKind.PETITION_ANSWER: "echo_answer",
}
# Somebody was there first, or the text is another: they are shown how it stands.
OVERTAKEN = frozenset(
    {
        "approval.already_decided",
        "approval.already_yours",
        "approval.step_done",
        "approval.text_changed",
    }
)


async def list_asked(turn: Turn, _slots: Slots) -> Outcome:
    """List what waits for somebody's word, and their own texts on their way."""
    known(turn.actor)
    waiting, own = await approving.waiting_for(turn.unit, turn.actor), await mine(turn)
    parts = [] if waiting else [turn.say("approval.none_waiting")]
    for key, held in (("approval.to_decide", waiting), ("approval.yours", own)):
        if held:
            parts.append("\n".join([turn.say(key), *(telling.line(turn, one) for one in held)]))
    choices = [
        telling.label(turn, one, f"approval:{one.publication.id}") for one in (*waiting, *own)[:8]
    ]
    if may(turn.actor, Act.WRITE):
        choices.append(turn.choice("approval.write", "write"))
    if waiting:
        choices.append(turn.choice("approval.delegate", "delegate"))
    choices += [
        turn.choice("approval.take_back", f"undelegate:{one}", name=name)
        for one, name in await delegating.lent(turn.unit, turn.actor)
    ]
    return turn.tell("\n\n".join(parts), choices=choices)


async def listed(turn: Turn) -> Outcome:
    return await list_asked(turn, {})


async def approve_asked(turn: Turn, slots: Slots) -> Outcome:
    """Show the whole text that somebody agrees to in words, and ask whether it is this one."""
    held = await _to_decide(turn, slots)
    return await _echoed(turn, held) if isinstance(held, Manuscript) else held


async def reject_asked(turn: Turn, slots: Slots) -> Outcome:
    return await _refused(turn, slots, Verdict.REJECT, str(slots.get("reason") or ""))


async def changes_asked(turn: Turn, slots: Slots) -> Outcome:
    """Ask what should change; a comment that only names the text says nothing of it."""
    comment = str(slots.get("comment") or "")
    is_only_its_name = str(slots.get("approval_ref") or turn.incoming.text) in comment
    return await _refused(turn, slots, Verdict.CHANGES, "" if is_only_its_name else comment)


async def status_asked(turn: Turn, slots: Slots) -> Outcome:
    """Say how far a text has come, and who is waited for."""
    held = await one_of(turn, slots, "approval")
    if not isinstance(held, Manuscript):
        return held
    choices = [
        turn.choice("approval.see", f"approval:{held.publication.id}"),
        wording.history_choice(held.publication, turn.language),
    ]
    return turn.tell(await telling.status(turn, held), choices=choices)


async def history_asked(turn: Turn, slots: Slots) -> Outcome:
    held = await one_of(turn, slots, "trail")
    return await trail(turn, held.publication.id) if isinstance(held, Manuscript) else held


async def shown(turn: Turn, number: int) -> Outcome:
    """Show a text, with what may be done with it."""
    return await _shown(turn, await visible(turn, number))


async def trail(turn: Turn, number: int) -> Outcome:
    held = await visible(turn, number)
    choices = [turn.choice("approval.see", f"approval:{number}")]
    return turn.tell(await telling.history(turn, held), choices=choices)


async def approved(turn: Turn, number: int, round_: int, mark: str, answer: str = "") -> Outcome:
    """Take a yes: the last word is said back first, any other is done at once."""
    held = await visible(turn, number)
    try:
        _require_shown(held, round_, mark)
        shown_text = held.publication.content
        _, is_last = await approving.foreseen(
            turn.unit, turn.actor, number, Verdict.APPROVE, shown=shown_text
        )
    except Refused as refused:
        return await _overtaken(turn, held, refused)
    if is_last and answer != "yes":
        return await _echoed(turn, held)
    done = await approving.decide(
        turn.unit,
        turn.actor,
        number,
        Verdict.APPROVE,
        shown=shown_text,
        pressed=turn.pressed,
    )
    held = await manuscript(turn.unit, number)
    settlement = await turn.unit.matters.standing(done.subject)
    said = settlement.told(turn.language).text if settlement else ""
    text = f"{said}\n{await telling.status(turn, held)}"
    choices = [wording.history_choice(held.publication, turn.language)]
    return turn.settle(text, choices=choices).on(done.subject, done.number)


async def changed(turn: Turn, number: int, round_: int, mark: str) -> Outcome:
    return await _reason(turn, number, round_, mark, Verdict.CHANGES)


async def rejected(turn: Turn, number: int, round_: int, mark: str) -> Outcome:
    return await _reason(turn, number, round_, mark, Verdict.REJECT)


async def sections(turn: Turn) -> Sequence[Section]:
    """Return what waits for somebody's word, and their own texts, as parts of their desk."""
    waiting, own = await approving.waiting_for(turn.unit, turn.actor), await mine(turn)
    told = []
    for key, held in (("approval.to_decide", waiting), ("approval.yours", own)):
        for at, one in enumerate(held[:MOST_SECTIONS]):
            see = turn.choice("approval.see", f"approval:{one.publication.id}")
            title = "" if at else turn.say(key)
            told.append(Section(telling.line(turn, one), title, (see,)))
    return told


async def _shown(turn: Turn, held: Manuscript) -> Outcome:
    """Show where a text stands and what it says, with what may be done by whoever sees it."""
    publication, person = held.publication, known(turn.actor)
    text = f"{await telling.status(turn, held)}\n\n{wording.whole(held, turn.language)}"
    await turn.unit.publications.show(publication, person.id)
    if await approving.can_decide(turn.unit, turn.actor, held):
        told = turn.tell(text, choices=wording.answers(publication, turn.language))
        step = held.standing.open[0].step
        settled = await turn.unit.matters.standing(wording.matter(publication, step))
        return told.on(wording.matter(publication, step), settled.number if settled else 0)
    if person.id == publication.author_id:
        choices = list(wording.next_acts(publication, turn.language))
    else:
        choices = [wording.history_choice(publication, turn.language)]
    if publication.can_be_withdrawn and may(turn.actor, Act.ANNOUNCE, held.body):
        choices.insert(0, turn.choice("approval.withdraw", f"withdraw:{publication.id}"))
    return turn.tell(text, choices=choices)


async def _to_decide(turn: Turn, slots: Slots) -> Manuscript | Outcome:
    """Return the text somebody speaks of, among those that wait for them."""
    if slots.get("approval_ref"):
        return await one_of(turn, slots, "approval")
    waiting = await approving.waiting_for(turn.unit, turn.actor)
    if not waiting:
        known(turn.actor)
        return turn.tell(turn.say("approval.none_waiting"))
    return await one_of(turn, slots, "approval", among=waiting)


async def _echoed(turn: Turn, held: Manuscript) -> Outcome:
    """Show the whole text with what a yes to it does."""
    publication = held.publication
    try:
        _, is_last = await approving.foreseen(
            turn.unit, turn.actor, publication.id, Verdict.APPROVE, shown=publication.content
        )
    except Refused as refused:
        return await _overtaken(turn, held, refused)
    await turn.unit.publications.show(publication, known(turn.actor).id)
    facts = telling.facts(turn, held)
    if is_last:
        question = turn.say(f"approval.{_what_follows(held)}", **facts)
    else:
        name = wording.step_name(held.standing.open[0].step, turn.language)
        question = turn.say("approval.echo", ref=publication.ref, step=name)
    what = f"approve:{publication.id}:{publication.round}:{publication.mark}:yes"
    return turn.echo(FLOW, f"{wording.whole(held, turn.language)}\n\n{question}", what)


def _what_follows(held: Manuscript) -> str:
    publication = held.publication
    if publication.kind in HELD:
        return "echo_hold"
    if publication.kind in ECHOES:
        return ECHOES[publication.kind]
    return "echo_schedule" if publication.release_at else "echo_publish"


async def _refused(turn: Turn, slots: Slots, verdict: Verdict, reason: str) -> Outcome:
    held = await _to_decide(turn, slots)
    if not isinstance(held, Manuscript):
        return held
    publication = held.publication
    return await _reason(turn, publication.id, publication.round, publication.mark, verdict, reason)


async def _reason(
    turn: Turn, number: int, round_: int, mark: str, verdict: Verdict, reason: str = ""
) -> Outcome:
    """Ask why, by a form; what is known is not asked."""
    held = await visible(turn, number)
    answers = {"publication": str(number), "round": str(round_), "mark": mark}
    try:
        _require_shown(held, round_, mark)
        return await filling.anew(
            turn, FORMS[verdict], {**answers, **({"reason": reason} if reason else {})}
        )
    except Refused as refused:
        return await _overtaken(turn, held, refused)


async def _overtaken(turn: Turn, held: Manuscript, refused: Refused) -> Outcome:
    """Tell kindly whoever came second how it stands, where their button still shows."""
    if refused.key not in OVERTAKEN:
        raise refused
    said = turn.say(refused.key, **refused.facts)
    outcome = await _shown(turn, await manuscript(turn.unit, held.publication.id))
    if refused.key == "approval.text_changed":
        return turn.tell(
            f"{said}\n\n{outcome.messages[-1].text}", choices=outcome.messages[-1].choices
        )
    status = await telling.status(turn, held)
    choices = [wording.history_choice(held.publication, turn.language)]
    return turn.tell(f"{said}\n{status}", choices=choices)


def _require_shown(held: Manuscript, round_: int, mark: str) -> None:
    """Raise Refused unless the text that stands is the one that was shown."""
    publication = held.publication
    is_over = publication.state is not ApprovalState.WAITING
    if not is_over and (publication.round, publication.mark) != (round_, mark):
        raise Refused("approval.text_changed")
