"""Convening from the desk: first who would be called, how, when, at what cost and by which law."""

from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions import wording
from actions.duties.due import of_session
from actions.notices.rehearsing import Foretold, foretell
from actions.sessions import convening, ways
from actions.sessions.convening import Foreseen, shared_papers
from actions.sessions.ways import Way
from actions.wording import Meeting
from domain.clock import wall_time
from domain.errors import Refused
from domain.law import Duty
from domain.notices import Audience, AudienceKind, NoticeClass
from domain.rights import Act, require
from domain.routes import Reason, Verdict
from store.unit import Unit
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.session import desk_meeting, standing
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other

SENDING = "send_convocations"


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/convene")
    async def preview(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.CONVENE)
        return await _previewed(found, session_id)

    @post("/desk/sessions/{session_id:int}/convene", request_max_body_size=SMALL)
    async def convene(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Convene to what was shown; what has changed since is shown again first."""
        found, _ = await desk_visit(site, request, Act.CONVENE)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                called = await desk_meeting(unit, found, session_id, to_change=True)
                require(found.actor, Act.CONVENE, called.body)
                refuse_stale(said.get("mark", ""), mark(called))
                await convening.convene(
                    unit, session_id, actor=found.actor, language=found.language
                )
        except Refused as refused:
            return await _previewed(found, session_id, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}?done=convened")

    return [preview, convene]


async def _previewed(found: Visit, session_id: int, *, wrong: str = "") -> Page:
    async with found.site.store.reading() as unit:
        called = await desk_meeting(unit, found, session_id)
        require(found.actor, Act.CONVENE, called.body)
        content = wording.convocation(called, await shared_papers(unit, session_id))
        foreseen = await _foreseen(unit, found, called)
        foretold = await foretell(
            unit,
            Audience(AudienceKind.BODY, called.body.key),
            NoticeClass.STATUTORY,
            content,
            found.site.means,
        )
        sending = await _sending(unit, found, called)
    return page(
        found,
        "desk/convene.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        items=wording.said(called.items),
        mark=mark(called),
        foreseen=foreseen,
        foretold=foretold,
        channels=_channels(foretold),
        sending=sending,
        messages=list(content.values()),
        at=lambda instant: wall_time(instant, found.zone),
        wrong=wrong,
    )


async def _foreseen(unit: Unit, found: Visit, called: Meeting) -> Foreseen | None:
    """Return what convening would do; None where it has been convened already, or is over."""
    if Way.CONVENE not in ways.of_session(found.actor, standing(found, called)):
        return None
    return await convening.foreseen(
        unit, called.session.id, actor=found.actor, language=found.language
    )


async def _sending(unit: Unit, found: Visit, called: Meeting) -> Duty | None:
    """Return by which day the law wants the convocations sent, if it is known."""
    owed = await of_session(unit, called.session.id, language=found.language)
    return next((one.duty for one in owed if one.duty.name == SENDING), None)


def _channels(foretold: Foretold) -> list[tuple[str, Verdict, Reason, int]]:
    """Return how many addresses are used and are not, those used first."""
    return sorted(
        ((*way, count) for way, count in foretold.rehearsal.ways.items()),
        key=lambda one: (one[1] is Verdict.SUPPRESSED, one[0], one[2]),
    )
