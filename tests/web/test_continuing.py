"""A form whose sender must first show who they are is kept, and sent on when they have."""

from datetime import timedelta

import pytest

from actions.people import signing_in
from domain.bodies import Role
from domain.drafts import DRAFTS_KEPT, DROPPED_FOR
from domain.letters import Drawer
from tests.town import Town
from tests.web.people import AMINA, Browser, with_email

LATER = timedelta(hours=13)  # a proof is old by then
SAMIRA = "samira@example.ma"


async def _signs_in_again(browser: Browser) -> None:
    then = browser.value("then")
    await browser.sends("/sign-in", address=AMINA, then=then)
    await browser.sends("/sign-in/code", code=await browser.code(AMINA), then=browser.value("then"))


async def _proves(browser: Browser, address: str) -> None:
    """Prove anew who it is, from the page that asks for it."""
    assert "Ce que vous avez rempli est gardé" in browser.html
    await browser.sends("/prove", then=browser.value("then"), to=browser.value("to"))
    await browser.sends(
        "/prove/code",
        then=browser.value("then"),
        to=browser.value("to"),
        code=await browser.code(address),
    )
    assert "Rien n’est perdu" in browser.html


async def test_what_was_typed_outlives_a_proof(town: Town, reader: Browser) -> None:
    await reader.opens("/addresses")
    town.clock.move_by(LATER)
    led = await reader.sends("/addresses/new", contact="amina@example.org")
    assert led.url.path == "/prove"
    await _proves(reader, AMINA)
    await reader.goes_on()
    assert "amina@example.org" in reader.html
    assert await reader.code("amina@example.org")


async def test_a_box_that_was_ticked_outlives_a_proof(town: Town, reader: Browser) -> None:
    await reader.opens("/my-data/erase")
    town.clock.move_by(LATER)
    await reader.sends("/my-data/erase", sure="yes")
    await _proves(reader, AMINA)
    await reader.goes_on()
    assert "Vous exercez une fonction" in reader.html  # hence not erased; but she was sure


async def test_a_form_of_the_desk_outlives_a_proof(
    town: Town, browser: Browser, amina: int
) -> None:
    reason = "Crue de l’oued « Bouskoura » & pluie"
    clerk = await town.resident("Samira", seats=["council"], role=Role.COUNCIL_SECRETARIAT)
    await with_email(town, clerk.person_id, SAMIRA)
    await browser.signs_in(SAMIRA)
    await browser.opens("/desk/sessions/1/call_off")
    town.clock.move_by(LATER)
    await browser.sends("/desk/sessions/1/call_off", reason=reason)
    await _proves(browser, SAMIRA)
    await browser.goes_on()
    await town.carry()
    async with town.store.reading() as unit:
        (letter,) = await unit.letters.of_person(amina, drawer=Drawer.OPEN, offset=0, most=1)
    assert reason in letter.message.text


async def test_a_file_is_asked_for_again_and_the_words_beside_it_are_not(
    town: Town, reader: Browser
) -> None:
    town.clock.move_by(LATER)
    await reader.opens("/inbox")
    reader.shown = await reader.client.post(
        "/continue?to=/desk/sessions/1/papers/new",
        data={"seal": reader.seal, "kind": "report", "code": "123456"},
        files={"file": ("rapport.pdf", b"%PDF-1.7\n%%EOF")},
        headers={"Accept": "text/html"},
    )
    await _proves(reader, AMINA)
    assert 'enctype="multipart/form-data"' in reader.html
    assert "à joindre de nouveau" in reader.html
    assert (reader.value("kind"), "123456" in reader.html) == ("report", False)


async def test_words_outlive_the_session_they_were_typed_in(town: Town, reader: Browser) -> None:
    await reader.opens("/talk")
    town.clock.move_by(signing_in.LASTS)
    led = await reader.sends("/talk", text="شكون الرئيس؟", nonce=reader.nonce)
    assert led.url.path == "/sign-in"
    await _signs_in_again(reader)
    assert "شكون الرئيس؟" in reader.html
    assert (await reader.goes_on()).url.path == "/talk"
    assert 'class="answer"' in reader.html


async def test_a_form_waits_for_a_day_under_its_secret(town: Town, reader: Browser) -> None:
    await reader.opens("/addresses")
    town.clock.move_by(LATER)
    await reader.sends("/addresses/new", contact="amina@example.org")
    then = reader.value("then")
    assert "amina@example.org" in (await reader.opens(then)).text
    assert (await reader.opens("/continue/nothing-of-the-kind-0123")).status_code == 404
    town.clock.move_by(DROPPED_FOR + timedelta(hours=1))
    async with town.store.unit() as unit:
        now = town.clock.now()
        await unit.drafts.forget(
            untouched_since=now - DRAFTS_KEPT, dropped_before=now - DROPPED_FOR
        )
    assert (await reader.opens(then)).status_code == 404


async def test_a_form_outlives_a_signing_in_in_another_tab(browser: Browser) -> None:
    path = "/petitions/new/citizens"
    await browser.opens(path)
    stale = {"seal": browser.seal, "residence": "yes"}
    await browser.signs_in(AMINA)
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Accept": "text/html"}
    assert (await browser.client.post(path, data=stale, headers=elsewhere)).status_code == 403
    here = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    browser.shown = await browser.client.post(path, data=stale, headers=here)
    assert "Rien n’est perdu" in browser.html
    assert browser.value("residence") == "yes"
    assert (await browser.goes_on()).url.path == path
    browser.client.cookies.clear()  # a browser that keeps none would never get any further
    assert (await browser.client.post(path, data=stale, headers=here)).status_code == 403


@pytest.mark.parametrize(
    ("seal", "to"), [("forged", "/addresses"), (None, "https://evil.example/"), (None, "//evil.ma")]
)
async def test_no_form_of_another_site_waits_and_none_leads_there(
    reader: Browser, seal: str | None, to: str
) -> None:
    await reader.opens("/inbox")
    filled = {"seal": seal} if seal else {}
    led = await reader.sends(f"/continue?to={to}", contact="mallory@example.ma", **filled)
    assert (led.url.path, led.url.query) == ("/prove", b"then=%2Finbox")


async def test_a_form_sent_from_a_browser_without_a_session_leads_to_signing_in(
    browser: Browser,
) -> None:
    await browser.opens("/sign-in")
    led = await browser.sends("/talk", text="Bonjour")
    assert led.url.path == "/sign-in"
