"""The papers of sessions and items, handed over to those who may read them."""

from http import HTTPStatus

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from domain.messages import Attachment
from web.conditional import is_known, not_modified
from web.mistakes import Mistaken
from web.papers import handed_over
from web.public.looking import looking
from web.site import Site
from web.visiting import AnyRequest


def pages(site: Site) -> list[HTTPRouteHandler]:
    @get("/papers/{document_id:int}")
    async def paper(document_id: FromPath[int], request: AnyRequest) -> Response[bytes]:
        """Hand a paper over; a browser that has these bytes already is told so."""
        async with looking(site, request) as look:
            found = await look.unit.documents.by_id(document_id)
            if found is None:
                raise Mistaken(HTTPStatus.NOT_FOUND)
            meeting = await look.meeting(found.session_id)
            viewer = look.viewer
            if not viewer.sees_document(meeting.session, meeting.body, found, meeting.items):
                raise Mistaken(HTTPStatus.NOT_FOUND)
            if is_known(request, found.sha256):
                return not_modified(found.sha256)
            content = await look.unit.documents.content(found.sha256)
        file = Attachment(found.name, found.media_type, found.sha256, found.size)
        answer = handed_over(file, content)
        answer.headers.update({"ETag": f'"{found.sha256}"', "Cache-Control": "private, no-cache"})
        return answer

    return [paper]
