"""What holds for every page there is: the table names it, and it forbids what is not ours."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from http.cookies import SimpleCookie

import pytest

from tests.web.busy_town import ADDRESSES, Busy
from tests.web.every_page import DESK, MIDWAY, NO_PAGES, PAGES, Seen, Who
from tests.web.people import Browser, browser_in, site_of
from web.app import people_s_pages

FIELD = re.compile(r"\{[^}]*\}")
HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000",
}
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
INLINE = re.compile(r"\son\w+=|\sstyle=|<style|<script(?! src=)|javascript:", re.IGNORECASE)

Browsers = Mapping[Who, Browser]


@pytest.fixture(scope="module")
async def browsers(busy: Busy) -> AsyncIterator[Browsers]:
    """Return a browser for each who looks, on a site reached by HTTPS."""
    async with AsyncExitStack() as stack:
        site = site_of(busy.town, is_secure=True, push_key="BKey")
        opened = {who: await stack.enter_async_context(browser_in(busy.town, site)) for who in Who}
        for who, address in ADDRESSES.items():
            await opened[who].signs_in(address)
        yield opened


def test_the_table_names_every_page(busy: Busy) -> None:
    shown = {FIELD.sub("{}", seen.path.partition("?")[0]) for seen in PAGES}
    routes = {
        path
        for page in people_s_pages(site_of(busy.town))
        if "GET" in page.http_methods
        for path in page.paths
    }
    unnamed = sorted(path for path in routes - NO_PAGES - MIDWAY if not _is_among(path, shown))
    assert unnamed == [], "add them to tests/web/every_page.py"
    assert routes >= NO_PAGES | MIDWAY, "what is no route any more need not be named"


def _is_among(route: str, shown: set[str]) -> bool:
    pattern = re.compile(FIELD.sub("[^/]+", route))
    return any(pattern.fullmatch(path) for path in shown)


@pytest.mark.parametrize("seen", PAGES, ids=lambda seen: seen.path)
async def test_a_page_lets_nothing_in_that_is_not_ours(
    seen: Seen, busy: Busy, browsers: Browsers
) -> None:
    browser = browsers[seen.who]
    answer = await browser.opens(busy.path(seen))
    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"].split("; ")
    assert set(POLICY) <= set(policy)
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert not INLINE.findall(answer.text)
    for kept in answer.headers.get_list("set-cookie"):
        (cookie,) = SimpleCookie(kept).values()
        assert cookie.key.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"].lower() == "lax"


@pytest.mark.parametrize("seen", [one for one in PAGES if one.who is not Who.ANYBODY], ids=str)
async def test_nobody_sees_what_is_somebody_s_without_signing_in(
    seen: Seen, busy: Busy, browsers: Browsers
) -> None:
    led = await browsers[Who.ANYBODY].opens(busy.path(seen))
    assert led.url.path == "/sign-in"


@pytest.mark.parametrize("seen", DESK, ids=str)
async def test_the_desk_is_not_a_member_s(seen: Seen, busy: Busy, browsers: Browsers) -> None:
    refused = await browsers[Who.READER].opens(busy.path(seen))
    assert refused.status_code in {403, 404}
