"""The page of one's own data: received whole, or forgotten save what the law keeps."""

import json
import zipfile
from http import HTTPStatus
from io import BytesIO

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from actions.people import owning
from actions.people.owning import OwnData
from domain.errors import Refused
from domain.people import Person
from web.forms import SMALL, form
from web.mistakes import beside
from web.personal.account import left
from web.rendering import Page, page, written
from web.site import Site
from web.visiting import AnyRequest, Visit, known_visit, visit

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
NAME = "beffroi-{}.zip"


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [*_receiving(site), *_erasing(site)]


def _receiving(site: Site) -> list[HTTPRouteHandler]:
    @get("/my-data")
    async def own(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        return _shown(found, person)

    @post("/my-data/export", request_max_body_size=SMALL, status_code=HTTPStatus.OK)
    async def export(request: AnyRequest) -> Response[bytes]:
        """Hand everything over: for machines as JSON, and for reading as a page."""
        found, _, _ = await known_visit(site, request)
        await form(found)
        async with site.store.unit() as unit:
            given = await owning.export(unit, found.actor)
        day = given.gathered_at[:10]
        return Response(
            _packed(found, given),
            media_type="application/zip",
            headers={
                "Content-Disposition": f'attachment; filename="{NAME.format(day)}"',
                "Cache-Control": "no-store",
            },
        )

    return [own, export]


def _erasing(site: Site) -> list[HTTPRouteHandler]:
    @get("/my-data/erase")
    async def ask(request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        return page(found, "personal/erase.html", person=person, wrong=None)

    @post("/my-data/erase", request_max_body_size=SMALL)
    async def erase(request: AnyRequest) -> Page | Redirect:
        """Forget whoever says twice that they want it, and sign them out everywhere."""
        found, person, _ = await known_visit(site, request)
        said = await form(found)
        try:
            async with site.store.unit() as unit:
                await owning.erase(unit, found.actor, is_sure=said.get("sure") == "yes")
        except Refused as refused:
            wrong = beside(refused)
            return page(found, "personal/erase.html", person=person, wrong=wrong, status=WRONG)
        return left(found, "/erased")

    @get("/erased")
    async def erased(request: AnyRequest) -> Page:
        return page(await visit(site, request), "personal/erased.html")

    return [ask, erase, erased]


def _shown(found: Visit, person: Person) -> Page:
    return page(found, "personal/own_data.html", person=person)


def _packed(found: Visit, given: OwnData) -> bytes:
    plain = {"gathered_at": given.gathered_at, "records": given.records}
    html = written(
        "personal/own_data_file.html",
        found.language,
        commune=found.commune,
        visit=None,
        given=given,
    )
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(plain, ensure_ascii=False, indent=1, default=str))
        archive.writestr("data.html", html)
    return packed.getvalue()
