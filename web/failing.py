"""What is answered when a page cannot be: a page as well, where a person is reading."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from litestar import HttpMethod, Request, Response
from litestar.exceptions import HTTPException
from litestar.exceptions.responses import create_exception_response
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from domain.errors import Refused, Unavailable
from domain.rights import PROVE_FIRST
from web.mistakes import Mistaken, Stale
from web.rendering import answer, written
from web.site import Site
from web.visiting import AS_IT_CAME, SEE_OTHER, came_from, local, spoken

# Any other is told as 500.
TOLD = {400: 400, 403: 403, 404: 404, 405: 404, 410: 410, 413: 413, 429: 429, 503: 503}
SOON = "60"  # seconds
NOT_THEIRS = "access.not_allowed"


def failing(site: Site) -> ExceptionHandlersMap:
    """Return who answers for errors; a machine is told the status, and nothing of its cause."""

    def failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        is_read = "text/html" in request.headers.get("accept", "")
        if isinstance(error, Unavailable):
            error = HTTPException(status_code=503)
        if isinstance(error, Refused):
            return _refused(site, request, error)
        if not is_read:
            return create_exception_response(request, error)
        status = getattr(error, "status_code", 500)
        if status == HTTPStatus.UNAUTHORIZED or isinstance(error, Stale):
            return _first(request, "/sign-in")
        return _page(site, request, HTTPStatus(status), error)

    return {Exception: failed, HTTPException: failed}


def _refused(site: Site, request: Request[Any, Any, Any], refused: Refused) -> Response[Any]:
    """Say why not, in their language; where it must be surer who they are, lead to proving it."""
    if refused.key == PROVE_FIRST:
        return _first(request, "/prove")
    is_theirs = refused.key != NOT_THEIRS
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_theirs else HTTPStatus.FORBIDDEN
    html = written(
        "refused.html",
        spoken(site, request),
        commune=None,
        visit=None,
        refused=refused,
        back=_back(request),
    )
    return answer(html, status=status)


def _back(request: Request[Any, Any, Any]) -> str:
    """Return the page whose form was refused; of a page that is, the one above it."""
    came = came_from(request)
    return (came.rpartition("/")[0] or "/") if request.method == "GET" else came


def _first(request: Request[Any, Any, Any], way: str) -> Redirect:
    """Lead to where one shows who one is, and from there back to what was asked for.

    A form is sent on as it came to where it is kept meanwhile: nothing that was typed is lost.
    """
    if request.method == HttpMethod.POST:
        path = f"/continue?{urlencode({'to': local(request.url)})}"
        return Redirect(path, status_code=AS_IT_CAME)
    return Redirect(f"{way}?{urlencode({'then': came_from(request)})}", status_code=SEE_OTHER)


def _page(
    site: Site, request: Request[Any, Any, Any], status: HTTPStatus, error: Exception
) -> Response[str]:
    facts = error.facts if isinstance(error, Mistaken) else {}
    key = f"web.error_{TOLD.get(status, 500)}"
    html = written(
        "error.html",
        spoken(site, request),
        commune=None,
        visit=None,
        key=key,
        facts={"wait": site.tried.within, **facts}
        if status == HTTPStatus.TOO_MANY_REQUESTS
        else {},
    )
    told = answer(html, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        told.headers["Retry-After"] = SOON
    return told
