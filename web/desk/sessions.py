"""The sessions of the bodies one works for: by how far they are, and a new one."""

from collections.abc import Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from actions.meetings import today
from actions.sessions import planning
from domain import forms
from domain.bodies import Body
from domain.errors import Refused
from domain.phrasebook import phrasebook
from domain.rights import Act, may, require
from domain.session_forms import plan_form
from domain.sessions import SessionKind, SessionState
from store.unit import Unit
from web.desk.refusals import told
from web.desk.sheets import sheet_page
from web.desk.visiting import desk_visit
from web.filling import filled
from web.forms import SMALL, form, is_new
from web.mistakes import Mistaken
from web.rendering import page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

S = SessionState
DRAWERS: Mapping[str, frozenset[SessionState]] = {
    "prepared": frozenset({S.DRAFT, S.AGENDA_SENT, S.POSTPONED}),
    "called": frozenset({S.CONVENED, S.NO_QUORUM, S.RECONVENED, S.THIRD_MEETING}),
    "open": frozenset({S.OPEN, S.EXTENDED}),
    "over": frozenset({S.CLOSED, S.CANCELLED}),
}
ON_A_PAGE = 30


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions")
    async def listed(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        drawer = request.query_params.get("state", "")
        drawer = drawer if drawer in DRAWERS else "prepared"
        offset = number(request.query_params.get("offset", ""))
        async with site.store.reading() as unit:
            bodies = await bodies_for(unit, found, Act.FILL_AGENDA)
            held = await unit.sessions.opening_in(
                DRAWERS[drawer], body_keys=list(bodies), offset=offset, most=ON_A_PAGE + 1
            )
        here = f"/desk/sessions?state={drawer}&offset="
        return page(
            found,
            "desk/sessions.html",
            drawer=drawer,
            drawers=list(DRAWERS),
            sessions=held[:ON_A_PAGE],
            bodies=bodies,
            newer=f"{here}{max(0, offset - ON_A_PAGE)}" if offset else None,
            older=f"{here}{offset + ON_A_PAGE}" if len(held) > ON_A_PAGE else None,
        )

    return [listed, *_new(site)]


def _new(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/new")
    async def begin(request: AnyRequest) -> Response[Any]:
        """Ask of which body and kind it is; then when, where, and since when it was asked for."""
        found, _ = await desk_visit(site, request, Act.PLAN)
        body, kind = (request.query_params.get(one, "") for one in ("body", "kind"))
        async with site.store.reading() as unit:
            bodies = await bodies_for(unit, found, Act.PLAN)
        if body not in bodies or kind not in set(SessionKind):
            return page(
                found, "desk/session_begin.html", bodies=bodies, kinds=list(SessionKind), body=body
            )
        return _sheet(found, bodies[body], SessionKind(kind), {}, {})

    @post("/desk/sessions/new", request_max_body_size=SMALL)
    async def plan(request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.PLAN)
        said, of = await form(found), request.query_params
        async with site.store.reading() as unit:
            bodies = await bodies_for(unit, found, Act.PLAN)
        if of.get("body") not in bodies or of.get("kind") not in set(SessionKind):
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        body, kind = bodies[of["body"]], SessionKind(of["kind"])
        asks = plan_form(kind)
        answers = filled(asks, said)
        faults = forms.faults(asks, answers, found.language, today=_today(found))
        if faults:
            return _sheet(found, body, kind, answers, faults)
        try:
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, "/desk/sessions")
                session_id = await _planned(unit, found, body, kind, answers)
        except Refused as refused:
            return _sheet(found, body, kind, answers, {"starts": told(found, refused)})
        return see_other(found, f"/desk/sessions/{session_id}?done=planned")

    return [begin, plan]


async def bodies_for(unit: Unit, found: Visit, act: Act) -> dict[str, Body]:
    """Return the bodies in which an act is theirs, by key; raise Refused where it is none."""
    bodies = {one.key: one for one in await unit.bodies.all() if may(found.actor, act, one)}
    if not bodies:
        require(found.actor, act)
    return bodies


async def _planned(
    unit: Unit, found: Visit, body: Body, kind: SessionKind, answers: Mapping[str, str]
) -> int:
    kept = forms.kept(plan_form(kind), answers, _today(found))
    return await planning.plan(
        unit,
        body.key,
        kind=kind,
        starts=datetime.fromisoformat(kept["starts"]),
        place=kept.get("place", ""),
        filed=date.fromisoformat(kept["filed"]) if kept.get("filed") else None,
        actor=found.actor,
    )


def _sheet(
    found: Visit,
    body: Body,
    kind: SessionKind,
    answers: Mapping[str, str],
    faults: Mapping[str, str],
) -> Response[Any]:
    return sheet_page(
        found,
        plan_form(kind),
        answers,
        faults,
        action=f"/desk/sessions/new?body={body.key}&kind={kind}",
        back="/desk/sessions/new",
        submit="menu.session_plan",
        lines=[phrasebook().say(f"council.kind_{kind}", found.language), body.name(found.language)],
    )


def _today(found: Visit) -> date:
    return today(found.site.clock, found.commune)
