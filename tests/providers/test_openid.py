"""Staff signing in by a real OpenID provider on the wire; and all who are not let in by it."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from domain.bodies import Role
from domain.clock import HandClock
from domain.openid import Relying
from tests.databases import SqliteFolder
from tests.emulators.openid import openid_provider, vouched
from tests.town import Town, town_at
from tests.web.people import Browser, browser_in, site_of, with_email
from web.openid import OpenId

SAMIRA = "samira@casablanca.example"
HAMID = "hamid@casablanca.example"
PEOPLE = (
    {"sub": "samira", "email": SAMIRA, "email_verified": True},
    {"sub": "unsure", "email": SAMIRA, "email_verified": False},
    {"sub": "hamid", "email": HAMID, "email_verified": True},
    {"sub": "stranger", "email": "nobody@casablanca.example", "email_verified": True},
)


@pytest.fixture(scope="module")
async def issuer() -> AsyncIterator[str]:
    async with openid_provider(*PEOPLE) as issuer:
        yield issuer


@pytest.fixture(scope="module")
async def town(sqlite_folder: SqliteFolder) -> AsyncIterator[Town]:
    """A town at the real hour, with one of the staff and one resident."""
    now = datetime.fromtimestamp(time.time(), UTC)
    with sqlite_folder.database() as url:
        async with town_at(url, HandClock(now)) as town:
            samira = await town.resident("Samira", seats=["council"], role=Role.CLERK)
            hamid = await town.resident("Hamid")
            await with_email(town, samira.person_id, SAMIRA)
            await with_email(town, hamid.person_id, HAMID)
            yield town


@asynccontextmanager
async def _browser(town: Town, issuer: str, **other: Any) -> AsyncIterator[Browser]:
    relying = replace(Relying(issuer, "beffroi", "secret", "Casablanca"), **other)
    async with browser_in(town, replace(site_of(town), openid=OpenId(relying))) as browser:
        yield browser


async def _led(browser: Browser, then: str = "/account") -> str:
    """Return where the sign-in page leads."""
    browser.client.follow_redirects = False
    led = await browser.opens(f"/sign-in/openid?then={then}")
    browser.client.follow_redirects = True
    return str(led.headers["location"])


async def _back(browser: Browser, subject: str) -> httpx.Response:
    answer = urlsplit(await vouched(await _led(browser), subject))
    return await browser.opens(f"{answer.path}?{answer.query}")


async def test_staff_sign_in_with_their_own_account_and_are_sure(town: Town, issuer: str) -> None:
    async with _browser(town, issuer) as browser:
        assert "Se connecter avec Casablanca" in (await browser.opens("/sign-in")).text
        back = await _back(browser, "samira")
        assert (back.url.path, back.status_code) == ("/account", 200)
        assert "/addresses/new" in (await browser.opens("/addresses")).text


async def test_nobody_but_staff_with_a_verified_address_is_let_in_or_made(
    town: Town, issuer: str
) -> None:
    async with town.store.reading() as unit:
        before = len(await unit.register.everybody(on=town.clock.now().date()))
    async with _browser(town, issuer) as browser:
        for subject in ("unsure", "hamid", "stranger"):
            assert (await _back(browser, subject)).status_code == 422
            assert "aucun agent connu" in browser.html
            assert (await browser.opens("/inbox")).url.path == "/sign-in"
    async with town.store.reading() as unit:
        assert len(await unit.register.everybody(on=town.clock.now().date())) == before


async def test_only_the_domains_of_the_town_hall_are_believed(town: Town, issuer: str) -> None:
    async with _browser(town, issuer, domains=frozenset({"rabat.example"})) as browser:
        assert (await _back(browser, "samira")).status_code == 422


async def test_an_answer_is_good_once_in_the_browser_that_asked(town: Town, issuer: str) -> None:
    async with _browser(town, issuer) as browser, _browser(town, issuer) as thief:
        answer = urlsplit(await vouched(await _led(browser), "samira"))
        path = f"{answer.path}?{answer.query}"
        await _led(thief)
        assert (await thief.opens(path)).status_code == 403
        state = parse_qs(answer.query)["state"][0]
        assert (await browser.opens(path.replace(state, "x" * len(state)))).status_code == 403
        assert (await browser.opens(path)).url.path == "/account"
        assert (await browser.opens(path)).status_code == 403


async def test_a_stolen_code_is_worth_nothing_without_its_verifier(town: Town, issuer: str) -> None:
    async with _browser(town, issuer) as browser, _browser(town, issuer) as thief:
        answer = parse_qs(urlsplit(await vouched(await _led(browser), "samira")).query)
        own = parse_qs(urlsplit(await _led(thief)).query)["state"][0]
        path = f"/sign-in/openid/back?code={answer['code'][0]}&state={own}"
        assert (await thief.opens(path)).status_code == 422


async def test_an_asking_carries_pkce_a_nonce_and_our_own_way_back(town: Town, issuer: str) -> None:
    async with _browser(town, issuer) as browser:
        asked = parse_qs(urlsplit(await _led(browser, "https://evil.example/")).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["redirect_uri"] == ["http://testserver.local/sign-in/openid/back"]
        assert {"state", "nonce", "code_challenge"} <= asked.keys()


@pytest.mark.parametrize("path", ["", "/elsewhere"])
async def test_a_provider_that_is_away_or_another_is_said(
    town: Town, issuer: str, path: str
) -> None:
    away = f"{issuer}{path}" if path else "http://127.0.0.1:9"
    async with _browser(town, away) as browser:
        assert (await browser.opens("/sign-in/openid")).status_code == 422
        assert "ne répond pas" in browser.html
