"""A passkey in a real browser, by Chromium's own device: made, and signed in with."""

from playwright.async_api import Browser as Chromium

from tests.town import Town
from tests.web.browsers.holding import held, served
from tests.web.people import AMINA, site_of

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def test_a_passkey_is_made_and_signs_in(town: Town, machine: Chromium) -> None:
    async with served(site_of(town)) as home:
        by_name = home.replace("127.0.0.1", "localhost")  # keys are made for names
        async with held(machine, by_name, language="fr") as device:
            page = device.page
            hardware = await page.context.new_cdp_session(page)
            await hardware.send("WebAuthn.enable")
            await hardware.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
            await device.signs_in(town, AMINA)
            await page.goto("/passkeys")
            await page.fill("#name", "Téléphone")
            await page.click("[data-passkey] button")
            await page.wait_for_url("**/passkeys?done=added")
            await page.goto("/account")
            await page.click("button[value=all]")
            await page.wait_for_url("**/sign-in")
            await page.click("[data-passkey] button")
            await page.wait_for_url("**/inbox")
            assert device.complaints == []
