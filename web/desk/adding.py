"""What is added to an agenda: an item, by the presidency or the governor, and papers."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.agenda import attaching, listing
from actions.meetings import today
from actions.papers import hearing_governor
from actions.wording import Meeting
from domain import forms
from domain.documents import DocumentKind, Visibility
from domain.errors import Refused
from domain.files import Kept
from domain.forms import Form
from domain.phrasebook import FALLBACK, phrasebook
from domain.rights import Act
from domain.session_forms import CLOSED, PAPER, POINT
from store.unit import Unit
from web.desk.refusals import told
from web.desk.session import desk_meeting
from web.desk.sheets import sheet_page
from web.desk.visiting import desk_visit
from web.filling import filled, filled_with_file
from web.forms import LARGE, SMALL, form, form_with_file, is_new
from web.mistakes import Mistaken
from web.rendering import Page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

NOTHING: Mapping[str, str] = {}


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_point(site), *_paper(site)]


def _point(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/items/new", name="desk_new_item")
    async def ask(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        async with site.store.reading() as unit:
            called = await desk_meeting(unit, found, session_id)
        return _sheet(found, called, POINT, NOTHING, NOTHING)

    @post("/desk/sessions/{session_id:int}/items/new", request_max_body_size=SMALL)
    async def add(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        said = await form(found)
        answers = filled(POINT, said)
        async with site.store.reading() as unit:
            called = await desk_meeting(unit, found, session_id)
        if faults := _faults(found, POINT, answers):
            return _sheet(found, called, POINT, answers, faults)
        try:
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, f"/desk/sessions/{session_id}?done=added")
                item_id = await _added(unit, found, session_id, answers)
        except Refused as refused:
            return _sheet(found, called, POINT, answers, NOTHING, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}?done=added#item-{item_id}")

    return [ask, add]


def _paper(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/sessions/{session_id:int}/papers/new")
    async def ask(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        async with site.store.reading() as unit:
            called = await desk_meeting(unit, found, session_id)
        return _sheet(found, called, PAPER, NOTHING, NOTHING)

    @post("/desk/sessions/{session_id:int}/papers/new", request_max_body_size=LARGE)
    async def attach(session_id: FromPath[int], request: AnyRequest) -> Response[Any]:
        """Attach a paper; one whose kind or readers were left out is not sent twice."""
        found, _ = await desk_visit(site, request, Act.FILL_AGENDA)
        said, file = await form_with_file(found)
        async with site.store.unit() as unit:
            called = await desk_meeting(unit, found, session_id)
            answers, wrong_file = await filled_with_file(found, unit, PAPER, said, file)
        if faults := {**_faults(found, PAPER, answers), **wrong_file}:
            return _sheet(found, called, PAPER, answers, faults)
        try:
            async with site.store.unit() as unit:
                if await is_new(unit, found, said):
                    await _attached(unit, found, session_id, answers)
        except Refused as refused:
            return _sheet(found, called, PAPER, answers, NOTHING, wrong=told(found, refused))
        return see_other(found, f"/desk/sessions/{session_id}?done=attached#papers")

    return [ask, attach]


async def _added(unit: Unit, found: Visit, session_id: int, answers: Mapping[str, str]) -> int:
    """Put an item on the agenda; the governor's is his by right (art. 39)."""
    words, language = answers["heading"], FALLBACK.get(found.language, found.language)
    is_public = answers["doors"] != CLOSED
    if answers["source"] != "governor":
        item = await listing.add(
            unit, session_id, words, language=language, is_public=is_public, actor=found.actor
        )
        return item.id
    item, _ = await hearing_governor.governor_adds(
        unit, session_id, words, language=language, actor=found.actor
    )
    if not is_public:
        await listing.close_doors(unit, session_id, item.number, is_public=False, actor=found.actor)
    return item.id


async def _attached(unit: Unit, found: Visit, session_id: int, answers: Mapping[str, str]) -> None:
    file = Kept.read(answers["file"])
    await attaching.attach(
        unit,
        session_id,
        await unit.documents.content(file.sha256),
        name=file.name,
        media_type=file.media_type,
        kind=DocumentKind(answers["kind"]),
        visibility=Visibility(answers["readers"]),
        language=FALLBACK.get(found.language, found.language),
        item_id=number(found.request.query_params.get("item", "")) or None,
        actor=found.actor,
    )


def _faults(found: Visit, asks: Form, answers: Mapping[str, str]) -> dict[str, str]:
    day = today(found.site.clock, found.commune)
    return forms.faults(asks, answers, found.language, today=day)


def _sheet(
    found: Visit,
    called: Meeting,
    asks: Form,
    answers: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    wrong: str = "",
) -> Page:
    session_id = called.session.id
    lines, query = [called.name(found.language)], ""
    if item_id := number(found.request.query_params.get("item", "")):
        item = next((one for one in called.items if one.id == item_id), None)
        if item is None:
            raise Mistaken(HTTPStatus.NOT_FOUND)
        line = phrasebook().say("agenda.line", found.language, number=item.number, title=item.title)
        lines, query = [*lines, line], f"?item={item_id}"
    return sheet_page(
        found,
        asks,
        answers,
        faults,
        action=f"/desk/sessions/{session_id}/{ADDED[asks.name]}/new{query}",
        back=f"/desk/sessions/{session_id}",
        submit=SUBMIT[asks.name],
        lines=lines,
        wrong=wrong,
    )


SUBMIT = {POINT.name: "prepare.add", PAPER.name: "prepare.add_paper"}
ADDED = {POINT.name: "items", PAPER.name: "papers"}
