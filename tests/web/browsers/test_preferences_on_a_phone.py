"""Preferences are understood on a small phone, and changed there."""

from playwright.async_api import Browser as Chromium

from tests.emulators.chromium import PHONE, faults, sideways
from tests.town import Town
from tests.web.browsers.holding import held, served
from tests.web.people import AMINA, site_of

SCREENS = 4  # what may be scrolled to have seen everything
HEIGHT = "document.documentElement.scrollHeight"
OPEN = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


async def test_all_is_said_in_a_few_screens_and_opened_to_be_changed(
    town: Town, machine: Chromium
) -> None:
    async with served(site_of(town)) as home, held(machine, home, language="ar") as device:
        page = device.page
        await device.signs_in(town, AMINA)
        await device.speaks("ar")
        await page.goto("/preferences")
        assert await page.evaluate(HEIGHT) < SCREENS * PHONE["height"]
        await page.click("summary:has-text('الإعلانات')")
        await page.locator("details[open] label", has_text="البريد الإلكتروني").click()
        await page.locator("details[open] select[name='wish:email:announcements']").select_option(
            "daily"
        )
        await page.click("details[open] button")
        assert "تم حفظ تفضيلاتكم" in await page.inner_text("[role=status].done")
        told = await page.inner_text("summary:has-text('الإعلانات')")
        assert "في ملخصكم" in told
        await page.evaluate(OPEN)
        assert (await sideways(page), await faults(page), device.complaints) == (0, [], [])
