"""What the town hall says: its texts that are out, the newest first, and one of them whole."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.approvals import ApprovalState
from domain.clock import wall_time
from domain.publications import TOLD, Bulletin, PublicationKind, numbered
from domain.topics import of_body
from web.mistakes import Mistaken
from web.public.looking import Look, looking, ways_on
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, number

ON_A_PAGE = 20
KINDS = tuple(kind for kind in PublicationKind if kind in TOLD)


def pages(site: Site) -> list[HTTPRouteHandler]:
    return [_list(site), _text(site)]


def _list(site: Site) -> HTTPRouteHandler:
    @get("/news")
    async def news(request: AnyRequest) -> Page:
        async with looking(site, request) as look:
            asked = request.query_params
            kind = next((one for one in KINDS if one == asked.get("kind")), None)
            offset = number(asked.get("offset", ""))
            found = await look.unit.bulletins.latest(kind, most=ON_A_PAGE + 1, offset=offset)
            return page(
                look.visit,
                "public/news.html",
                bulletins=dated(look, found[:ON_A_PAGE]),
                kinds=KINDS,
                kind=kind,
                **ways_on(offset, found, ON_A_PAGE),
            )

    return news


def _text(site: Site) -> HTTPRouteHandler:
    @get("/news/{ref:str}")
    async def text(ref: FromPath[str], request: AnyRequest) -> Page:
        """Show a text in the reader's language, or say in which other it is shown."""
        async with looking(site, request) as look:
            known = numbered(ref)
            bulletin = await look.unit.bulletins.one(known) if known else None
            if bulletin is None:
                raise Mistaken(await _why_not(look, known))
            written, said = bulletin.text(look.visit.language)
            return page(
                look.visit,
                "public/news_text.html",
                bulletin=bulletin,
                written=written,
                text=said,
                on=day_of(look, bulletin),
                body=look.bodies[bulletin.body_key],
                followed=await look.follows(of_body(bulletin.body_key)),
                address=f"{look.visit.origin}/news/{bulletin.ref}",
            )

    return text


async def _why_not(look: Look, known: int | None) -> HTTPStatus:
    """Say of what was out, and was taken back, that it is gone; nothing else was ever here."""
    kept = await look.unit.publications.by_id(known) if known else None
    is_gone = kept is not None and kept.is_for_all and kept.state is ApprovalState.WITHDRAWN
    return HTTPStatus.GONE if is_gone else HTTPStatus.NOT_FOUND


def dated(look: Look, bulletins: Sequence[Bulletin]) -> list[tuple[Bulletin, date]]:
    return [(bulletin, day_of(look, bulletin)) for bulletin in bulletins]


def day_of(look: Look, bulletin: Bulletin) -> date:
    """Return the day a text went out on, at the commune's."""
    return wall_time(bulletin.at, look.visit.zone).date()
