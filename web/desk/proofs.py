"""The proof of a convocation: as a page, for spreadsheets, and on paper in each language."""

import asyncio
from http import HTTPStatus
from urllib.parse import urlencode

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.sessions import proving
from actions.sessions.proving import Proof
from domain import local_time, printing
from domain.clock import wall_time
from domain.desks import may_somewhere
from domain.messages import RIGHT_TO_LEFT
from domain.phrasebook import LANGUAGES, phrasebook
from domain.proof import Line
from domain.rights import Act, may, require
from domain.spreadsheets import csv_text, delimiter_in
from web.desk.visiting import desk_visit
from web.mistakes import Mistaken
from web.papers import AS_A_FILE
from web.rendering import Page, page, written
from web.site import Site
from web.visiting import AnyRequest, Visit, number

CSV = "text/csv"  # the charset is added to what is text
BOM = "\ufeff"  # by which spreadsheet programs know that it is UTF-8
WHOLE = "whole"
ON_A_PAGE = 50  # lines; the table and the paper have them all
MOMENTS = ("queued", "sent", "delivered", "opened", "confirmed")
HEADER = ("member", "channel", "address", "state", "why", "code", *MOMENTS)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_page(site), _csv(site), _pdf(site)]


def _page(site: Site) -> HTTPRouteHandler:
    @get("/desk/proofs/{session_id:int}")
    async def proof(session_id: FromPath[int], request: AnyRequest) -> Page:
        found, person = await desk_visit(site, request, Act.READ_PROOF)
        proved = await _proved(site, found, session_id, found.language)
        prepares = may_somewhere(person, Act.FILL_AGENDA)
        offset = number(request.query_params.get("offset", ""))
        rows = list(proved.rows())
        asked = {"addresses": WHOLE} if _is_whole(found) else {}
        here = f"/desk/proofs/{session_id}?{urlencode({**asked, 'offset': ''})}"
        return page(
            found,
            "desk/proof.html",
            proof=proved,
            rows=rows[offset : offset + ON_A_PAGE],
            newer=f"{here}{max(0, offset - ON_A_PAGE)}" if offset else None,
            older=f"{here}{offset + ON_A_PAGE}" if len(rows) > offset + ON_A_PAGE else None,
            back=f"{'/desk' if prepares else ''}/sessions/{session_id}",
            languages=LANGUAGES,
            right_to_left=RIGHT_TO_LEFT,
            is_whole=_is_whole(found),
            may_read=may(found.actor, Act.READ_ADDRESSES),
            can_print=printing.can_print(),
            at=lambda instant: wall_time(instant, found.zone),
            asked=f"?{urlencode(asked)}",
        )

    return proof


def _csv(site: Site) -> HTTPRouteHandler:
    @get("/desk/proofs/{session_id:int}/csv")
    async def table(session_id: FromPath[int], request: AnyRequest) -> Response[str]:
        found, _ = await desk_visit(site, request, Act.READ_PROOF)
        proved = await _proved(site, found, session_id, found.language)
        text = BOM + _sheet(found, proved)
        return Response(text, media_type=CSV, headers=_named(session_id, "csv"))

    return table


def _pdf(site: Site) -> HTTPRouteHandler:
    @get("/desk/proofs/{session_id:int}/pdf")
    async def paper(session_id: FromPath[int], request: AnyRequest) -> Response[bytes]:
        """Print it in the language that is asked for: Arabic from right to left."""
        found, _ = await desk_visit(site, request, Act.READ_PROOF)
        language = request.query_params.get("lang", "")
        if language not in LANGUAGES or not printing.can_print():
            raise Mistaken(HTTPStatus.NOT_FOUND)
        proved = await _proved(site, found, session_id, language)
        html = written(
            "desk/proof_printed.html",
            language,
            commune=found.commune,
            visit=found,
            proof=proved,
            rows=list(proved.rows()),
            right_to_left=RIGHT_TO_LEFT,
            made_at=wall_time(site.clock.now(), found.zone),
            at=lambda instant: wall_time(instant, found.zone),
        )
        content = await asyncio.to_thread(printing.printed, html)
        return Response(
            content,
            media_type="application/pdf",
            headers=_named(session_id, f"{language}.pdf"),
        )

    return paper


async def _proved(site: Site, found: Visit, session_id: int, language: str) -> Proof:
    """Return the proof; its addresses can be read only where that is asked for, and theirs."""
    async with site.store.reading() as unit:
        if _is_whole(found):
            require(found.actor, Act.READ_ADDRESSES)
        proved = await proving.proof(unit, session_id, actor=found.actor, language=language)
    return proved if _is_whole(found) else proved.masked


def _sheet(found: Visit, proved: Proof) -> str:
    """Return the table in words, as spreadsheets of the reader's language open it."""
    say, language = phrasebook().say, found.language

    def row(name: str, line: Line | None) -> list[str]:
        if line is None:
            return [name]
        days = (getattr(line, f"{one}_at") for one in MOMENTS)
        return [
            name,
            say(f"delivery.channel_{line.channel}", language),
            line.address,
            say(f"delivery.state_{line.state}", language),
            say(f"reason.{line.reason}", language),
            line.code or "",
            *(local_time.stamp(wall_time(day, found.zone)) if day else "" for day in days),
        ]

    header = [say(f"desk_deliveries.{one}", language) for one in HEADER]
    rows = (row(name, line) for _, name, line in proved.rows())
    return csv_text(header, rows, delimiter=delimiter_in(language))


def _is_whole(found: Visit) -> bool:
    return bool(found.request.query_params.get("addresses") == WHOLE)


def _named(session_id: int, ending: str) -> dict[str, str]:
    name = f"proof-{session_id}.{ending}"
    return {**AS_A_FILE, "Content-Disposition": f'attachment; filename="{name}"'}
