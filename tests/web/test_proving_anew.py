"""Somebody signed in for long proves anew who they are, and goes on where they were."""

from datetime import timedelta

import pytest

from domain.bodies import Role
from tests.town import Town
from tests.web.people import AMINA, Browser, with_email

LATER = timedelta(hours=13)
MOVE = "reporte la session du conseil du 5 février au 12 février à 18h"


async def _proof(town: Town, person_id: int) -> timedelta:
    """Return how long ago it was sure who uses the only session of somebody."""
    async with town.store.reading() as unit:
        (session,) = await unit.web_sessions.of_person(person_id)
    return town.clock.now() - session.proved_at


async def test_a_code_makes_an_old_session_sure_again(
    town: Town, reader: Browser, amina: int
) -> None:
    town.clock.move_by(LATER)
    asked = await reader.opens("/prove?then=/inbox%3Fdrawer%3Darchived")
    assert "a…@example.ma" in asked.text
    assert AMINA not in asked.text
    await reader.sends("/prove", then="/inbox?drawer=archived", to=reader.value("to"))
    wrong = await reader.sends("/prove/code", then="/inbox", to=reader.value("to"), code="000000")
    assert (wrong.status_code, await _proof(town, amina)) == (422, LATER)
    led = await reader.sends(
        "/prove/code",
        then="/inbox?drawer=archived",
        to=reader.value("to"),
        code=await reader.code(AMINA),
    )
    assert (led.url.path, led.url.query) == ("/inbox", b"drawer=archived")
    assert await _proof(town, amina) == timedelta(0)


async def test_a_code_of_somebody_else_proves_nothing(
    town: Town, reader: Browser, amina: int
) -> None:
    other = await town.resident("Omar")
    await with_email(town, other.person_id, "omar@example.ma")
    town.clock.move_by(LATER)
    await reader.opens("/prove")
    to = reader.value("to")
    await reader.sends("/sign-in", address="omar@example.ma")
    code = await reader.code("omar@example.ma")
    await reader.opens(f"/prove/code?to={to}")
    assert (await reader.sends("/prove/code", to=to, code=code)).status_code == 422
    assert await _proof(town, amina) == LATER


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_nobody_is_led_elsewhere_by_a_proof(reader: Browser, then: str) -> None:
    await reader.opens("/prove")
    await reader.sends("/prove", then=then, to=reader.value("to"))
    code = await reader.code(AMINA)
    led = await reader.sends("/prove/code", then=then, to=reader.value("to"), code=code)
    assert (led.url.host, led.url.path) == ("testserver.local", "/inbox")


async def test_an_address_of_somebody_else_gets_no_code(town: Town, reader: Browser) -> None:
    other = await town.resident("Omar")
    async with town.store.reading() as unit:
        theirs = [one.id for one in await unit.people.addresses(other.person_id)]
    await reader.opens("/prove")
    for address_id in theirs:
        assert (await reader.sends("/prove", to=str(address_id))).status_code == 404
        await reader.opens("/prove")


async def test_the_talk_on_a_page_leads_to_the_proof_and_goes_on(
    town: Town, browser: Browser
) -> None:
    head = await town.resident("Le président", seats=["council"], role=Role.PRESIDENT)
    await with_email(town, head.person_id, "president@example.ma")
    await browser.signs_in("president@example.ma")
    town.clock.move_by(LATER)
    await browser.opens("/talk")
    await browser.sends("/talk", text=MOVE, nonce=browser.nonce)
    await browser.sends("/talk", press=browser.pressable("Oui"), nonce=browser.nonce)
    assert "il faut être sûr que c’est bien vous" in browser.html
    led = await browser.sends("/talk", press=browser.pressable("Confirmer que c’est bien vous"))
    assert led.url.path == "/prove"
    await browser.sends("/prove", then=browser.value("then"), to=browser.value("to"))
    code = await browser.code("president@example.ma")
    await browser.sends(
        "/prove/code", then=browser.value("then"), to=browser.value("to"), code=code
    )
    await browser.sends("/talk", press=browser.pressable("Continuer"), nonce=browser.nonce)
    async with town.store.reading() as unit:
        (opening,) = await unit.sessions.sittings(1)  # the one that was convened
    assert opening.starts.day == 12
