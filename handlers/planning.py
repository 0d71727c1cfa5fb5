"""Planning a session: of which body, of which kind, when; then its items and papers, by forms."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime

from actions.agenda import attaching, listing, proposing
from actions.meetings import meeting
from actions.papers import hearing_governor
from actions.sessions import planning, timetabling
from domain.bodies import COUNCIL, Body, BodyKind
from domain.documents import DocumentKind, Visibility
from domain.drafts import Draft
from domain.errors import Refused
from domain.files import Kept
from domain.forms import Form
from domain.messages import Choice
from domain.phrasebook import Named
from domain.rights import Act, may, require
from domain.session_forms import CLOSED, PAPER, PLAN, PLAN_ASKED, POINT, PROPOSAL, SITTING_MORE
from domain.sessions import SessionKind
from handlers import telling
from handlers.forms import Filling
from handlers.tokens import written
from handlers.turn import Outcome, Slots, Turn

MOST_BODIES = 10
LATER = "-"  # in a button's value: the kind is still to be asked


def bodies_for(turn: Turn, act: Act) -> list[Body]:
    """Return the bodies in which this is theirs to do, the council first; Refused for none."""
    found = [body for body in turn.commune.bodies.values() if may(turn.actor, act, body)]
    if not found:
        raise Refused("access.not_allowed", act=Named(f"access.act_{act}"))
    return sorted(found, key=lambda body: (body.key != COUNCIL, body.kind != BodyKind.BUREAU))


def which_body(turn: Turn, bodies: list[Body], starts: str = "") -> Outcome:
    choices = [
        Choice(telling.body(turn, body), plan_of(LATER, body, starts))
        for body in bodies[:MOST_BODIES]
    ]
    return turn.tell(turn.say("common.which_body"), choices=choices)


def plan_of(kind: str, body: Body, starts: str) -> str:
    """Return a button's value that plans a session, with its wall time where that was said."""
    if not starts:
        return f"plan:{kind}:{body.key}"
    return f"planat:{kind}:{written(datetime.fromisoformat(starts))}:{body.key}"


def which_kind(turn: Turn, body: Body, starts: str = "") -> Outcome:
    """Ask who calls the session: the law's days differ (arts 33, 36, 37)."""
    choices = [
        turn.choice(f"council.kind_{kind}", plan_of(kind, body, starts)) for kind in SessionKind
    ]
    text = turn.say("planning.which_kind", body=telling.body(turn, body))
    return turn.tell(text, choices=choices)


async def _plan_check(turn: Turn, answers: Mapping[str, str]) -> None:
    body = turn.commune.bodies.get(answers.get("body", ""))
    require(turn.actor, Act.PLAN, body)


async def _plan_send(turn: Turn, draft: Draft) -> Outcome:
    answers = draft.answers
    session_id = await planning.plan(
        turn.unit,
        answers["body"],
        kind=SessionKind(answers["kind"]),
        starts=datetime.fromisoformat(answers["starts"]),
        place=answers.get("place", ""),
        filed=date.fromisoformat(answers["filed"]) if answers.get("filed") else None,
        actor=turn.actor,
    )
    await turn.unit.drafts.end(draft.id)
    called = await meeting(turn.unit, session_id)
    text = turn.say(
        "planning.planned",
        session=called.name(turn.language),
        starts=called.opening.starts,
        number=session_id,
    )
    advice = await planning.advice(turn.unit, session_id, turn.language)
    choices = [
        turn.choice("prepare.add", f"addpoint:{session_id}"),
        turn.choice("prepare.whole", f"prepare:{session_id}"),
    ]
    return turn.settle("\n".join([text, *advice]), choices=choices, about=session_id)


async def _fill_check(turn: Turn, answers: Mapping[str, str]) -> None:
    await listing.opened(turn.unit, _session(answers), turn.actor)


async def _point_send(turn: Turn, draft: Draft) -> Outcome:
    answers, session_id = draft.answers, _session(draft.answers)
    language = _written_in(turn)
    missed = None
    if answers["source"] == "governor":
        item, missed = await hearing_governor.governor_adds(
            turn.unit, session_id, answers["heading"], language=language, actor=turn.actor
        )
    else:
        item = await listing.add(
            turn.unit, session_id, answers["heading"], language=language, actor=turn.actor
        )
    if answers["doors"] == CLOSED:
        await listing.close_doors(
            turn.unit, session_id, item.number, is_public=False, actor=turn.actor
        )
    await turn.unit.drafts.end(draft.id)
    text = turn.say("prepare.added", number=item.number, title=item.title)
    lines = [text, turn.say("planning.missed", sentence=missed.sentence)] if missed else [text]
    choices = [
        turn.choice("prepare.add_another", f"addpoint:{session_id}"),
        turn.choice("prepare.add_paper", f"addpaper:{session_id}:{item.id}"),
        turn.choice("prepare.whole", f"prepare:{session_id}"),
    ]
    return turn.settle("\n".join(lines), choices=choices, about=session_id)


async def _paper_send(turn: Turn, draft: Draft) -> Outcome:
    answers, session_id = draft.answers, _session(draft.answers)
    file = Kept.read(answers["file"])
    await attaching.attach(
        turn.unit,
        session_id,
        await turn.unit.documents.content(file.sha256),
        name=file.name,
        media_type=file.media_type,
        kind=DocumentKind(answers["kind"]),
        visibility=Visibility(answers["readers"]),
        language=_written_in(turn),
        item_id=int(answers["item"]) if answers.get("item") else None,
        actor=turn.actor,
    )
    await turn.unit.drafts.end(draft.id)
    choices = [turn.choice("prepare.whole", f"prepare:{session_id}")]
    text = turn.say("prepare.attached", name=file.name)
    return turn.settle(text, choices=choices, about=session_id)


async def _sitting_check(turn: Turn, answers: Mapping[str, str]) -> None:
    await timetabling.changeable(turn.unit, turn.actor, _session(answers))


async def _sitting_send(turn: Turn, draft: Draft) -> Outcome:
    answers, session_id = draft.answers, _session(draft.answers)
    added = await timetabling.add(
        turn.unit,
        turn.actor,
        session_id,
        starts=datetime.fromisoformat(answers["starts"]),
        place=answers.get("place", ""),
        language=turn.language,
    )
    await turn.unit.drafts.end(draft.id)
    sitting = added.sitting
    text = turn.say("timetable.added", number=sitting.number, starts=sitting.starts)
    choices = [turn.choice("prepare.whole", f"prepare:{session_id}")]
    return turn.settle("\n".join([text, *added.warnings]), choices=choices, about=session_id)


async def _proposal_check(turn: Turn, answers: Mapping[str, str]) -> None:
    called = await meeting(turn.unit, _session(answers))
    require(turn.actor, Act.PROPOSE, called.body)


async def _proposal_send(turn: Turn, draft: Draft) -> Outcome:
    answers, session_id = draft.answers, _session(draft.answers)
    item = await proposing.propose(
        turn.unit,
        turn.actor,
        session_id,
        answers["heading"],
        answers["reasons"],
        language=_written_in(turn),
    )
    await turn.unit.drafts.end(draft.id)
    called = await meeting(turn.unit, session_id)
    text = turn.say(
        "proposal.done",
        number=item.number,
        session=called.name(turn.language),
        starts=called.opening.starts,
        half=-(-called.body.seats // 2),
    )
    choices = [turn.choice("proposal.all", f"proposals:{session_id}")]
    return turn.settle(text, choices=choices, about=session_id)


def _session(answers: Mapping[str, str]) -> int:
    return int(answers.get("session") or 0)


def _written_in(turn: Turn) -> str:
    return "ar" if turn.language == "ary" else turn.language


def _nothing(_turn: Turn, _slots: Slots) -> Mapping[str, str]:
    return {}


Check = Callable[[Turn, Mapping[str, str]], Awaitable[None]]
Send = Callable[[Turn, Draft], Awaitable[Outcome]]
USES: tuple[tuple[Form, Check, Send], ...] = (
    (PLAN, _plan_check, _plan_send),
    (PLAN_ASKED, _plan_check, _plan_send),
    (POINT, _fill_check, _point_send),
    (PAPER, _fill_check, _paper_send),
    (SITTING_MORE, _sitting_check, _sitting_send),
    (PROPOSAL, _proposal_check, _proposal_send),
)
FILLINGS = tuple(
    Filling(form=form, check=check, send=send, known=_nothing) for form, check, send in USES
)
