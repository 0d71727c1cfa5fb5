"""Forms: questions declared once as data, and what is wrong with an answer; all of it pure.

How they are asked is a channel's and a conversation's business: one by one in a chat, all at once
in a window or on a page. Their words are phrases: `<form>.title`, `<form>.<field>` asks,
`<form>.<field>_name` names, `<form>.<field>_<option>` offers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain import local_time
from domain.addresses import Channel, canonical
from domain.errors import Refused
from domain.files import Kept
from domain.lettering import is_seen
from domain.phrasebook import phrasebook
from domain.sheets import Blank, FieldKind, Option, Sheet

YES, NO = "yes", "no"
YEARS = range(2000, 2101)  # in which a day that somebody means lies

LONGEST = {
    FieldKind.SHORT: 200,
    FieldKind.LONG: 3000,  # the longest a window of Slack's takes
    FieldKind.NUMBER: 12,
    FieldKind.EMAIL: 254,
    FieldKind.PHONE: 30,
    FieldKind.FILE: 1000,
}
SHORT_ANSWER = 60  # characters of a choice, a day, a yes


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer: a phrase that says what to do, and its facts."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[str, date], str | Fault]
"""Takes an answer that is well written, and today; returns it as it is kept, or its fault."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `longest` counts characters; `check` comes after that of the kind."""

    name: str
    kind: FieldKind
    is_optional: bool = False
    longest: int = 0
    options: tuple[str, ...] = ()
    check: Check | None = None

    @property
    def room(self) -> int:
        return self.longest or LONGEST.get(self.kind, SHORT_ANSWER)


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked, in this order. At most one field takes a file.

    `given` are what is known from the start and not asked, such as the body it is about.
    """

    name: str
    fields: tuple[Field, ...]
    given: tuple[str, ...] = ()

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.name == name), None)

    def before(self, of: Field) -> Field | None:
        """Return the question that is asked before this one."""
        at = self.fields.index(of)
        return self.fields[at - 1] if at else None

    def first_open(self, answers: Mapping[str, str]) -> Field | None:
        """Return the first question nobody has answered; an empty answer is one, too."""
        return next((one for one in self.fields if one.name not in answers), None)


def checked(of: Field, answer: str, today: date) -> str | Fault:
    """Return an answer as it is kept, or its fault; `today` is the day at the commune's."""
    answer = answer.strip()
    if not is_seen(answer):
        return "" if of.is_optional else Fault("form.needed")
    if len(answer) > of.room:
        return Fault("form.too_long", {"count": of.room})
    read = READERS[of.kind](of, answer)
    if isinstance(read, Fault) or of.check is None:
        return read
    return of.check(read, today)


def kept(form: Form, answers: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the answers that fit the form as it is now, in its order.

    A draft may be older than the form: what is not asked any more, or is wrong by now, goes.
    """
    fitting = {name: answers[name] for name in form.given if name in answers}
    for one in form.fields:
        answer = checked(one, answers[one.name], today) if one.name in answers else None
        if isinstance(answer, str):
            fitting[one.name] = answer
    return fitting


def faults(form: Form, answers: Mapping[str, str], language: str, *, today: date) -> dict[str, str]:
    """Return what is wrong, by field, as sentences; empty when the form can be sent.

    Needs no store: a network that wants to know at once can be answered at once.
    """
    found = {one.name: checked(one, answers.get(one.name, ""), today) for one in form.fields}
    return {
        name: said(fault, language) for name, fault in found.items() if isinstance(fault, Fault)
    }


def said(fault: Fault, language: str) -> str:
    return phrasebook().say(fault.key, language, **fault.facts)


def told(form: Form, of: Field, answer: str, language: str) -> str:
    """Return an answer as people read it."""
    if of.kind is FieldKind.CHOICE:
        return phrasebook().say(f"{form.name}.{of.name}_{answer}", language)
    return WRITERS.get(of.kind, _as_it_is)(answer, language)


def summary(form: Form, answers: Mapping[str, str], language: str) -> str:
    """Return what was answered, a line each; what was skipped is left out."""
    say = phrasebook().say
    return "\n".join(
        say(
            "form.line",
            language,
            name=say(f"{form.name}.{one.name}_name", language),
            answer=told(form, one, answers[one.name], language),
        )
        for one in form.fields
        if answers.get(one.name)
    )


def sheet(form: Form, answers: Mapping[str, str], language: str, *, zone: str) -> Sheet:
    """Return the whole form as somebody sees it who has answered this so far."""
    say = phrasebook().say
    return Sheet(
        name=form.name,
        title=say(f"{form.name}.title", language),
        submit=say("form.continue", language),
        close=say("form.later", language),
        language=language,
        zone=zone,
        blanks=tuple(blank(form, one, answers.get(one.name, ""), language) for one in form.fields),
    )


def blank(form: Form, of: Field, answer: str, language: str) -> Blank:
    say = phrasebook().say
    return Blank(
        name=of.name,
        kind=of.kind,
        label=say(f"{form.name}.{of.name}_name", language),
        question=say(f"{form.name}.{of.name}", language),
        longest=of.room,
        is_optional=of.is_optional,
        options=tuple(Option(told(form, of, one, language), one) for one in options(of)),
        answer=answer,
        told=told(form, of, answer, language) if _can_be_read(of, answer) else "",
    )


def _can_be_read(of: Field, answer: str) -> bool:
    """Say whether an answer is of its kind: a form is also shown again with what is wrong."""
    return bool(answer) and not isinstance(READERS[of.kind](of, answer.strip()), Fault)


def options(of: Field) -> tuple[str, ...]:
    """Return the values that can be chosen."""
    return (YES, NO) if of.kind is FieldKind.YES_NO else of.options


def not_past(answer: str, today: date) -> str | Fault:
    """Refuse a day, or a moment of a day, that is over."""
    return Fault("form.past") if date.fromisoformat(answer[:10]) < today else answer


def _as_it_is(answer: str, _: str) -> str:
    return answer


WRITERS: Mapping[FieldKind, Callable[[str, str], str]] = {
    FieldKind.YES_NO: lambda answer, language: phrasebook().say(f"common.{answer}", language),
    FieldKind.DATE: lambda answer, language: local_time.day(date.fromisoformat(answer), language),
    FieldKind.MOMENT: lambda answer, language: local_time.moment(
        datetime.fromisoformat(answer), language
    ),
    FieldKind.FILE: lambda answer, _: Kept.read(answer).name,
}


def _words(_: Field, answer: str) -> str | Fault:
    return answer


def _line(_: Field, answer: str) -> str | Fault:
    return " ".join(answer.split())


def _option(of: Field, answer: str) -> str | Fault:
    return answer if answer in options(of) else Fault("form.no_option")


def _day(_: Field, answer: str) -> str | Fault:
    try:
        day = date.fromisoformat(answer)
    except ValueError:
        return Fault("form.no_date")
    return day.isoformat() if day.year in YEARS else Fault("form.no_date")


def _moment(_: Field, answer: str) -> str | Fault:
    try:
        moment = datetime.fromisoformat(answer)
    except ValueError:
        return Fault("form.no_moment")
    if moment.tzinfo or moment.year not in YEARS or "T" not in answer:
        return Fault("form.no_moment")
    return moment.isoformat(timespec="minutes")


def _number(_: Field, answer: str) -> str | Fault:
    figures = "".join(answer.split())
    return str(int(figures)) if figures.isdecimal() else Fault("form.no_number")


def _email(_: Field, answer: str) -> str | Fault:
    return _address(Channel.EMAIL, answer, "form.no_email")


def _phone(_: Field, answer: str) -> str | Fault:
    return _address(Channel.SMS, answer, "form.no_phone")


def _address(channel: Channel, answer: str, key: str) -> str | Fault:
    try:
        return canonical(channel, answer)
    except Refused:
        return Fault(key)


def _file(_: Field, answer: str) -> str | Fault:
    try:
        return Kept.read(answer).written
    except ValueError:
        return Fault("form.no_file")


READERS: Mapping[FieldKind, Callable[[Field, str], str | Fault]] = {
    FieldKind.SHORT: _line,
    FieldKind.LONG: _words,
    FieldKind.CHOICE: _option,
    FieldKind.DATE: _day,
    FieldKind.MOMENT: _moment,
    FieldKind.NUMBER: _number,
    FieldKind.EMAIL: _email,
    FieldKind.PHONE: _phone,
    FieldKind.YES_NO: _option,
    FieldKind.FILE: _file,
}
