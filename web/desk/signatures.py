"""Signatures at the desk: looked over, entered from paper, struck out with a reason."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.moving_petitions import called
from actions.petitions import signing
from actions.petitions.signing import Struck
from domain.clock import instant, wall_time
from domain.errors import Refused
from domain.petitions import Origin
from domain.petitions.sheets import COLUMNS, SheetLine, lines_of
from domain.rights import Act
from web.desk.petitions import known
from web.desk.refusals import AGAIN, told
from web.desk.visiting import desk_visit
from web.forms import SMALL, form, is_new
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, Visit, number, see_other

ON_A_PAGE = 50
Said = Mapping[str, str]


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), _enter(site), _strike(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/desk/petitions/{ref:str}/signatures")
    async def listed(ref: FromPath[str], request: AnyRequest) -> Page:
        found, _ = await desk_visit(site, request, Act.REVIEW_PETITIONS)
        return await _shown(found, ref)

    return listed


def _enter(site: Site) -> HTTPRouteHandler:
    @post("/desk/petitions/{ref:str}/sheets", request_max_body_size=SMALL)
    async def enter(ref: FromPath[str], request: AnyRequest) -> Response[Any]:
        """Enter a sheet of paper, typed or pasted line by line: all of its lines, or none."""
        found, _ = await desk_visit(site, request, Act.REVIEW_PETITIONS)
        said = await form(found)
        try:
            lines, sheet = _sheet(said)
            async with site.store.unit() as unit:
                if not await is_new(unit, found, said):
                    return see_other(found, f"/desk/petitions/{ref}/signatures")
                petition = await called(unit, ref)
                came = await signing.enter(unit, found.actor, petition.id, sheet, lines)
        except Refused as refused:
            return await _shown(found, ref, wrong=told(found, refused), typed=said)
        counted = "&".join(f"{state}={count}" for state, count in came.items() if count)
        return see_other(found, f"/desk/petitions/{ref}/signatures?done=entered&{counted}")

    return enter


def _strike(site: Site) -> HTTPRouteHandler:
    @post("/desk/petitions/{ref:str}/strike", request_max_body_size=SMALL)
    async def strike(ref: FromPath[str], request: AnyRequest) -> Response[Any]:
        """Say how many would be struck out; with the count confirmed, strike them out."""
        found, _ = await desk_visit(site, request, Act.REVIEW_PETITIONS)
        said = await form(found)
        try:
            struck = _struck(found, said)
            async with site.store.unit() as unit:
                petition = await called(unit, ref)
                ids = await signing.found(unit, found.actor, petition.id, struck)
                is_meant = said.get("count") == str(len(ids)) and bool(ids)
                if is_meant:
                    why = said.get("reason", "")
                    await signing.strike(unit, found.actor, petition.id, struck, reason=why)
        except Refused as refused:
            return await _shown(found, ref, wrong=told(found, refused), typed=said)
        if is_meant:
            done = f"done=struck&count={len(ids)}"
            return see_other(found, f"/desk/petitions/{ref}/signatures?{done}")
        return await _shown(found, ref, typed=said, fitting=len(ids))

    return strike


def _sheet(said: Said) -> tuple[list[SheetLine], str]:
    """Read the lines and what the sheet is called; raises Refused where either is missing."""
    lines, sheet = lines_of(_table(said.get("lines", ""))), said.get("sheet", "").strip()
    if not (lines and sheet):
        raise Refused("form.needed")
    return lines, sheet[:32]


def _table(typed: str) -> bytes:
    """Return typed lines as a table; whoever names no columns means the usual ones, in order."""
    first = typed.strip().partition("\n")[0].casefold()
    separator = next((one for one in ";\t" if one in first), ",")
    has_names = "name" in first.split(separator)
    head = "" if has_names else separator.join(COLUMNS) + "\n"
    return f"{head}{typed.strip()}\n".encode()


def _struck(found: Visit, said: Said) -> Struck:
    """Read which signatures are meant; raises Refused for an hour that is none."""
    try:
        since, until = (
            instant(datetime.fromisoformat(said[name]), found.zone) if said.get(name) else None
            for name in ("since", "until")
        )
    except ValueError as error:
        raise Refused("form.no_moment") from error
    origin = said.get("origin", "")
    return Struck(
        since=since,
        until=until,
        name=said.get("name", "").strip(),
        sheet=said.get("of_sheet", "").strip(),
        origin=Origin(origin) if origin in set(Origin) else None,
    )


async def _shown(
    found: Visit,
    ref: str,
    *,
    wrong: str = "",
    typed: Said | None = None,
    fitting: int | None = None,
) -> Page:
    asked = found.request.query_params
    offset = number(asked.get("offset", ""))
    async with found.site.store.unit() as unit:
        petition = await known(unit, ref)
        entries = await signing.check_over(
            unit, found.actor, petition.id, most=ON_A_PAGE + 1, offset=offset
        )
        count = await unit.signatures.count(petition.id)
    return page(
        found,
        "desk/signatures.html",
        status=AGAIN if wrong else HTTPStatus.OK,
        petition=petition,
        entries=[(one, wall_time(one.at, found.zone), near) for one, near in entries[:ON_A_PAGE]],
        count=count,
        origins=tuple(Origin),
        newer=max(0, offset - ON_A_PAGE) if offset else None,
        older=offset + ON_A_PAGE if len(entries) > ON_A_PAGE else None,
        done=asked.get("done", ""),
        came={name: number(asked.get(name, "")) for name in ("valid", "duplicate", "count")},
        fitting=fitting,
        wrong=wrong,
        typed=typed or {},
    )
