"""How the channels stand: who carries, what is held back and why, and addresses left alone."""

from http import HTTPStatus

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from actions.notices import overseeing, releasing, steering, suppressing
from domain.addresses import Channel, masked
from domain.clock import wall_time
from domain.rights import Act, may, require
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, number, see_other

ON_A_PAGE = 50
STEERED = {"pause": steering.pause_channel, "resume": steering.resume_channel}
MINDED = {"add": suppressing.suppress, "remove": releasing.release}


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_channels(site), *_suppressions(site)]


def _channels(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/channels")
    async def channels(request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        async with site.store.reading() as unit:
            lines = await overseeing.channels(unit, found.actor, site.means.providers)
        done = request.query_params.get("done", "")
        return page(
            found,
            "desk/channels.html",
            lines=lines,
            may_steer=may(found.actor, Act.STEER),
            may_mind=may(found.actor, Act.MIND_ADDRESSES),
            at=lambda instant: wall_time(instant, found.zone),
            done=done if done in STEERED else "",
        )

    @post("/desk/channels/{name:str}", request_max_body_size=SMALL)
    async def steer(name: FromPath[str], request: AnyRequest) -> Redirect:
        """Send nothing on a channel, or send on it again."""
        found, _ = await desk_visit(site, request, Act.STEER)
        act = (await form(found)).get("act", "")
        if act not in STEERED or name not in set(Channel):
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        async with site.store.unit() as unit:
            await STEERED[act](unit, Channel(name), actor=found.actor)
        return see_other(found, f"/desk/channels?done={act}")

    return [channels, steer]


def _suppressions(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/suppressions")
    async def suppressions(request: AnyRequest) -> Page:
        """List the addresses that are not written to, and why; whole, to who minds them."""
        found, _ = await desk_visit(site, request)
        require(found.actor, Act.READ_RECORDS)
        offset = number(request.query_params.get("offset", ""))
        is_whole = request.query_params.get("addresses") == "whole"
        async with site.store.reading() as unit:
            if is_whole:
                require(found.actor, Act.READ_ADDRESSES)
            everything = await unit.suppressions.all()
            shown = everything[offset : offset + ON_A_PAGE]
            names = await unit.overview.names({one.person_id for one in shown})
        done = request.query_params.get("done", "")
        return page(
            found,
            "desk/suppressions.html",
            suppressions=shown,
            count=len(everything),
            called=names,
            address=lambda one: one.address if is_whole else masked(one.channel, one.address),
            is_whole=is_whole,
            may_mind=may(found.actor, Act.MIND_ADDRESSES),
            may_read=may(found.actor, Act.READ_ADDRESSES),
            at=lambda instant: wall_time(instant, found.zone),
            newer=max(0, offset - ON_A_PAGE) if offset else None,
            older=offset + ON_A_PAGE if len(everything) > offset + ON_A_PAGE else None,
            done=done if done in MINDED else "",
        )

    @post("/desk/suppressions", request_max_body_size=SMALL)
    async def mind(request: AnyRequest) -> Redirect:
        """Write to an address no more, or again."""
        found, _ = await desk_visit(site, request, Act.MIND_ADDRESSES)
        said = await form(found)
        act = said.get("act", "")
        if act not in MINDED:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        async with site.store.unit() as unit:
            await MINDED[act](unit, said.get("address", ""), actor=found.actor)
        return see_other(found, f"/desk/suppressions?done={act}")

    return [suppressions, mind]
