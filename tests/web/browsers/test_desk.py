"""A clerk's hand on a mouse: items dragged into order, and voices counted while they are marked."""

import re

from playwright.async_api import Browser as Chromium, Page

from domain.bodies import Role
from domain.rolls import Presence, RollCall
from domain.sessions import SessionState
from tests.emulators.chromium import DESK
from tests.town import OPENS, Town
from tests.web.browsers.holding import held, served
from tests.web.people import site_of, with_email

HIND = "hind@example.ma"
KEEP = "button[value=order]"


async def titles(page: Page) -> list[str]:
    return [one.strip() for one in await page.locator(".agenda .title a").all_inner_texts()]


async def test_items_are_dragged_into_order_and_voices_count_themselves(
    town: Town, machine: Chromium
) -> None:
    clerk = await town.resident("Hind", seats=["council"], role=Role.CLERK)
    member = await town.resident("Driss", seats=["council"])
    await with_email(town, clerk.person_id, HIND)
    draft = await town.session(state=SessionState.DRAFT, titles=["Voirie", "Budget", "Écoles"])
    session_id, item = await opened(town, member.person_id)
    async with (
        served(site_of(town)) as home,
        held(machine, home, language="fr", size=DESK) as device,
    ):
        page = device.page
        await device.signs_in(town, HIND)
        await page.goto(f"/desk/sessions/{draft}")
        assert not await page.is_visible(KEEP)
        await page.drag_and_drop(
            ".agenda > li:nth-child(3)",
            ".agenda > li:nth-child(1)",
            target_position={"x": 100, "y": 5},
        )
        await page.click(KEEP)
        await page.wait_for_selector(".done")
        assert await titles(page) == ["Écoles", "Voirie", "Budget"]
        await page.focus(".agenda > li:nth-child(1) button[value^=down]")
        await page.keyboard.press("Enter")
        await page.wait_for_url(re.compile("#item-"))
        assert await titles(page) == ["Voirie", "Écoles", "Budget"]
        await page.goto(f"/desk/sessions/{session_id}/items/{item}/voices")
        await page.check("input[value=against]")
        counted = page.locator("[data-count]")
        assert await counted.all_inner_texts() == ["0", "1", "0", "0"]
        assert device.complaints == []


async def opened(town: Town, present: int) -> tuple[int, int]:
    session_id = await town.session(starts=OPENS, titles=["Budget"], state=SessionState.OPEN)
    async with town.store.unit() as unit:
        await unit.rolls.mark(session_id, 1, {present: Presence.PRESENT})
        counted = RollCall(session_id, 1, OPENS.date(), 1, 2, 1, has_quorum=True)
        await unit.rolls.keep(counted)
    return session_id, (await town.item(session_id, "1")).id
