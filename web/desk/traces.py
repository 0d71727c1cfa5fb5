"""Single deliveries: those that fit what is asked, and one person's story of a notice in words."""

from http import HTTPStatus

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.notices import overseeing
from domain.addresses import Channel
from domain.clock import wall_time
from domain.deliveries import FATES, State
from domain.errors import Refused
from domain.rights import Act
from web.desk.visiting import desk_visit
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, number

ON_A_PAGE = 50


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), _story(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/desk/deliveries/all")
    async def traces(request: AnyRequest) -> Page:
        """List deliveries by state, channel, notice or person: `state=failed` are the dead ones."""
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        asked = request.query_params
        state, channel = asked.get("state", ""), asked.get("channel", "")
        named = asked.get("person", "").strip()
        notice_id = number(asked.get("notice", ""))
        async with site.store.reading() as unit:
            whose = (await unit.people.named(named) or [0])[0] if named else None
            listed = await overseeing.deliveries(
                unit,
                found.actor,
                notice_id=notice_id or None,
                person_id=whose,
                state=State(state) if state in set(State) else None,
                channel=Channel(channel) if channel in set(Channel) else None,
                before=number(asked.get("before", "")) or None,
                most=ON_A_PAGE + 1,
            )
            names = await unit.overview.names({one.person_id for one in listed if one.person_id})
        shown = listed[:ON_A_PAGE]
        return page(
            found,
            "desk/traces.html",
            deliveries=shown,
            called=names,
            states=list(State),
            channels=list(Channel),
            state=state,
            channel=channel,
            notice_id=notice_id,
            person=named,
            fate_of=FATES,
            at=lambda instant: wall_time(instant, found.zone),
            older=shown[-1].id if len(listed) > ON_A_PAGE else None,
        )

    return traces


def _story(site: Site) -> HTTPRouteHandler:
    @get("/desk/deliveries/{notice_id:int}/people/{person_id:int}")
    async def story(
        notice_id: FromPath[int], person_id: FromPath[int], request: AnyRequest
    ) -> Page:
        """Tell why a notice went to somebody where it went, and why not elsewhere."""
        found, _ = await desk_visit(site, request, Act.READ_RECORDS)
        async with site.store.reading() as unit:
            try:
                told = await overseeing.story(
                    unit, found.actor, notice_id, person_id, spoken=found.language
                )
            except Refused as refused:
                if refused.key == "announcement.not_told":
                    raise Mistaken(HTTPStatus.NOT_FOUND) from refused
                raise
        return page(
            found,
            "desk/story.html",
            story=told,
            fate_of=FATES,
            at=lambda instant: wall_time(instant, found.zone),
        )

    return story
