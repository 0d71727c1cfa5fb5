"""Coming in: a browser that has just been shown to be somebody's."""

from litestar.response import Redirect

from actions.people.signing_in import secret
from web.site import Site
from web.visiting import SEE_OTHER, YEAR, AnyRequest, cookie, session_cookie


def signed_in(site: Site, token: str, then: str) -> Redirect:
    """Lead on with new secrets: one that somebody planted before is worth nothing."""
    fresh = [session_cookie(site, token), cookie(site, "browser", secret(), YEAR)]
    return Redirect(then, status_code=SEE_OTHER, cookies=fresh)


def device(request: AnyRequest) -> str:
    """Return what a browser calls itself."""
    return request.headers.get("user-agent", "")
