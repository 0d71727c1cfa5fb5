"""One session at the desk: how it stands, what the law asks of it, and its agenda in the making."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.agenda import listing
from actions.agenda.arranging import arrange
from actions.duties import waiting
from actions.meetings import meeting, today
from actions.sessions import timetabling, ways
from actions.sessions.forecasting import expected
from actions.sessions.rolling import AWAITED
from actions.sessions.telling_changes import SETTLES_AFTER
from actions.sessions.ways import Stand
from actions.sitting_words import forecast_lines
from actions.wording import Meeting
from domain.agenda import ItemState
from domain.clock import wall_time
from domain.errors import Refused
from domain.rights import Act, Sight, may, sees
from domain.session_facts import PAPERS
from store.unit import Unit
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

# What was just done, as its page says it.
DONE = frozenset(
    {
        "planned",
        "added",
        "attached",
        "moved_item",
        "submitted",
        "convened",
        "told",
        "moved",
        "called_off",
        "reconvened",
        "closed",
        "extended",
        "opened",
        "sitting_added",
        "sitting_held",
        "failed",
        "did",
        "undid",
    }
)


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}")
    async def one(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        return await shown(found, session_id)

    @post("/desk/sessions/{session_id:int}", request_max_body_size=SMALL)
    async def order(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Put an item up or down, or all items in the order in which they were dragged."""
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                called = await desk_meeting(unit, found, session_id, to_change=True)
                refuse_stale(said.get("mark", ""), mark(called.items))
                item_id = await _ordered(unit, found, called, said)
        except Refused as refused:
            return await shown(found, session_id, wrong=told(found, refused))
        place = f"#item-{item_id}" if item_id else "#agenda"
        return see_other(found, f"/desk/sessions/{session_id}?done=moved_item{place}")

    @post("/desk/sessions/{session_id:int}/sittings", request_max_body_size=SMALL)
    async def hold(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Note that a later sitting is held now."""
        found, _ = await desk_visit(site, request, Act.HOLD)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                await desk_meeting(unit, found, session_id, to_change=True)
                which = number(said.get("number", ""))
                await timetabling.hold(unit, found.actor, session_id, which)
        except Refused as refused:
            return await shown(found, session_id, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}?done=sitting_held")

    return [one, order, hold]


async def desk_meeting(
    unit: Unit, found: Visit, session_id: int, *, to_change: bool = False
) -> Meeting:
    """Return a session of a body one works for; raise Mistaken for any other."""
    try:
        called = await meeting(unit, session_id, to_change=to_change)
    except Refused as refused:
        raise Mistaken(HTTPStatus.NOT_FOUND) from refused
    if not may(found.actor, Act.FILL_AGENDA, called.body):
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return called


async def shown(found: Visit, session_id: int, *, wrong: str = "") -> Page:
    """Show a session as whoever prepares it sees it."""
    day = today(found.site.clock, found.commune)
    async with found.site.store.reading() as unit:
        called = await desk_meeting(unit, found, session_id)
        tasks = await waiting.tasks_of(unit, found.actor, called, language=found.language)
        known = await unit.session_facts.of(session_id)
        may_follow = may(found.actor, Act.READ_RECORDS)
        notices = await unit.notices.of_session(session_id) if may_follow else ()
        papers = await unit.documents.of(session_id)
        answers = await unit.attendances.of(session_id)
        has_forecast = called.session.state in AWAITED and sees(
            found.person, Sight.FORECAST, called.body
        )
        forecast = await expected(unit, called) if has_forecast else None
    done = found.request.query_params.get("done", "")
    changed_at, at = called.session.agenda_changed_at, standing(found, called)
    return page(
        found,
        "desk/session.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        mark=mark(called.items),
        proposals=[one for one in called.items if one.state is ItemState.PROPOSED],
        items=[one for one in called.items if one.state not in listing.ASIDE],
        debated={
            one.id: ways.of_debate(found.actor, called.session, called.body, one)
            for one in called.items
        },
        ways=ways.of_session(found.actor, at),
        to_hold=[one.number for one in called.sittings if ways.is_to_hold(found.actor, at, one)],
        tasks=tasks,
        known=known,
        taken_back=PAPERS if may(found.actor, Act.RECORD, called.body) else (),
        papers=papers,
        notices=[(one, wall_time(one.created_at, found.zone)) for one in reversed(notices)],
        may_prove=called.session.convened_at is not None
        and may(found.actor, Act.READ_PROOF, called.body),
        answers=answers,
        forecast=forecast_lines(forecast, found.language) if forecast else "",
        day=day,
        told_at=wall_time(changed_at + SETTLES_AFTER, found.zone) if changed_at else None,
        done=done if done in DONE else "",
        wrong=wrong,
    )


def standing(found: Visit, called: Meeting) -> Stand:
    """Return how a session stands today, for what may be done to it."""
    day = today(found.site.clock, found.commune)
    return Stand(called.session, called.body, called.opening.starts.date(), day)


async def _ordered(unit: Unit, found: Visit, called: Meeting, said: Mapping[str, str]) -> int:
    """Do what was pressed; return the item that was moved, 0 where it was all of them."""
    act, _, which = said.get("act", "").partition(":")
    if act not in ORDERS:
        raise Mistaken(HTTPStatus.BAD_REQUEST)
    return await ORDERS[act](unit, found, called, which or said.get("order", ""))


async def _up(unit: Unit, found: Visit, called: Meeting, which: str) -> int:
    return await _shift(unit, found, called, which, up=True)


async def _down(unit: Unit, found: Visit, called: Meeting, which: str) -> int:
    return await _shift(unit, found, called, which, up=False)


async def _shift(unit: Unit, found: Visit, called: Meeting, which: str, *, up: bool) -> int:
    item = next((one for one in called.items if one.id == number(which)), None)
    if item is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    await listing.shift(unit, called.session.id, item.number, up=up, actor=found.actor)
    return item.id


async def _arrange(unit: Unit, found: Visit, called: Meeting, which: str) -> int:
    ids = [number(one) for one in which.split(",")]
    await arrange(unit, called.session.id, ids, actor=found.actor)
    return 0


Order = Callable[[Unit, Visit, Meeting, str], Awaitable[int]]
ORDERS: Mapping[str, Order] = {"up": _up, "down": _down, "order": _arrange}
