"""Every page in a real browser, in every language: axe, the width, and what the console says."""

from typing import Literal

import pytest
from playwright.async_api import Browser as Chromium

from tests.emulators.chromium import DESK, PHONE, faults, sideways
from tests.web.browsers.holding import held, served
from tests.web.busy_town import ADDRESSES, Busy
from tests.web.every_page import PAGES, Who
from tests.web.people import site_of

SIZES = (PHONE, DESK)
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
async def test_a_page_can_be_read_by_everybody(
    busy: Busy, machine: Chromium, language: str, who: Who
) -> None:
    """Each page is inspected at one size in one light, another for each language."""
    turn = ["fr", "ar", "en"].index(language)
    wrong = []
    async with (
        served(site_of(busy.town, push_key="BKey")) as home,
        held(machine, home, language=language) as device,
    ):
        page = device.page
        if who in ADDRESSES:
            await device.signs_in(busy.town, ADDRESSES[who])
        await page.goto("/sign-in/code")
        await device.speaks(language)
        for number, seen in enumerate(one for one in PAGES if one.who is who):
            await page.emulate_media(color_scheme=LIGHTS[(number + turn) // 2 % 2])
            await page.goto(busy.path(seen))
            for size in (SIZES[(number + turn + 1) % 2], SIZES[(number + turn) % 2]):
                await page.set_viewport_size(size)
                if beyond := await sideways(page):
                    wrong.append(f"{beyond} px too wide at {size['width']}: {page.url}")
            wrong += await faults(page)
            assert await page.get_attribute("html", "lang") == language
    assert wrong + device.complaints == []
