"""The calendar of sessions, a session with its agenda, and one item of it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.records.recounting import recounted
from actions.wording import Meeting
from domain.agenda import AgendaItem
from domain.history import told
from domain.phrasebook import phrasebook
from domain.topics import of_body, of_item
from web.public.looking import Look, looking
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest

FIRST_YEAR, LAST_YEAR = 1976, 2200  # of calendars that make sense: communes, from their charter on
A_MONTH = timedelta(days=31)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_calendar(site), _session(site), _item(site)]


def _calendar(site: Site) -> HTTPRouteHandler:
    @get("/sessions")
    async def calendar(request: AnyRequest) -> Page:
        """Show the sittings of a month, of every body or of one."""
        async with looking(site, request) as look:
            key = look.body_key(request.query_params.get("body", ""))
            first = month_named(request.query_params.get("month", ""), look.today)
            after = (first + A_MONTH).replace(day=1)
            held = await look.unit.sessions.between(
                datetime.combine(first, time.min),
                datetime.combine(after - timedelta(days=1), time.max),
                body_keys=[key] if key else None,
            )
            return page(
                look.visit,
                "public/sessions.html",
                days=by_day(look.seen(held)),
                month=first,
                months=months_around(look.today, first),
                before=(first - timedelta(days=1)).replace(day=1),
                after=after,
                body=look.bodies[key] if key else None,
                bodies=list(look.bodies.values()),
                today=look.today,
                next=[] if held else await look.ahead(most=1, keys=[key] if key else None),
                followed=await look.follows(of_body(key)) if key else False,
            )

    return calendar


def _session(site: Site) -> HTTPRouteHandler:
    @get("/sessions/{session_id:int}")
    async def session(session_id: FromPath[int], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            meeting = await look.meeting(session_id)
            papers = await look.papers(meeting)
            return page(
                look.visit,
                "public/session.html",
                meeting=meeting,
                papers=[paper for paper in papers if paper.item_id is None],
                with_papers={paper.item_id for paper in papers},
                followed=await look.follows(of_body(meeting.body.key)),
                telegram=look.visit.site.lead(f"s_{session_id}"),
            )

    return session


def _item(site: Site) -> HTTPRouteHandler:
    @get("/items/{item_id:int}")
    async def item(item_id: FromPath[int], request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            meeting, item = await look.item(item_id)
            return page(
                look.visit,
                "public/item.html",
                meeting=meeting,
                item=item,
                **_neighbours(meeting, item),
                papers=[one for one in await look.papers(meeting) if one.item_id == item_id],
                votes=await look.unit.votes.of(item_id),
                decided=await look.unit.decisions.of_item(item_id),
                steps=await _steps(look, item_id),
                followed=await look.follows(of_item(item_id)),
                telegram=look.visit.site.lead(f"s_{meeting.session.id}"),
            )

    return item


def _neighbours(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """Return the items before and after one, of those that may be seen."""
    at = [one.id for one in meeting.items].index(item.id)
    return {
        "before": meeting.items[at - 1] if at else None,
        "after": meeting.items[at + 1] if at + 1 < len(meeting.items) else None,
    }


async def _steps(look: Look, item_id: int) -> list[str]:
    """Return what was done to an item in public, a sentence each."""
    steps = await recounted(look.unit, f"item:{item_id}", publicly=True)
    language = look.visit.language
    return [told(step, phrasebook(), language, publicly=True) for step in steps]


def month_named(asked: str, today: date) -> date:
    """Return the first day of `2026-02`, or of this month."""
    try:
        first = datetime.strptime(asked, "%Y-%m").date()  # noqa: DTZ007 - a month of a wall calendar
    except ValueError:
        return today.replace(day=1)
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else today.replace(day=1)


def months_around(today: date, chosen: date) -> list[date]:
    """Return the first days of the months one may choose: a year back, a year ahead, and this."""
    number = today.year * 12 + today.month - 1
    near = {date(one // 12, one % 12 + 1, 1) for one in range(number - 12, number + 13)}
    return sorted({*near, chosen})


def by_day(meetings: Sequence[Meeting]) -> dict[date, list[Meeting]]:
    """Return sittings under the days they are held on, in order."""
    days: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        days.setdefault(meeting.opening.starts.date(), []).append(meeting)
    return days
