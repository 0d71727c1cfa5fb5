"""People taken from a file at the desk: every change is shown before any of them is made."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from actions.people.importing_people import PeopleImported, import_people
from domain.errors import Refused
from domain.register import Place
from domain.rights import Act, require
from web.desk.refusals import AGAIN, mark, refuse_stale, told
from web.desk.visiting import desk_visit
from web.forms import LARGE, form, form_with_table
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

MOST_BYTES = 2_000_000  # of a table on a page: some ten thousand people; the rest is for a command
MOST_SHOWN = 300  # people, of those a file adds and of those it changes
MEGABYTE = 1_000_000


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/desk/people/import")
    async def ask(request: AnyRequest) -> Page:
        found = await _importing(site, request)
        done = request.query_params
        return page(
            found,
            "desk/import.html",
            done="done" in done,
            added=number(done.get("added", "")),
            changed=number(done.get("changed", "")),
            wrong="",
        )

    @post("/desk/people/import", request_max_body_size=LARGE)
    async def preview(request: AnyRequest) -> Page:
        """Show what a file would change, and change nothing."""
        found = await _importing(site, request)
        _, content = await form_with_table(found)
        return await _previewed(found, content)

    @post("/desk/people/import/confirm", request_max_body_size=LARGE)
    async def confirm(request: AnyRequest) -> Response[Any]:
        """Make the changes that were shown; if they would be others by now, show those first."""
        found = await _importing(site, request)
        said = await form(found)
        try:
            content = b64decode(said.get("table", ""), validate=True)
        except (NotBase64, ValueError):
            content = b""
        try:
            async with site.store.unit() as unit:
                done = await import_people(
                    unit,
                    content,
                    actor=found.actor,
                    language=found.language,
                    agreed=lambda planned: refuse_stale(said.get("mark", ""), _mark(planned)),
                )
        except Refused as refused:
            return await _previewed(found, content, wrong=told(found, refused))
        counts = f"added={done.added}&changed={done.changed}"
        return see_other(found, f"/desk/people/import?done=yes&{counts}")

    return [ask, preview, confirm]


async def _importing(site: Site, request: AnyRequest) -> Visit:
    """Return who visits, if they may import; a proof that is old is asked for before any file."""
    found, _ = await desk_visit(site, request)
    require(found.actor, Act.IMPORT_PEOPLE)
    return found


async def _previewed(found: Visit, content: bytes, *, wrong: str = "") -> Page:
    try:
        _refuse_size(content)
        async with found.site.store.reading() as unit:
            planned = await import_people(
                unit, content, actor=found.actor, language=found.language, is_dry_run=True
            )
            bodies = {one.key: one for one in await unit.bodies.all()}
    except Refused as refused:
        return page(
            found,
            "desk/import.html",
            status=AGAIN,
            done=False,
            wrong=told(found, refused),
        )
    return page(
        found,
        "desk/import_preview.html",
        status=AGAIN if planned.bad or wrong else HTTPStatus.OK,
        planned=planned,
        bodies=bodies,
        most=MOST_SHOWN,
        table=b64encode(content).decode(),
        mark=_mark(planned),
        wrong=wrong,
    )


def _refuse_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise Refused("form.file_too_big", count=MOST_BYTES // MEGABYTE)
    if not content:
        raise Refused("form.file_empty")


def _mark(planned: PeopleImported) -> str:
    """Return a name for what a file would change, whenever it is asked."""
    added = [(one.name, one.language, one.seats, _places(one.places)) for one in planned.newcomers]
    changed = [
        (before, one.name, one.language, one.gained, one.lost, _places(one.places))
        for before, one in planned.changes
    ]
    return mark(added, changed)


def _places(places: Sequence[Place]) -> list[tuple[str, str, bool]]:
    return [(one.channel, one.value, one.is_declared) for one in places]
