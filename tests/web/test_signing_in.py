"""Who gets in on the pages, and who does not: codes, links, forms and the secrets of browsers."""

from datetime import timedelta

import pytest

from actions.people import signing_in
from domain.actors import OPERATOR
from domain.addresses import Channel
from tests.town import Town
from tests.web.people import A_PHONE, AMINA, Browser, browser_in, site_of
from web.site import MOST_TRIED

WRONG = "000000"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


async def test_a_code_lets_in_and_leads_back_to_what_was_asked_for(browser: Browser) -> None:
    asked = await browser.opens("/inbox?drawer=archived")
    assert asked.url.path == "/sign-in"
    await browser.sends("/sign-in", address=AMINA, then="/inbox?drawer=archived")
    assert "six chiffres" in browser.html
    code = await browser.code(AMINA)
    led = await browser.sends("/sign-in/code", code=code, then="/inbox?drawer=archived")
    assert (led.url.path, led.url.query) == ("/inbox", b"drawer=archived")


async def test_a_stranger_is_answered_as_somebody_known_and_gets_nothing(
    town: Town, browser: Browser
) -> None:
    pages = []
    for address in (AMINA, "nobody@example.ma"):
        browser.client.cookies.clear()
        await browser.opens("/sign-in")
        answer = await browser.sends("/sign-in", address=address)
        pages.append((answer.status_code, str(answer.url), answer.text.replace(browser.seal, "")))
    assert pages[0] == pages[1]
    await town.carry()
    assert not town.networks[Channel.EMAIL].told("nobody@example.ma")
    assert "n’est pas valable" in (await browser.sends("/sign-in/code", code=WRONG)).text


async def test_a_code_is_good_once_in_its_own_browser_for_ten_minutes(
    town: Town, browser: Browser
) -> None:
    await browser.opens("/sign-in")
    await browser.sends("/sign-in", address=AMINA)
    code = await browser.code(AMINA)
    async with browser_in(town) as thief:
        await thief.opens("/sign-in/code")
        assert (await thief.sends("/sign-in/code", code=code)).status_code == 422
    town.clock.move_by(timedelta(minutes=11))
    assert (await browser.sends("/sign-in/code", code=code)).status_code == 422


async def test_a_code_is_not_guessed(browser: Browser) -> None:
    await browser.opens("/sign-in")
    await browser.sends("/sign-in", address=AMINA)
    code = await browser.code(AMINA)
    for _ in range(5):
        await browser.sends("/sign-in/code", code=WRONG if code != WRONG else "111111")
    assert (await browser.sends("/sign-in/code", code=code)).status_code == 422
    for _ in range(MOST_TRIED - 6):
        assert (await browser.sends("/sign-in/code", code=WRONG)).status_code == 422
    tried = await browser.sends("/sign-in/code", code=WRONG)
    assert tried.status_code == 429
    assert "Trop de tentatives" in tried.text


@pytest.mark.parametrize(
    "typed", ["{} {}", "{}-{}", "\u200f{}{}"], ids=["spaced", "dashed", "marked right-to-left"]
)
async def test_a_code_is_read_as_it_is_typed_on_an_arabic_phone(
    browser: Browser, typed: str
) -> None:
    await browser.opens("/sign-in")
    await browser.sends("/sign-in", address=f" \u202a{AMINA.upper()}\u202c ")
    code = (await browser.code(AMINA)).translate(ARABIC)
    led = await browser.sends("/sign-in/code", code=typed.format(code[:3], code[3:]))
    assert led.url.path == "/inbox"


async def test_a_form_that_is_sent_twice_sends_one_code(town: Town, browser: Browser) -> None:
    await browser.opens("/sign-in")
    filled = {"address": AMINA, "seal": browser.seal, "nonce": browser.nonce}
    for _ in range(2):
        await browser.sends("/sign-in", **filled)
    code = await browser.code(AMINA)
    assert len(town.networks[Channel.EMAIL].told(AMINA)) == 1
    assert (await browser.sends("/sign-in/code", code=code)).url.path == "/inbox"


async def test_whoever_goes_back_to_signing_in_is_led_on(reader: Browser) -> None:
    for path in ("/sign-in?then=/account", "/sign-in/code?then=/account"):
        assert (await reader.opens(path)).url.path == "/account"


async def test_an_address_that_is_none_is_shown_again_to_be_mended(browser: Browser) -> None:
    await browser.opens("/sign-in")
    answer = await browser.sends("/sign-in", address="amina@example,ma")
    assert answer.status_code == 422
    assert 'value="amina@example,ma"' in browser.html


async def test_another_code_is_asked_for_without_losing_the_way(browser: Browser) -> None:
    await browser.opens("/sign-in/code?then=/preferences")
    assert 'href="/sign-in?then=/preferences"' in browser.html


async def test_a_link_asks_when_it_is_opened_and_works_once(
    town: Town, browser: Browser, amina: int
) -> None:
    async with town.store.unit() as unit:
        person = await unit.people.by_id(amina, on=town.clock.now().date())
        assert person
        path = f"/sign-in/link/{await signing_in.offer_link(unit, person.id, actor=OPERATOR)}"
    for _ in range(3):  # a scanner of mail, a preview of a chat, and she
        assert "une seule fois" in (await browser.opens(path)).text
    assert (await browser.sends(path)).url.path == "/inbox"
    async with browser_in(town) as other:
        await other.opens(path)
        assert "n’est plus valable" in (await other.sends(path)).text
        assert (await other.opens("/inbox")).url.path == "/sign-in"


async def test_signing_in_makes_new_secrets(browser: Browser) -> None:
    planted = "planted-by-somebody-else-0123"
    for name in ("browser", "session"):
        browser.client.cookies.set(name, planted, domain="testserver.local")
    await browser.signs_in(AMINA)
    assert planted not in browser.client.cookies.values()


async def test_only_hashes_of_secrets_are_kept(town: Town, reader: Browser, amina: int) -> None:
    token = reader.client.cookies["session"]
    async with town.store.reading() as unit:
        held = await unit.connection.exec_driver_sql("SELECT * FROM web_sessions")
        assert token not in str(held.all())
        (session,) = await unit.web_sessions.of_person(amina)
    assert session.device == A_PHONE


async def test_a_session_ends_where_its_owner_says_so(
    town: Town, reader: Browser, amina: int
) -> None:
    async with browser_in(town) as elsewhere:
        await elsewhere.signs_in(AMINA)
        assert (await elsewhere.opens("/account")).status_code == 200
        assert elsewhere.html.count("Firefox sur Android") == 2
        left = await elsewhere.sends("/account", end="all")
        assert left.url.path == "/sign-in"
    assert (await reader.opens("/inbox")).url.path == "/sign-in"
    async with town.store.reading() as unit:
        assert not await unit.web_sessions.of_person(amina)


async def test_a_session_runs_out(town: Town, reader: Browser) -> None:
    town.clock.move_by(signing_in.LASTS)
    assert (await reader.opens("/inbox")).url.path == "/sign-in"


@pytest.mark.parametrize(
    "then",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\r\nb",
    ],
)
async def test_nobody_is_led_elsewhere(browser: Browser, then: str) -> None:
    browser.client.follow_redirects = False
    await browser.opens("/sign-in")
    await browser.sends("/sign-in", address=AMINA, then=then)
    code = await browser.code(AMINA)
    await browser.opens("/sign-in/code")
    led = await browser.sends("/sign-in/code", code=code, then=then)
    assert led.headers["location"] == "/inbox"


@pytest.mark.parametrize("path", ["/account", "/talk", "/inbox/1", "/language", "/sign-in"])
async def test_a_form_of_another_site_changes_nothing(reader: Browser, path: str) -> None:
    for seal, site in (("", "none"), ("forged", "none"), (reader.seal, "cross-site")):
        answer = await reader.client.post(
            path,
            data={"seal": seal, "move": "archive", "end": "all", "text": "bonjour"},
            headers={"Sec-Fetch-Site": site, "Accept": "text/html"},
        )
        assert answer.status_code == 403
        assert "Rien n’a été changé" in answer.text
    assert (await reader.opens("/inbox")).url.path == "/inbox"


async def test_cookies_over_https_are_for_this_host_alone(town: Town) -> None:
    async with browser_in(town, site_of(town, is_secure=True)) as browser:
        browser.client.follow_redirects = False
        await browser.opens("/sign-in")
        await browser.sends("/sign-in", address=AMINA)
        code = await browser.code(AMINA)
        await browser.opens("/sign-in/code")
        led = await browser.sends("/sign-in/code", code=code)
        told = [one.lower() for one in led.headers.get_list("set-cookie")]
        assert len(told) == 2
        for one in told:
            assert one.startswith("__host-")
            assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(one.split("; "))
        assert led.headers["strict-transport-security"]


async def test_leaving_the_page_by_a_word_signs_out(
    town: Town, reader: Browser, amina: int
) -> None:
    await reader.opens("/talk")
    await reader.sends("/talk", text="/unlink", nonce=reader.nonce)
    await reader.opens("/talk")
    await reader.sends("/talk", press="unlink:yes", nonce=reader.nonce)
    assert (await reader.opens("/inbox")).url.path == "/sign-in"
    async with town.store.reading() as unit:
        assert (await unit.letters.counts(amina)).unread  # the mailbox itself stays
