"""The page that says why a letter came: every way that was considered, and its reason."""

from http import HTTPStatus

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from actions.notices import explaining
from actions.notices.explaining import Explanation
from domain.clock import wall_time
from domain.deliveries import REACHED
from web.mistakes import Mistaken
from web.rendering import Page, page
from web.site import Site
from web.visiting import AnyRequest, known_visit


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/inbox/{letter_id:int}/why")
    async def why(letter_id: FromPath[int], request: AnyRequest) -> Page:
        found, person, _ = await known_visit(site, request)
        explanation: Explanation | None = None
        async with site.store.reading() as unit:
            try:
                notice_id = await unit.letters.notice_of(letter_id, person_id=person.id)
            except LookupError as error:
                raise Mistaken(HTTPStatus.NOT_FOUND) from error
            if notice_id:
                explanation = await explaining.why(
                    unit, person.id, notice_id, spoken=found.language
                )
        return page(
            found,
            "personal/why.html",
            letter_id=letter_id,
            explanation=explanation,
            reached=REACHED,
            local=lambda instant: wall_time(instant, found.zone),
        )

    return [why]
