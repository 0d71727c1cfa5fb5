"""What a hurried hand does on a phone: presses twice, and copies what cannot be typed."""

from playwright.async_api import Browser as Chromium

from tests.town import Town
from tests.web.browsers.holding import held, served
from tests.web.people import AMINA, code_sent, site_of


async def test_two_presses_sign_in_once_and_a_secret_link_is_copied_whole(
    town: Town, machine: Chromium
) -> None:
    async with served(site_of(town)) as home, held(machine, home, language="fr") as device:
        page = device.page
        await page.goto("/sign-in?then=/calendar")
        await page.fill("#address", AMINA)
        await page.dblclick("main button[type=submit]")
        await page.fill("#code", await code_sent(town, AMINA))
        await page.dblclick("main button[type=submit]")
        await page.wait_for_url("**/calendar")
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.click("main button[value=open]")
        await page.click("[data-copied-from]")
        await page.wait_for_selector("text=Copié")
        copied = await page.evaluate("navigator.clipboard.readText()")
        assert copied == await page.input_value("#link")
        assert copied.startswith(f"{home}/calendars/mine/")
        assert device.complaints == []
