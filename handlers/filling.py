"""Filling in a form: begun, answered, put off, taken up again, read back, and sent."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from domain.clock import wall_time
from domain.drafts import Draft
from domain.errors import Refused
from domain.files import Kept
from domain.forms import Fault, Field, Form, checked, kept, said
from domain.sheets import FieldKind
from handlers import (
    approval_forms,
    choosing,
    petition_forms,
    planning,
    requests,
    sign_forms,
)
from handlers.forms import Filling
from handlers.forms.questions import (
    ASKING,
    CORRECTING,
    FIELD,
    FIGURES,
    FLOW,
    FORM,
    REVIEWING,
    question,
)
from handlers.forms.resuming import begun, draft_of, resume, title
from handlers.forms.wayfinding import word
from handlers.forms.ways import GOING, WAYS, answered as answer_taken, go_on, taken
from handlers.turn import Outcome, Slots, Turn

FILLINGS: Mapping[str, Filling] = {
    one.form.name: one
    for one in (
        *requests.FILLINGS,
        *petition_forms.FILLINGS,
        *sign_forms.FILLINGS,
        *approval_forms.FILLINGS,
        *planning.FILLINGS,
    )
}
KNOWN = "known"  # the fact that holds what was said in the first sentence
PENDING = "pending"  # the fact that names a form somebody turned away from
AGAIN = "again"


def beginning(name: str) -> Callable[[Turn, Slots], Awaitable[Outcome]]:
    """Return who answers somebody that wants to fill in this form."""

    async def asked(turn: Turn, slots: Slots) -> Outcome:
        filling = FILLINGS[name]
        return filling.doubt(turn, slots) or await begin(
            turn, filling, dict(filling.known(turn, slots))
        )

    return asked


async def begin(turn: Turn, filling: Filling, known: Mapping[str, str]) -> Outcome:
    """Begin a form with what is known; one that was begun before is offered first."""
    _require_private(turn)
    await filling.check(turn, known)
    draft = await draft_of(turn, filling)
    if draft and draft.is_open and draft.answers:
        return _again(turn, filling, draft, known)
    return await _anew(turn, filling, known)


async def pressed(turn: Turn, name: str, going: str = "", what: str = "") -> Outcome:
    """Take a button of a form, however old: its value says which form, which way, which field."""
    filling = FILLINGS[name]
    _require_private(turn)
    if going == "anew":
        return await _anew(turn, filling, _known(turn, filling))
    draft = await draft_of(turn, filling)
    if draft is None:
        choices = [turn.choice("form.anew", f"{FLOW}:{name}:anew")]
        return turn.tell(turn.say("form.gone", form=title(turn, filling)), choices=choices)
    return await WAYS[going](turn, filling, draft, what)


def form_name(text: str) -> str:
    """Read which form a button is about, or raise ValueError: there may be no such form by now."""
    if text not in FILLINGS:
        raise ValueError("no form")
    return text


def way(text: str) -> str:
    if text not in WAYS:
        raise ValueError("no way")
    return text


async def answered(turn: Turn, text: str) -> Outcome | None:
    """Take what was said while a question was open; None when it is none of the form's."""
    filling = _open(turn)
    if filling is None:
        return None
    of, heard = _asked(turn, filling.form), word(text)
    if heard in GOING:
        return await pressed(turn, filling.form.name, GOING[heard], of.name if of else "")
    if of is None:
        return None
    draft = await draft_of(turn, filling)
    if draft is None:
        return await pressed(turn, filling.form.name)
    return await answer_taken(turn, filling, draft, of, text)


def is_a_figure(turn: Turn, text: str) -> bool:
    """Say whether a bare number answers what was asked, and chooses nothing."""
    return bool(turn.conversation.facts.get(FIGURES)) and choosing.digit(text) is not None


async def wordless(turn: Turn) -> Outcome | None:
    """Take a file, or say what is wanted instead of a picture; None when no form is open."""
    filling = _open(turn)
    of = _asked(turn, filling.form) if filling else None
    draft = await draft_of(turn, filling) if filling and of else None
    if filling is None or of is None or draft is None:
        return None
    if of.kind is not FieldKind.FILE:
        return question(turn, filling.form, draft, of, before=turn.say("form.in_words"))
    if turn.file is None:
        return question(turn, filling.form, draft, of, before=turn.say("form.no_file"))
    if isinstance(turn.file, Fault):
        fault = said(turn.file, turn.language)
        return question(turn, filling.form, draft, of, before=fault)
    sha256 = await turn.unit.documents.keep(turn.file.content)
    await turn.unit.drafts.hold_file(draft.id, sha256)
    held = Kept(sha256, len(turn.file.content), turn.file.media_type, turn.file.name)
    return await taken(turn, filling, draft, of, held.written)


async def submitted(turn: Turn) -> Outcome:
    """Take a form that was filled in whole; what is wrong in it is asked again."""
    filling = FILLINGS[turn.incoming.text]
    if turn.incoming.answers is None:
        return await pressed(turn, filling.form.name, "later")
    draft = await draft_of(turn, filling) or await begun(turn, filling, {})
    form = filling.form
    given = {
        one.name: turn.incoming.answers.get(one.name, "")
        for one in form.fields
        if one.kind is not FieldKind.FILE  # no window brings files
    }
    draft = draft.answering(**kept(form, given, turn.today))
    await turn.unit.drafts.keep(draft)
    for name, answer in given.items():
        of = form.field(name)
        fault = checked(of, answer, turn.today) if of else None
        if of and isinstance(fault, Fault):
            return question(turn, form, draft, of, before=said(fault, turn.language))
    return go_on(turn, filling, draft)


async def offered_again(turn: Turn, outcome: Outcome) -> Outcome:
    """Offer a form that somebody turned away from, once they have been answered."""
    facts = turn.conversation.facts
    name = facts.get(FORM if turn.conversation.flow == FLOW else PENDING)
    filling = FILLINGS.get(str(name))
    if filling is None or outcome.conversation.flow == FLOW or not outcome.messages:
        return outcome
    if outcome.conversation.flow is not None:
        waiting = outcome.conversation
        remembered = replace(waiting, facts={**waiting.facts, PENDING: name})
        return replace(outcome, conversation=remembered)
    draft = await draft_of(turn, filling)
    again = resume(replace(turn, language=outcome.messages[-1].language), filling.form.name)
    is_offered = any(choice.value == again.value for choice in outcome.messages[-1].choices)
    if draft is None or not draft.is_open or is_offered:
        return outcome
    *before, last = outcome.messages
    choices = (*last.choices, again)
    return replace(
        outcome,
        messages=(*before, replace(last, choices=choices)),
        conversation=replace(outcome.conversation, offered=choices),
    )


STEPS = {(FLOW, step): answered for step in (ASKING, REVIEWING, CORRECTING)}


def _again(turn: Turn, filling: Filling, draft: Draft, known: Mapping[str, str]) -> Outcome:
    name = filling.form.name
    text = turn.say(
        "form.again",
        form=title(turn, filling),
        day=wall_time(draft.begun_at, turn.commune.zone).date(),
        done=len([one for one in filling.form.fields if one.name in draft.answers]),
        count=len(filling.form.fields),
    )
    choices = [
        turn.choice("form.go_on", f"{FLOW}:{name}"),
        turn.choice("form.anew", f"{FLOW}:{name}:anew"),
    ]
    return turn.ask(FLOW, AGAIN, text, choices=choices, **{FORM: name, KNOWN: dict(known)})


async def anew(turn: Turn, name: str, known: Mapping[str, str]) -> Outcome:
    """Begin a form with what is known, whatever was begun of it before."""
    _require_private(turn)
    return await _anew(turn, FILLINGS[name], known)


async def _anew(turn: Turn, filling: Filling, known: Mapping[str, str]) -> Outcome:
    await filling.check(turn, known)
    draft = await begun(turn, filling, known)
    return go_on(turn, filling, draft, is_whole=True)


def _open(turn: Turn) -> Filling | None:
    """Return the form that is being asked or read back."""
    at = (turn.conversation.flow or "", turn.conversation.step or "")
    return FILLINGS.get(str(turn.conversation.facts.get(FORM))) if at in STEPS else None


def _asked(turn: Turn, form: Form) -> Field | None:
    """Return the question that is open."""
    is_asking = (turn.conversation.flow, turn.conversation.step) == (FLOW, ASKING)
    return form.field(str(turn.conversation.facts.get(FIELD))) if is_asking else None


def _known(turn: Turn, filling: Filling) -> Mapping[str, str]:
    """Return what the first sentence said, when that is what the button is about."""
    facts = turn.conversation.facts
    if facts.get(FORM) == filling.form.name and isinstance(facts.get(KNOWN), Mapping):
        return dict(facts[KNOWN])
    return dict(filling.known(turn, {}))


def _require_private(turn: Turn) -> None:
    if not turn.incoming.is_private:
        raise Refused("link.in_private")
