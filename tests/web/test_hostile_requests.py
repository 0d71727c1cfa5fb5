"""What strangers try: forms of other sites, hosts that are not ours, requests that never end."""

import re
from dataclasses import replace

import pytest
from litestar.handlers import HTTPRouteHandler

from tests.town import Town
from tests.web.busy_town import OMAR, Busy
from tests.web.people import A_BROWSER, browser_in, site_of
from web.app import people_s_pages

REFUSED = {400, 403, 404}
FIELD = re.compile(r"\{(\w+):(\w+)\}")
ELSEWHERE = {**A_BROWSER, "Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
FOREIGN = {"Host": "evil.example"}


def posts(town: Town) -> list[str]:
    """Return an address for every form there is."""
    handlers: list[HTTPRouteHandler] = people_s_pages(site_of(town))
    paths = {path for one in handlers if "POST" in one.http_methods for path in one.paths}
    return sorted(FIELD.sub(_filled, path) for path in paths)


def _filled(field: re.Match[str]) -> str:
    return "1" if field[2] == "int" else "one"


async def test_no_form_is_taken_that_a_page_of_ours_did_not_show(busy: Busy) -> None:
    """One that another site's page sends comes with the cookies, and without the seal."""
    taken = []
    async with browser_in(busy.town) as browser:
        await browser.signs_in(OMAR)
        browser.client.follow_redirects = False
        for path in posts(busy.town):
            sent = await browser.client.post(path, data={"act": "x"}, headers=ELSEWHERE)
            taken += [] if sent.status_code in REFUSED else [path]
    assert taken == ["/continue"]  # it keeps nothing without a seal, and leads to /prove


@pytest.mark.parametrize(
    ("many", "is_kept"), [(10, True), (1_001, False), (2_000_000, False)], ids=str
)
async def test_a_stranger_s_form_without_end_is_not_taken_apart(
    town: Town, many: int, *, is_kept: bool
) -> None:
    async with browser_in(town) as browser:
        await browser.opens("/sign-in")
        browser.client.follow_redirects = False
        kept = await browser.client.post(
            "/continue?to=/addresses/new",
            content=f"seal={browser.seal}" + "&a=" * many,
            headers={**A_BROWSER, "Content-Type": "application/x-www-form-urlencoded"},
        )
    assert kept.status_code == 303
    assert ("continue" in kept.headers["Location"]) is is_kept


async def test_no_link_leads_to_a_host_that_a_request_names(town: Town) -> None:
    async with browser_in(town) as browser:
        for path in ("/oparl/v1.1/", "/api/v1/"):
            told = await browser.opens(path, **FOREIGN)
            assert "evil.example" not in told.text
            assert "http://testserver.local/" in told.text


async def test_what_is_everybody_s_alone_is_packed(town: Town) -> None:
    """A page that holds a secret is not: how well it packs would tell of the secret (BREACH)."""
    async with browser_in(town) as browser:
        await browser.opens("/sign-in")
        style = re.findall(r'href="(/static/style[^"]+)"', browser.html)[0]
        packed = [
            path
            for path in (style, "/api/v1/", "/api/v1/openapi.json", "/sign-in", "/sessions")
            if (await browser.opens(path)).headers.get("Content-Encoding") == "gzip"
        ]
    assert packed == [style, "/api/v1/", "/api/v1/openapi.json"]


async def test_where_the_settings_name_the_site_every_link_leads_there(town: Town) -> None:
    site = replace(site_of(town), public_url="https://council.example")
    async with browser_in(town, site) as browser:
        assert "https://council.example/oparl/v1.1" in (await browser.opens("/oparl/v1.1/")).text
