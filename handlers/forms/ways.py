"""The ways through a form, and what each comes to: on, back, over, out, and to its end."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from domain.drafts import Draft
from domain.forms import Fault, Field, checked, said, summary
from handlers.forms.filling import Filling
from handlers.forms.questions import FLOW, correcting, question, review
from handlers.forms.reading import read
from handlers.forms.resuming import resume, title
from handlers.forms.wayfinding import Word, word
from handlers.turn import Outcome, Turn


async def answered(turn: Turn, filling: Filling, draft: Draft, of: Field, text: str) -> Outcome:
    heard = word(text)
    if heard is Word.HELP:
        return question(turn, filling.form, draft, of, before=turn.say("form.help"))
    answer = "" if heard is Word.SKIP else read(turn, filling.form, of, text)
    return await taken(turn, filling, draft, of, answer)


async def taken(turn: Turn, filling: Filling, draft: Draft, of: Field, answer: str) -> Outcome:
    """Keep a good answer and go on; say of a wrong one what to do, and keep the rest."""
    read_back = checked(of, answer, turn.today)
    if isinstance(read_back, Fault):
        return question(turn, filling.form, draft, of, before=said(read_back, turn.language))
    draft = draft.answering(**{of.name: read_back})
    await turn.unit.drafts.keep(draft)
    return go_on(turn, filling, draft)


def go_on(turn: Turn, filling: Filling, draft: Draft, *, is_whole: bool = False) -> Outcome:
    """Ask the first question nobody has answered; after the last, read all of it back.

    `is_whole`: the form is begun or taken up again, so what is noted already is said.
    """
    of = filling.form.first_open(draft.answers)
    if of is None:
        return review(turn, filling.form, draft)
    noted = summary(filling.form, draft.answers, turn.language) if is_whole else ""
    before = turn.say("form.noted", answers=noted) if noted else ""
    return question(turn, filling.form, draft, of, before=before, is_whole=is_whole)


async def _resumed(turn: Turn, filling: Filling, draft: Draft, _: str) -> Outcome:
    if not draft.is_open:
        draft = replace(draft, dropped_at=None)
        await turn.unit.drafts.keep(draft)
    return go_on(turn, filling, draft, is_whole=True)


async def _answered_by(turn: Turn, filling: Filling, draft: Draft, what: str) -> Outcome:
    """Take an option, or an empty answer for a question that may be skipped."""
    name, _, answer = what.partition("=")
    of = filling.form.field(name)
    if of is None:
        return await _resumed(turn, filling, draft, "")
    return await taken(turn, filling, draft, of, answer)


async def _back(turn: Turn, filling: Filling, draft: Draft, what: str) -> Outcome:
    """Ask the question before; from the reading back, the last one."""
    form = filling.form
    of = form.field(what)
    before = form.before(of) if of else form.fields[-1]
    return question(turn, form, draft, before or form.fields[0])


async def _at(turn: Turn, filling: Filling, draft: Draft, what: str) -> Outcome:
    of = filling.form.field(what)
    return question(turn, filling.form, draft, of) if of else correcting(turn, filling.form)


async def _sent(turn: Turn, filling: Filling, draft: Draft, _: str) -> Outcome:
    """Send what was read back; what is missing by now is asked first."""
    if filling.form.first_open(draft.answers) or not draft.is_open:
        return go_on(turn, filling, draft)
    sent = await filling.send(turn, draft)
    return sent if isinstance(sent, Outcome) else turn.settle(sent)


async def _later(turn: Turn, filling: Filling, _draft: Draft, _: str) -> Outcome:
    """Put a form off; whoever turned away from it is offered it again."""
    text = turn.say("form.kept", form=title(turn, filling))
    return turn.tell(text, choices=[resume(turn, filling.form.name)])


async def _cancelled(turn: Turn, filling: Filling, draft: Draft, _: str) -> Outcome:
    """Drop a form; for a while it can be taken up again."""
    await turn.unit.drafts.keep(replace(draft, dropped_at=turn.now))
    choices = [turn.choice("form.undo", f"{FLOW}:{filling.form.name}")]
    return turn.tell(turn.say("form.cancelled", form=title(turn, filling)), choices=choices)


async def _correct(turn: Turn, filling: Filling, _draft: Draft, _: str) -> Outcome:
    return correcting(turn, filling.form)


Way = Callable[[Turn, Filling, Draft, str], Awaitable[Outcome]]
WAYS: Mapping[str, Way] = {
    "": _resumed,
    "anew": _resumed,
    "is": _answered_by,
    "at": _at,
    "back": _back,
    "keep": _resumed,
    "review": _resumed,
    "correct": _correct,
    "later": _later,
    "cancel": _cancelled,
    "yes": _sent,
}
GOING: Mapping[Word | None, str] = {
    Word.BACK: "back",
    Word.LATER: "later",
    Word.CANCEL: "cancel",
    Word.CORRECT: "correct",
}
