"""The desk's deliveries: every notice, how far one has come, and what may be done about it."""

from collections.abc import Mapping
from http import HTTPStatus

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.notices import overseeing, replaying, steering
from actions.notices.overseeing import Progress
from domain import charts
from domain.charts import Series
from domain.clock import wall_time
from domain.deliveries import FATES, Fate, State
from domain.errors import Refused
from domain.estimates import last_end
from domain.notices import TELLING, Notice, in_language
from domain.phrasebook import phrasebook
from domain.rights import Act, may
from store.replays import Chosen
from store.unit import Unit
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

ON_A_PAGE = 20
BEGINS = 80  # letters of a message without a title
CHART = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
# Dark enough beside white and light enough beside black; the table says the same in words.
COLOURS: Mapping[Fate, str] = {
    Fate.TOLD: "#2e8b57",
    Fate.WAITING: "#c08a00",
    Fate.UNCERTAIN: "#8a63d2",
    Fate.LOST: "#cf4a42",
    Fate.LEFT_OUT: "#8797a3",
}
DRAWERS = ("many", "one")  # to more than one person first: the others are many, and alike
DONE = frozenset({"pause", "resume", "replay"})


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), _notice(site), _chart(site), _steer(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/desk/deliveries")
    async def campaigns(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        before = number(request.query_params.get("before", ""))
        drawer = request.query_params.get("to", "")
        drawer = drawer if drawer in DRAWERS else "many"
        async with site.store.reading() as unit:
            listed = await overseeing.campaigns(
                unit,
                found.actor,
                before=before or None,
                most=ON_A_PAGE + 1,
                is_personal=drawer == "one",
            )
        shown = listed[:ON_A_PAGE]
        return page(
            found,
            "desk/deliveries.html",
            campaigns=shown,
            drawer=drawer,
            drawers=DRAWERS,
            fates=list(Fate),
            heading=lambda notice: _heading(notice, found.language),
            at=lambda instant: wall_time(instant, found.zone),
            is_first=not before,
            older=shown[-1].notice.id if len(listed) > ON_A_PAGE else None,
        )

    return campaigns


def _notice(site: Site) -> HTTPRouteHandler:
    @get("/desk/deliveries/{notice_id:int}")
    async def notice(notice_id: FromPath[int], request: AnyRequest) -> Page:
        """Show how far a notice has come; while it goes on, the page asks for itself again."""
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        async with site.store.reading() as unit:
            seen = await _progress(site, unit, found, notice_id)
        done = request.query_params.get("done", "")
        return page(
            found,
            "desk/delivery.html",
            progress=seen,
            heading=_heading(seen.notice, found.language),
            fates=list(Fate),
            fate_of=FATES,
            ends_at=last_end(seen.estimates),
            may_steer=may(found.actor, Act.STEER),
            may_prove=seen.notice.kind in TELLING and may(found.actor, Act.READ_PROOF),
            at=lambda instant: wall_time(instant, found.zone),
            done=done if done in DONE else "",
            count=number(request.query_params.get("count", "")),
        )

    return notice


def _chart(site: Site) -> HTTPRouteHandler:
    @get("/desk/deliveries/{notice_id:int}/chart")
    async def chart(notice_id: FromPath[int], request: AnyRequest) -> Response[bytes]:
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        async with site.store.reading() as unit:
            seen = await _progress(site, unit, found, notice_id)
        width = charts.NARROW if "narrow" in request.query_params else charts.WIDTH
        return Response(
            drawn(seen, found.language, width), media_type="image/svg+xml", headers=CHART
        )

    return chart


def _steer(site: Site) -> HTTPRouteHandler:
    @post("/desk/deliveries/{notice_id:int}", request_max_body_size=SMALL)
    async def steer(notice_id: FromPath[int], request: AnyRequest) -> Redirect:
        """Hold a notice back, let it go on, or send again what did not arrive."""
        found, _ = await desk_visit(site, request, Act.STEER)
        said = await form(found)
        count, act = 0, said.get("act", "")
        async with site.store.unit() as unit:
            if act == "pause":
                await steering.pause_notice(unit, notice_id, actor=found.actor)
            elif act == "resume":
                await steering.resume_notice(unit, notice_id, actor=found.actor)
            elif act == "replay":
                chosen = Chosen(replayed(said), notice_id=notice_id)
                count = await replaying.replay(unit, chosen, actor=found.actor)
            else:
                raise Mistaken(HTTPStatus.BAD_REQUEST)
        return see_other(found, f"/desk/deliveries/{notice_id}?done={act}&count={count}")

    return steer


def replayed(said: Mapping[str, str]) -> frozenset[State]:
    """Return the ends that a form asks to mend: what failed, and what else was ticked."""
    more = {state for state in (State.UNCERTAIN, State.EXPIRED) if said.get(state)}
    return frozenset({State.FAILED, *more})


def drawn(seen: Progress, language: str, width: int) -> bytes:
    """Draw what became of a notice's deliveries, a bar a channel; `width` in pixels."""
    say = phrasebook().say
    channels = sorted({one.channel for one in seen.tally})
    counts = {
        (channel, fate): sum(
            one.count for one in seen.tally if one.channel is channel and FATES[one.state] is fate
        )
        for channel in channels
        for fate in Fate
    }
    return charts.bars(
        say("desk_deliveries.by_channel", language),
        [say(f"delivery.channel_{channel}", language) for channel in channels],
        [
            Series(
                say(f"desk_deliveries.fate_{fate}", language),
                COLOURS[fate],
                [counts[channel, fate] for channel in channels],
            )
            for fate in Fate
            if any(counts[channel, fate] for channel in channels)
        ],
        width=width,
    )


def _heading(notice: Notice, language: str) -> str:
    """Return what a notice is called: by its title, else by how it begins."""
    said = in_language(notice.content, language)
    first = said.text.strip().partition("\n")[0]
    return said.title or (first if len(first) <= BEGINS else f"{first[:BEGINS].rstrip()}…")


async def _progress(site: Site, unit: Unit, found: Visit, notice_id: int) -> Progress:
    try:
        return await overseeing.progress(unit, found.actor, site.means.providers, notice_id)
    except Refused as refused:
        if refused.key == "steering.no_notice":
            raise Mistaken(HTTPStatus.NOT_FOUND) from refused
        raise
