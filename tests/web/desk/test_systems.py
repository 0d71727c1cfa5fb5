"""Other systems at the desk: let in by a token, told by a webhook, and shut out again."""

import re
from datetime import timedelta

from litestar.testing import AsyncTestClient

from domain.bodies import Role
from domain.tokens import TokenKind
from tests.town import Town
from tests.web.desk.conftest import At
from tests.web.people import Browser
from web.watching import Watched

HERE = "/desk/systems"
SECRET = re.compile(r">(bft_[\w-]+)</pre>")
KEY = re.compile(r"<pre [^>]*>([\w-]{43})</pre>")
SITE = {"name": "web-site", "kind": "live", "days": "90", "scope:council:read": "yes"}
CALENDAR = {"name": "calendar", "url": "https://calendar.example/in", "body:council": "yes"}


async def makes(browser: Browser, what: str, **said: str) -> int:
    await browser.opens(f"{HERE}/{what}/new")
    answer = await browser.sends(f"{HERE}/{what}/new", nonce=browser.nonce, **said)
    return answer.status_code


async def opened_by(client: AsyncTestClient[Watched], secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return (await client.get("/api/v1/bodies", headers=headers)).status_code


async def test_a_token_made_at_the_desk_opens_the_api_until_it_is_revoked(
    at_desk: At, town: Town
) -> None:
    admin = await at_desk(Role.ADMIN)
    assert await makes(admin, "tokens", **SITE) == 200
    (secret,) = SECRET.findall(admin.html)
    assert await opened_by(admin.client, secret) == 200
    await admin.opens(HERE)
    assert "web-site" in admin.html
    assert secret not in admin.html
    assert "admin council" in admin.html
    async with town.store.reading() as unit:
        (token,) = await unit.tokens.all()
    assert (token.kind, token.expires_at - token.made_at) == (TokenKind.LIVE, timedelta(days=90))
    await admin.sends(f"{HERE}/tokens/web-site/revoke")
    assert "n’ouvre plus rien" in admin.html
    assert "révoqué le" in admin.html
    assert await opened_by(admin.client, secret) == 401


async def test_a_form_sent_again_makes_no_second_secret(at_desk: At) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(f"{HERE}/tokens/new")
    twice = {"seal": admin.seal, "nonce": admin.nonce, **SITE}
    assert SECRET.search((await admin.client.post(f"{HERE}/tokens/new", data=twice)).text)
    again = await admin.client.post(f"{HERE}/tokens/new", data=twice)
    assert again.url.path == HERE
    assert not SECRET.search(again.text)


async def test_what_is_missing_is_said_and_nothing_that_was_typed_is_lost(at_desk: At) -> None:
    admin = await at_desk(Role.ADMIN)
    assert await makes(admin, "tokens", name="Site Web", kind="team", days="30") == 422
    assert "ne peut pas être le nom d’un jeton" in admin.html
    assert 'value="Site Web"' in admin.html
    assert 'value="team" checked' in admin.html
    assert await makes(admin, "tokens", name="site") == 422
    assert "Dites à quoi sert le jeton" in admin.html
    assert await makes(admin, "webhooks", name="calendar", url="http://calendar.example") == 422
    assert "que par https" in admin.html


async def test_only_scopes_that_the_owner_s_rights_allow_are_offered(at_desk: At) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(f"{HERE}/tokens/new")
    assert "people:write" in admin.html
    assert "notices:write" not in admin.html


async def test_a_system_is_told_given_another_secret_and_told_no_more(
    at_desk: At, town: Town
) -> None:
    admin = await at_desk(Role.ADMIN)
    await makes(admin, "webhooks", **CALENDAR)
    (first,) = KEY.findall(admin.html)
    await admin.opens(HERE)
    assert first not in admin.html
    await admin.sends(f"{HERE}/webhooks/calendar", act="rotate", nonce=admin.nonce)
    (second,) = KEY.findall(admin.html)
    async with town.store.reading() as unit:
        (webhook,) = await unit.webhooks.all()
    assert webhook.secrets(town.clock.now()) == (second, first)
    await admin.opens(HERE)
    await admin.sends(f"{HERE}/webhooks/calendar", act="remove", nonce=admin.nonce)
    assert "Le système est retiré" in admin.html
    async with town.store.reading() as unit:
        assert await unit.webhooks.all() == []


async def test_whoever_connects_no_systems_sees_none(at_desk: At) -> None:
    secretary = await at_desk(Role.COUNCIL_SECRETARIAT)
    for path in (HERE, f"{HERE}/tokens/new", f"{HERE}/webhooks/new"):
        assert (await secretary.opens(path)).status_code == 403
    answer = await secretary.sends(f"{HERE}/tokens/new", **SITE)
    assert answer.status_code == 403


async def test_an_old_proof_lets_nobody_make_a_token(at_desk: At, town: Town) -> None:
    admin = await at_desk(Role.ADMIN)
    await admin.opens(f"{HERE}/tokens/new")
    town.clock.move_by(timedelta(hours=13))
    led = await admin.sends(f"{HERE}/tokens/new", **SITE)
    assert led.url.path == "/prove"
    async with town.store.reading() as unit:
        assert await unit.tokens.all() == []
