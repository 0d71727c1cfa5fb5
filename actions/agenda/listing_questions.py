"""Listing written questions: each comes by itself before the session that answers it (art. 46)."""

from dataclasses import replace

from actions.agenda.listing import at_the_end, entered
from actions.meetings import meeting, tenant, today
from actions.records.noting import note
from actions.tasking import give, tell
from actions.wording import Meeting
from domain.actors import PROGRAM, Actor
from domain.agenda import AgendaItem, ItemSource, ItemState
from domain.bodies import COUNCIL, Role
from domain.clock import wall_time, zone
from domain.dockets import docket
from domain.errors import Refused
from domain.messages import Choice, Message
from domain.notices import Content
from domain.phrasebook import LANGUAGES, phrasebook
from domain.requests import Request, RequestKind
from domain.sessions import SessionKind, SessionState
from store.bodies import Tenant
from store.unit import Unit

OPEN_AGENDA = frozenset({SessionState.DRAFT, SessionState.AGENDA_SENT, SessionState.CONVENED})
UNANSWERED = frozenset(
    {ItemState.LISTED, ItemState.IN_COMMISSION, ItemState.DEBATED, ItemState.DEFERRED}
)
SEES_TO_IT = frozenset({Role.COUNCIL_SECRETARIAT, Role.CLERK})


async def list_questions(unit: Unit) -> int:
    """Put written questions on the agenda of the first session that answers them; say how many.

    Done by the clock, and safe to repeat: whoever takes one off gives the reason, and it stays off.
    """
    waiting = await unit.requests.unlisted_questions()
    if not waiting:
        return 0
    commune = await tenant(unit)
    return sum([await _list(unit, commune, question) for question in waiting])


async def tell_unanswered(unit: Unit, actor: Actor, called: Meeting) -> None:
    """Tell who asked what the session left unanswered that they may ask again (art. 46)."""
    for item in called.items:
        if item.source is not ItemSource.WRITTEN_QUESTION or item.state not in UNANSWERED:
            continue
        question = await unit.requests.question_of(item.id)
        if question and question.is_open and question.person_id:
            content = _unanswered(question, called)
            await tell(unit, question.person_id, content, actor=actor, key=f"unanswered:{item.id}")


async def ask_again(unit: Unit, actor: Actor, ref: str) -> Request:
    """Have one's own question, left unanswered, come before the next session (art. 46).

    Raises Refused for another's, and for one that is answered or still before a session.
    """
    question = await unit.requests.called(ref)
    person_id = actor.person.id if actor.person else None
    if (
        question is None
        or question.kind is not RequestKind.QUESTION
        or question.person_id != person_id
    ):
        raise Refused("request.unknown", ref=ref)
    if not question.is_open or not await unit.requests.unlist_question(question.id):
        raise Refused("question.not_again", ref=ref)
    await note(unit, actor, "ask_again", f"request:{question.ref}")
    return question


async def _list(unit: Unit, commune: Tenant, question: Request) -> bool:
    answering = await _answering(unit, commune, question)
    if answering is None:
        return False
    called, article = answering
    title = await _title(unit, commune, question)
    item = at_the_end(called, title, question.language, ItemSource.WRITTEN_QUESTION)
    item = await entered(unit, PROGRAM, called, replace(item, reference=question.ref))
    await unit.requests.list_question(question.id, item.id)
    facts = {"number": item.number, "article": article}
    if question.person_id:
        content = _told(called, "question.listed_told", question.ref, **facts)
        await tell(unit, question.person_id, content, actor=PROGRAM)
    content = _told(called, "question.listed_staff", question.ref, title=title, **facts)
    await give(unit, SEES_TO_IT, called.body, _with_a_way(content, item), actor=PROGRAM)
    return True


async def _title(unit: Unit, commune: Tenant, question: Request) -> str:
    day = today(unit.clock, commune)
    asker = await unit.people.by_id(question.person_id, on=day) if question.person_id else None
    facts = {"name": asker.name if asker else "", "subject": question.about}
    return phrasebook().say("question.item_title", question.language, **facts)


async def _answering(unit: Unit, commune: Tenant, question: Request) -> tuple[Meeting, str] | None:
    """Return the session that answers a question, and by which article; None where none is yet."""
    where = docket(commune.rule_pack, wall_time(question.at, zone(commune.zone)).date())
    if where is None:
        return None
    keys = [question.body_key or COUNCIL]
    for session, sitting in await unit.sessions.upcoming(unit.clock.now(), body_keys=keys, most=50):
        is_open = session.kind is SessionKind.ORDINARY and session.state in OPEN_AGENDA
        if is_open and sitting.starts.date() >= where.first_day:
            return await meeting(unit, session.id, to_change=True), where.article
    return None


def _told(called: Meeting, key: str, ref: str, **facts: object) -> Content:
    say, starts = phrasebook().say, called.opening.starts
    return {
        language: Message(
            say(key, language, session=called.name(language), starts=starts, ref=ref, **facts),
            language,
            title=say("question.about", language, ref=ref),
        )
        for language in LANGUAGES
    }


def _unanswered(question: Request, called: Meeting) -> Content:
    say = phrasebook().say
    told = _told(called, "question.unanswered", question.ref, subject=question.about)
    return {
        language: replace(
            message,
            choices=(Choice(say("question.ask_again", language), f"askagain:{question.ref}"),),
        )
        for language, message in told.items()
    }


def _with_a_way(content: Content, item: AgendaItem) -> Content:
    """Hand the secretariat the item itself: to word it otherwise, or take it off with a reason."""
    say, value = phrasebook().say, f"point:{item.session_id}:{item.id}"
    return {
        language: replace(message, choices=(Choice(say("vote.see_item", language), value),))
        for language, message in content.items()
    }
