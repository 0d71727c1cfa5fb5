"""Passkeys sign in and prove anew, and no answer of another page, browser or time does."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.town import Town
from tests.web.authenticators import Device
from tests.web.people import A_BROWSER, Browser, browser_in, with_email
from tests.web.test_proving_anew import LATER

ORIGIN = "http://testserver.local"


async def _asked(browser: Browser, how: str) -> dict[str, Any]:
    answer = await browser.client.post(
        "/passkeys/challenge", data={"seal": browser.seal, "for": how}, headers=A_BROWSER
    )
    assert answer.status_code == 200, answer.text
    options: dict[str, Any] = answer.json()
    return options


async def _signs_in(browser: Browser, device: Device) -> httpx.Response:
    await browser.opens("/sign-in")
    answer = device.signs(await _asked(browser, "get"))
    return await browser.sends("/sign-in/passkey", answer=answer, then="/account")


@pytest.fixture
async def device(reader: Browser) -> Device:
    """Amina's telephone, which holds her passkey."""
    made = Device(ORIGIN)
    await reader.opens("/passkeys")
    options = await _asked(reader, "create")
    await reader.sends("/passkeys/new", answer=made.makes(options), name="Téléphone")
    assert "La clé d’accès est ajoutée" in reader.html
    assert "Téléphone" in reader.html
    return made


async def test_a_passkey_signs_in_without_a_name_and_without_a_code(
    town: Town, device: Device
) -> None:
    async with browser_in(town) as elsewhere:
        led = await _signs_in(elsewhere, device)
        assert (led.url.path, led.status_code) == ("/account", 200)


async def test_a_passkey_makes_an_old_session_sure_again(
    town: Town, reader: Browser, device: Device
) -> None:
    town.clock.move_by(LATER)
    await reader.opens("/passkeys")
    assert "Confirmer que c’est bien vous" in reader.html
    await reader.opens("/prove?then=/passkeys")
    answer = device.signs(await _asked(reader, "get"))
    led = await reader.sends("/prove/passkey", answer=answer, then="/passkeys")
    assert led.url.path == "/passkeys"
    assert "/passkeys/new" in reader.html


async def test_an_answer_is_good_once(town: Town, device: Device) -> None:
    async with browser_in(town) as elsewhere:
        await elsewhere.opens("/sign-in")
        answer = device.signs(await _asked(elsewhere, "get"))
        await elsewhere.sends("/sign-in/passkey", answer=answer)
        await elsewhere.opens("/account")
        await elsewhere.sends("/account", end="here")
        assert (await elsewhere.sends("/sign-in/passkey", answer=answer)).status_code == 422


async def test_an_answer_of_another_browser_or_too_late_is_good_for_nothing(
    town: Town, device: Device
) -> None:
    async with browser_in(town) as victim, browser_in(town) as thief:
        await victim.opens("/sign-in")
        answer = device.signs(await _asked(victim, "get"))
        await thief.opens("/sign-in")
        assert (await thief.sends("/sign-in/passkey", answer=answer)).status_code == 422
        town.clock.move_by(timedelta(minutes=6))
        assert (await victim.sends("/sign-in/passkey", answer=answer)).status_code == 422


@pytest.mark.parametrize(
    "broken",
    [
        {"origin": "https://evil.example"},
        {"is_unlocked": False},
        {"uses": 0},  # a copy of the device, which counts from before
        {"credential": b"another"},
    ],
)
async def test_an_answer_that_proves_too_little_is_refused(
    town: Town, device: Device, broken: dict[str, Any]
) -> None:
    async with browser_in(town) as elsewhere:
        device.uses += 5
        assert (await _signs_in(elsewhere, device)).url.path == "/account"
        await elsewhere.sends("/account", end="here")
        for name, value in broken.items():
            setattr(device, name, value)
        refused = await _signs_in(elsewhere, device)
        assert refused.status_code == 422
        assert "n’est pas connue ici" in elsewhere.html


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"response": 1}', "x" * 20_000])
async def test_an_unreadable_answer_is_refused(browser: Browser, answer: str) -> None:
    await browser.opens("/sign-in")
    assert (await browser.sends("/sign-in/passkey", answer=answer)).status_code == 422


async def test_a_key_that_was_removed_opens_nothing(
    town: Town, reader: Browser, device: Device
) -> None:
    await reader.opens("/passkeys")
    await reader.sends("/passkeys", remove=reader.value("remove"))
    assert "n’ouvre plus rien" in reader.html
    async with browser_in(town) as elsewhere:
        assert (await _signs_in(elsewhere, device)).status_code == 422


async def test_a_key_is_added_only_while_it_is_sure_who_they_are(
    town: Town, reader: Browser
) -> None:
    made = Device(ORIGIN)
    await reader.opens("/passkeys")
    options = await _asked(reader, "create")
    town.clock.move_by(timedelta(minutes=1))
    answer = made.makes({**options, "challenge": "AAAA"})
    assert (await reader.sends("/passkeys/new", answer=answer)).status_code == 422
    town.clock.move_by(LATER)
    led = await reader.sends("/passkeys/new", answer=made.makes(options))
    assert led.url.path == "/prove"


async def test_another_persons_key_is_not_theirs_to_remove(
    town: Town, reader: Browser, device: Device
) -> None:
    await reader.opens("/passkeys")
    which = reader.value("remove")
    omar = await town.resident("Omar")
    await with_email(town, omar.person_id, "omar@example.ma")
    async with browser_in(town) as other:
        await other.signs_in("omar@example.ma")
        assert (await other.sends("/passkeys", remove=which)).status_code == 404
        assert (await _signs_in(other, device)).url.path == "/account"
