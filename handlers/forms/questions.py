"""What a form looks like in a conversation: its questions, and what was answered, read back."""

from dataclasses import replace

from domain.drafts import Draft
from domain.forms import Field, Form, blank, sheet, summary
from domain.messages import Choice, Message
from domain.sheets import RESUME, Blank, FieldKind
from handlers.turn import Outcome, Turn

FLOW = RESUME
ASKING = "asking"
REVIEWING = "reviewing"
CORRECTING = "correcting"
FORM, FIELD = "form", "field"  # facts of the conversation: what is being asked
FILES = "takes_files"  # the fact that a file is an answer here
FIGURES = "takes_figures"  # the fact that a number is one, and no choice's


def question(
    turn: Turn, form: Form, draft: Draft, of: Field, *, before: str = "", is_whole: bool = False
) -> Outcome:
    """Ask one question; `before` is what has to be said first, such as what was wrong.

    `is_whole`: where the network can, the whole form is shown instead.
    """
    shown = blank(form, of, draft.answers.get(of.name, ""), turn.language)
    text = turn.say(
        "form.question",
        form=turn.say(f"{form.name}.title"),
        number=form.fields.index(of) + 1,
        count=len(form.fields),
        question=shown.question,
    )
    lines = [before, text, turn.say("form.optional") if of.is_optional else "", _now(turn, shown)]
    outcome = turn.ask(
        FLOW,
        ASKING,
        "\n".join(line for line in lines if line),
        choices=_ways(turn, form, of, shown),
        **{
            FORM: form.name,
            FIELD: of.name,
            FILES: of.kind is FieldKind.FILE,
            FIGURES: of.kind is FieldKind.NUMBER,
        },
    )
    return _with_sheet(turn, outcome, form, draft) if is_whole else outcome


def review(turn: Turn, form: Form, draft: Draft, *, before: str = "") -> Outcome:
    """Read everything back before it is sent."""
    text = turn.say(
        "form.review",
        form=turn.say(f"{form.name}.title"),
        answers=summary(form, draft.answers, turn.language),
    )
    choices = [
        turn.choice("form.send", f"{FLOW}:{form.name}:yes"),
        turn.choice("form.correct", f"{FLOW}:{form.name}:correct"),
        turn.choice("form.later", f"{FLOW}:{form.name}:later"),
        turn.choice("common.cancel", f"{FLOW}:{form.name}:cancel"),
    ]
    return turn.ask(
        FLOW, REVIEWING, f"{before}\n{text}".strip(), choices=choices, **{FORM: form.name}
    )


def correcting(turn: Turn, form: Form) -> Outcome:
    """Ask which answer is to be another."""
    choices = [
        turn.choice(f"{form.name}.{one.name}_name", f"{FLOW}:{form.name}:at:{one.name}")
        for one in form.fields
    ]
    choices.append(turn.choice("common.back", f"{FLOW}:{form.name}:review"))
    return turn.ask(FLOW, CORRECTING, turn.say("form.which"), choices=choices, **{FORM: form.name})


def _now(turn: Turn, shown: Blank) -> str:
    return turn.say("form.now", answer=shown.told) if shown.told else ""


def _ways(turn: Turn, form: Form, of: Field, shown: Blank) -> list[Choice]:
    """Return the answers that can be chosen, then the ways on, back and out."""
    here = f"{FLOW}:{form.name}"
    choices = [
        Choice(option.label, f"{here}:is:{of.name}={option.value}") for option in shown.options
    ]
    if shown.answer:
        choices.append(turn.choice("form.keep", f"{here}:keep"))
    if of.is_optional:
        choices.append(turn.choice("form.skip", f"{here}:is:{of.name}="))
    if form.before(of):
        choices.append(turn.choice("common.back", f"{here}:back:{of.name}"))
    choices.append(turn.choice("form.later", f"{here}:later"))
    choices.append(turn.choice("common.cancel", f"{here}:cancel"))
    return choices


def _with_sheet(turn: Turn, outcome: Outcome, form: Form, draft: Draft) -> Outcome:
    zone = turn.commune.tenant.zone
    whole: Message = replace(
        outcome.messages[-1],
        form=sheet(form, draft.answers, turn.language, zone=zone),
        opens=turn.incoming.opens,
    )
    return replace(outcome, messages=(*outcome.messages[:-1], whole))
