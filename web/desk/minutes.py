"""The minutes of a session at the desk: drawn up, signed, given, and what the law still asks."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.duties.due import of_session
from actions.meetings import today
from actions.papers import correcting_minutes, keeping_minutes, minutes_papers
from actions.papers.recording import record, strike
from domain.approvals import ApprovalState
from domain.errors import Refused
from domain.minutes import STEPS, state
from domain.publications import Publication, PublicationKind
from domain.rights import Act, require
from domain.session_facts import AFTER, PAPERS, SessionFact
from store.unit import Unit
from web.desk.refusals import AGAIN, told
from web.desk.session import desk_meeting
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other

DRAFT, GIVE = "draft", "give"
CORRECT, SIGN = "correct", "sign_correction"


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/minutes")
    async def shown(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.RECORD)
        return await _shown(found, session_id, done=request.query_params.get("done", ""))

    @post("/desk/sessions/{session_id:int}/minutes", request_max_body_size=SMALL)
    async def act(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Draw the minutes up, hand them out, or note a step of theirs or take it back."""
        found, _ = await desk_visit(site, request, Act.RECORD)
        what, _, fact = (await form(found)).get("act", "").partition(":")
        if what not in ACTS or (what in NOTED and fact not in set(STEPS)):
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                await ACTS[what](unit, found, session_id, fact)
        except Refused as refused:
            return await _shown(found, session_id, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}/minutes?done={what}")

    return [shown, act]


async def _draft(unit: Unit, found: Visit, session_id: int, _: str) -> None:
    flow = found.site.flows.for_kind(PublicationKind.MINUTES, found.commune.rule_pack)
    await keeping_minutes.draft(unit, found.actor, session_id, flow)


async def _give(unit: Unit, found: Visit, session_id: int, _: str) -> None:
    await keeping_minutes.give(unit, found.actor, session_id)


async def _correct(unit: Unit, found: Visit, session_id: int, _: str) -> None:
    flow = found.site.flows.for_kind(PublicationKind.MINUTES, found.commune.rule_pack)
    await correcting_minutes.correct(unit, found.actor, session_id, flow)


async def _sign(unit: Unit, found: Visit, session_id: int, _: str) -> None:
    await correcting_minutes.sign(unit, found.actor, session_id)


async def _note(unit: Unit, found: Visit, session_id: int, fact: str) -> None:
    await record(unit, found.actor, session_id, SessionFact(fact))


async def _strike(unit: Unit, found: Visit, session_id: int, fact: str) -> None:
    await strike(unit, found.actor, session_id, SessionFact(fact))


NOTED: Mapping[str, Callable[[Unit, Visit, int, str], Awaitable[None]]] = {
    "did": _note,
    "undid": _strike,
}
ACTS = {DRAFT: _draft, GIVE: _give, CORRECT: _correct, SIGN: _sign, **NOTED}


async def _shown(
    found: Visit, session_id: int, *, done: str = "", wrong: str = ""
) -> Response[Any]:
    async with found.site.store.reading() as unit:
        called = await desk_meeting(unit, found, session_id)
        require(found.actor, Act.RECORD, called.body)
        known = await unit.session_facts.of(session_id)
        minutes = await unit.minutes.of_session(session_id)
        text = await unit.publications.by_id(minutes.publication_id) if minutes else None
        correction = await correcting_minutes.correction(unit, minutes) if minutes else None
        owed = await of_session(unit, session_id, language=found.language)
        papers = await minutes_papers.papers(unit, session_id)
    return page(
        found,
        "desk/minutes.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        minutes=minutes,
        text=text,
        reached=state(text.state, known) if text else None,
        known={step: known[step] for step in STEPS if step in known},
        taken_back=PAPERS,
        is_signed=text is not None and SessionFact.MINUTES_SIGNED in known,
        correction=correction,
        is_agreed=correction is not None and correction.state is ApprovalState.APPROVED,
        next_steps=_next_steps(known, text),
        can_draft=_can_draft(known, text),
        can_give=text and SessionFact.MINUTES_SIGNED in known and not _is_given(known),
        duties=[one.duty for one in owed if one.duty.is_open and "minutes" in one.duty.name],
        papers=papers,
        day=today(found.site.clock, found.commune),
        done=done if done in ACTS else "",
        wrong=wrong,
    )


def _next_steps(known: Mapping[SessionFact, Any], text: Publication | None) -> list[SessionFact]:
    """Return what may be noted now; what was written here is signed once it is agreed to."""
    is_agreed = text is None or text.state is ApprovalState.APPROVED
    return [
        step
        for step in STEPS
        if step not in known
        and step in PAPERS
        and AFTER.get(step, step) in {step, *known}
        and (is_agreed or step is not SessionFact.MINUTES_SIGNED)
    ]


def _can_draft(known: Mapping[SessionFact, Any], text: Publication | None) -> bool:
    is_open = text is None or text.state is ApprovalState.REJECTED
    return SessionFact.CLOSED in known and is_open


def _is_given(known: Mapping[SessionFact, Any]) -> bool:
    return SessionFact.MINUTES_GIVEN in known
