"""One item of an agenda in the making: its words, its doors, who studies it, whether it stays."""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.agenda import arranging, listing, proposing, referring
from actions.papers import hearing_governor
from actions.sessions import ways
from actions.wording import Meeting
from domain.access import COMMISSIONS
from domain.agenda import AgendaItem
from domain.errors import Refused
from domain.folding import latin_digits
from domain.rights import Act
from store.unit import Unit
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.session import desk_meeting
from web.desk.visiting import desk_visit
from web.forms import SMALL, form
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/items/{item_id:int}")
    async def one(session_id: FromPath[int], item_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        return await _shown(found, session_id, item_id)

    @post("/desk/sessions/{session_id:int}/items/{item_id:int}", request_max_body_size=SMALL)
    async def change(
        session_id: FromPath[int], item_id: FromPath[int], request: AnyRequest
    ) -> Response[Any]:
        """Change an item, unless somebody else has done so since it was shown."""
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        said = await form(found)
        act = said.get("act", "")
        if act not in ACTS:
            raise Mistaken(HTTPStatus.BAD_REQUEST)
        try:
            async with site.store.unit() as unit:
                _, item = await item_of(unit, found, session_id, item_id, to_change=True)
                refuse_stale(said.get("mark", ""), mark(item))
                await ACTS[act](unit, found, item, said.get("words", ""))
        except Refused as refused:
            return await _shown(found, session_id, item_id, wrong=told(found, refused), typed=said)
        return see_other(found, f"/desk/sessions/{session_id}/items/{item_id}?done={act}")

    return [one, change]


async def item_of(
    unit: Unit, found: Visit, session_id: int, item_id: int, *, to_change: bool = False
) -> tuple[Meeting, AgendaItem]:
    """Return an item with its session; raise Mistaken where it is none of one's own."""
    called = await desk_meeting(unit, found, session_id, to_change=to_change)
    item = next((one for one in called.items if one.id == item_id), None)
    if item is None:
        raise Mistaken(HTTPStatus.NOT_FOUND)
    return called, item


async def _shown(
    found: Visit,
    session_id: int,
    item_id: int,
    *,
    wrong: str = "",
    typed: Mapping[str, str] | None = None,
) -> Page:
    async with found.site.store.reading() as unit:
        called, item = await item_of(unit, found, session_id, item_id)
        bodies = {one.key: one for one in await unit.bodies.all()}
        papers = [one for one in await unit.documents.of(session_id) if one.item_id == item_id]
        proposals = {one.item_id: one for one in await unit.proposals.of(session_id)}
    done = found.request.query_params.get("done", "")
    return page(
        found,
        "desk/item.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        called=called,
        item=item,
        mark=mark(item),
        ways=ways.of_item(found.actor, called, item),
        commissions=[one for one in bodies.values() if one.kind in COMMISSIONS],
        commission=bodies.get(item.commission_key or ""),
        papers=papers,
        proposal=proposals.get(item_id),
        done=done if done in ACTS else "",
        wrong=wrong,
        typed=typed or {},
    )


async def _reword(unit: Unit, found: Visit, item: AgendaItem, words: str) -> None:
    await listing.reword(unit, item.session_id, item.number, words, actor=found.actor)


async def _close(unit: Unit, found: Visit, item: AgendaItem, _: str) -> None:
    await listing.close_doors(
        unit, item.session_id, item.number, is_public=False, actor=found.actor
    )


async def _open(unit: Unit, found: Visit, item: AgendaItem, _: str) -> None:
    await listing.close_doors(unit, item.session_id, item.number, is_public=True, actor=found.actor)


async def _refer(unit: Unit, found: Visit, item: AgendaItem, commission: str) -> None:
    await referring.refer(unit, item.session_id, item.number, commission, actor=found.actor)


async def _object(unit: Unit, found: Visit, item: AgendaItem, reason: str) -> None:
    await hearing_governor.governor_objects(
        unit, item.session_id, item.number, reason, actor=found.actor, language=found.language
    )


async def _lift(unit: Unit, found: Visit, item: AgendaItem, _: str) -> None:
    await listing.lift(unit, item.session_id, item.number, actor=found.actor)


async def _place(unit: Unit, found: Visit, item: AgendaItem, which: str) -> None:
    at = number(latin_digits(which.strip()))
    if not at:
        raise Refused("form.no_number")
    await arranging.place(unit, item.session_id, item.id, at, actor=found.actor)


async def _withdraw(unit: Unit, found: Visit, item: AgendaItem, reason: str) -> None:
    await listing.withdraw(unit, item.session_id, item.number, reason, actor=found.actor)


async def _accept(unit: Unit, found: Visit, item: AgendaItem, _: str) -> None:
    await proposing.accept(unit, found.actor, item.session_id, item.id)


async def _refuse(unit: Unit, found: Visit, item: AgendaItem, reason: str) -> None:
    await proposing.refuse(unit, found.actor, item.session_id, item.id, reason)


async def _in_sitting(unit: Unit, found: Visit, item: AgendaItem, which: str) -> None:
    await listing.assign(unit, item.session_id, item.number, number(which), actor=found.actor)


Do = Callable[[Unit, Visit, AgendaItem, str], Awaitable[None]]
ACTS: Mapping[str, Do] = {
    "reword": _reword,
    "closed": _close,
    "open": _open,
    "refer": _refer,
    "object": _object,
    "lift": _lift,
    "in_sitting": _in_sitting,
    "place": _place,
    "withdraw": _withdraw,
    "accept": _accept,
    "refuse": _refuse,
}
