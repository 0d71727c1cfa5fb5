"""Calling the members again, from the desk: on the day prepared, or another the law allows."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions import wording
from actions.meetings import today
from actions.sessions import reconvening
from actions.sessions.reconvening import Prepared
from domain.errors import Refused
from domain.forms import Fault, checked
from domain.rights import Act, require
from domain.session_forms import STARTS
from store.unit import Unit
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.session import desk_meeting
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, see_other


def pages(site: Site) -> list[HTTPRouteHandler]:
    path = "/desk/sessions/{session_id:int}/reconvene"

    @get(path)
    async def ask(session_id: FromPath[int], request: AnyRequest) -> Page:
        """Say back the meeting that would be called, with what the law says of its day."""
        found, _ = await desk_visit(site, request, Act.CONVENE)
        return await _asked(found, session_id, request.query_params.get("starts", ""))

    @post(path, request_max_body_size=SMALL)
    async def reconvene(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.CONVENE)
        said = await form(found)
        starts = said.get("starts", "")
        try:
            async with site.store.unit() as unit:
                called = await desk_meeting(unit, found, session_id, to_change=True)
                refuse_stale(said.get("mark", ""), mark(called))
                await reconvening.reconvene(
                    unit,
                    found.actor,
                    session_id,
                    starts=_wall_time(found, starts),
                    language=found.language,
                )
        except Refused as refused:
            return await _asked(found, session_id, starts, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}?done=reconvened")

    return [ask, reconvene]


async def _asked(found: Visit, session_id: int, starts: str, *, wrong: str = "") -> Page:
    """Show the meeting that would be called at a time; where that is refused, why it is."""
    proposed = ready = None
    async with found.site.store.unit() as unit:  # what is prepared holds its session meanwhile
        called = await desk_meeting(unit, found, session_id)
        require(found.actor, Act.CONVENE, called.body)
        try:
            proposed = ready = await _prepared(unit, found, session_id)
            if starts:
                ready = None
                ready = await _prepared(unit, found, session_id, _wall_time(found, starts))
        except Refused as refused:
            wrong = wrong or told(found, refused)
    return page(
        found,
        "desk/reconvene.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        mark=mark(called),
        proposed=proposed,
        ready=ready,
        place=wording.place(called.opening, found.language),
        wrong=wrong,
        typed=starts or (ready.starts.isoformat(timespec="minutes") if ready else ""),
    )


async def _prepared(
    unit: Unit, found: Visit, session_id: int, starts: datetime | None = None
) -> Prepared:
    return await reconvening.prepared(
        unit, found.actor, session_id, starts=starts, language=found.language
    )


def _wall_time(found: Visit, typed: str) -> datetime:
    """Return the wall time that was typed, or raise Refused where it is none, or has passed."""
    answer = checked(STARTS, typed, today(found.site.clock, found.commune))
    if isinstance(answer, Fault):
        raise Refused(answer.key, **answer.facts)
    return datetime.fromisoformat(answer)
