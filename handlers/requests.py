"""What people ask of the town hall: who may fill in which form, and what they are told of it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time, timedelta

from actions.requests import requesting
from domain import request_forms
from domain.bodies import Body, BodyKind
from domain.clock import instant, wall_time
from domain.dockets import docket
from domain.drafts import Draft
from domain.forms import Form
from domain.messages import Choice
from domain.requests import Filed, Request, RequestKind
from handlers import doubts
from handlers.forms import Filling
from handlers.forms.filling import no_doubt
from handlers.telling import body
from handlers.tokens import token
from handlers.turn import Outcome, Slots, Turn
from handlers.understanding import Intent

COUNCILS = frozenset({BodyKind.COUNCIL, BodyKind.ARRONDISSEMENT_COUNCIL})

# Which slots of a first sentence answer which question, the first that was said.
SAID: Mapping[RequestKind, Mapping[str, tuple[str, ...]]] = {
    RequestKind.QUESTION: {"addressee": ("addressee",), "subject": ("topic",)},
    RequestKind.AUDIENCE: {
        "whom": ("person",),
        "subject": ("topic",),
        "day": ("date", "date_from"),
    },
    RequestKind.MESSAGE: {"subject": ("topic",)},
    RequestKind.MEDIA: {
        "outlet": ("outlet",),
        "journalist": ("journalist",),
        "question": ("topic",),
        "deadline": ("deadline", "datetime"),
    },
    RequestKind.MAIL: {
        "direction": ("direction",),
        "correspondent": ("sender", "recipient"),
        "subject": ("topic",),
        "assignee": ("assignee",),
    },
}


def _known(kind: RequestKind) -> Callable[[Turn, Slots], Mapping[str, str]]:
    def known(turn: Turn, slots: Slots) -> dict[str, str]:
        answers = {
            field: str(slots[name])
            for field, names in SAID[kind].items()
            for name in reversed(names)
            if slots.get(name)
        }
        return {**answers, **OWN.get(kind, _nothing)(turn, slots)}

    return known


def _nothing(_turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {}


def _own_name(turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {"name": turn.person.name} if turn.person else {}


def _own_body(turn: Turn, slots: Slots) -> Mapping[str, str]:
    """Return the council a question is put to: the one named, else the first of their own."""
    own = _own_councils(turn)
    named = str(slots.get("body") or "")
    key = named if named in own else next(iter(own), "")
    return {"body": key} if key else {}


def _own_councils(turn: Turn) -> list[str]:
    return [key for key in (turn.person.seats if turn.person else ()) if _is_council(turn, key)]


def _which_council(turn: Turn, slots: Slots) -> Outcome | None:
    """Ask to which council a question is put; many sit in the city's and an arrondissement's."""
    own = _own_councils(turn)
    if len(own) <= 1 or slots.get("body") in own:
        return None
    choices = [
        Choice(body(turn, turn.commune.bodies[key]), token(Intent.QUESTION_SUBMIT, {"body": key}))
        for key in own
    ]
    return turn.ask(
        doubts.FLOW,
        doubts.STEP,
        turn.say("common.which_body"),
        choices=[*choices, turn.choice("common.cancel", "cancel")],
        intent=str(Intent.QUESTION_SUBMIT),
        slots=dict(slots),
    )


DOUBTS: Mapping[RequestKind, Callable[[Turn, Slots], Outcome | None]] = {
    RequestKind.QUESTION: _which_council,
}


# What is known from who speaks.
OWN: Mapping[RequestKind, Callable[[Turn, Slots], Mapping[str, str]]] = {
    RequestKind.AUDIENCE: _own_name,
    RequestKind.QUESTION: _own_body,
}


def _is_council(turn: Turn, key: str) -> bool:
    named: Body | None = turn.commune.bodies.get(key)
    return named is not None and named.kind in COUNCILS


def _check(kind: RequestKind) -> Callable[[Turn, Mapping[str, str]], Awaitable[None]]:
    async def check(turn: Turn, answers: Mapping[str, str]) -> None:
        await requesting.check(turn.unit, turn.actor, kind, body_key=answers.get("body"))

    return check


def _send(form: Form, kind: RequestKind) -> Callable[[Turn, Draft], Awaitable[str]]:
    given = frozenset(form.given)

    async def send(turn: Turn, draft: Draft) -> str:
        request = await requesting.file(
            turn.unit,
            turn.actor,
            Filed(
                kind=kind,
                fields={
                    name: answer
                    for name, answer in draft.answers.items()
                    if answer and name not in given
                },
                channel=turn.incoming.channel,
                address=turn.incoming.address,
                language=turn.language,
                person_id=turn.person.id if turn.person else None,
                body_key=draft.answers.get("body"),
                due_at=_due_at(turn, kind, draft.answers),
            ),
            draft,
        )
        return "\n".join([turn.say(f"{kind}.filed", ref=request.ref), *_clock(turn, request)])

    return send


def _due_at(turn: Turn, kind: RequestKind, answers: Mapping[str, str]) -> datetime | None:
    """Return when it should have been answered; a day is over at its end."""
    zone = turn.commune.zone
    if answers.get("deadline"):
        return instant(datetime.fromisoformat(answers["deadline"]), zone)
    day = date.fromisoformat(answers["day"]) if answers.get("day") else None
    if kind is RequestKind.QUESTION:
        where = docket(turn.commune.tenant.rule_pack, turn.today)
        day = where.first_day if where else None
    return instant(datetime.combine(day, time()) + timedelta(days=1), zone) if day else None


def _clock(turn: Turn, request: Request) -> list[str]:
    """Say what the law's clock makes of a written question (Morocco: law 113-14, art. 46)."""
    where = docket(turn.commune.tenant.rule_pack, turn.today)
    if request.kind is not RequestKind.QUESTION or where is None:
        return []
    return [
        turn.say(
            "question.docket",
            received=wall_time(request.at, turn.commune.zone).date(),
            day=where.first_day,
            article=where.article,
        )
    ]


FILLINGS = tuple(
    Filling(
        form=form,
        check=_check(kind),
        send=_send(form, kind),
        known=_known(kind),
        doubt=DOUBTS.get(kind, no_doubt),
    )
    for form, kind in ((form, RequestKind(name)) for name, form in request_forms.FORMS.items())
)
