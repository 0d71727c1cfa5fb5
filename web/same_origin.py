"""Requests of scripts: those of a page of ours, and of no other site."""

from http import HTTPStatus
from urllib.parse import urlsplit

from web.forms import OURS
from web.mistakes import Mistaken
from web.visiting import AnyRequest


def require_same_origin(request: AnyRequest) -> None:
    """Raise Mistaken when a browser says that another site's page asks.

    `Sec-Fetch-Site` cannot be set by a page; `Origin` is there where an older browser lacks it.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    is_ours = site in OURS if site else not origin or _host(origin) == request.headers.get("host")
    if not is_ours:
        raise Mistaken(HTTPStatus.FORBIDDEN)


def _host(origin: str) -> str:
    return urlsplit(origin).netloc
