"""A phone in a hand: what appears by itself, what it keeps, what it is told while away."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser as Chromium, CDPSession, expect

from tests.town import Town
from tests.web.browsers.holding import Held, held, served
from tests.web.people import AMINA, announced, site_of

AGENDA = "/sessions/1"
PERMISSION = "Notification.permission"
# A script is waited for without end: these give up, and say why.
READY = """Promise.race([
    navigator.serviceWorker.ready.then(() => true),
    new Promise((_, fail) => setTimeout(fail, 30000, "no service worker within half a minute")),
])"""
SHOWN = """navigator.serviceWorker.ready.then((one) => one.getNotifications())
    .then((all) => all.map((one) => [one.title, one.body, one.dir, one.data]))"""
# A click that no finger made may open no window: what it would open is noted instead.
CLICKED = """async () => {
    const [notification] = await self.registration.getNotifications();
    const opened = [];
    self.clients.openWindow = async (url) => opened.push(url);
    const click = new NotificationEvent("notificationclick", { notification });
    self.dispatchEvent(click);
    for (let looks = 0; !opened.length && looks < 3000; looks++) {
        await new Promise((go) => setTimeout(go, 10));
    }
    return opened[0];
}"""


@pytest.fixture
async def phone(town: Town, machine: Chromium) -> AsyncIterator[Held]:
    """Amina's phone, in Arabic, with her inbox open."""
    async with (
        served(site_of(town, push_key="BKey")) as home,
        held(machine, home, language="ar") as phone,
    ):
        await phone.signs_in(town, AMINA)
        await phone.speaks("ar")
        yield phone


async def test_a_letter_appears_by_itself(phone: Held, town: Town) -> None:
    page = phone.page
    assert await page.get_attribute("html", "dir") == "rtl"
    await expect(page.locator("#unread")).to_contain_text("رسالة واحدة")
    await announced(town, "قطع الماء غدا", "من التاسعة إلى الزوال.")
    await expect(page.locator(".letters li").first).to_contain_text("قطع الماء غدا")
    await expect(page.locator("#unread")).to_contain_text("رسالتان")
    assert phone.complaints == []


async def test_the_menu_opens_and_closes_without_a_script(phone: Held) -> None:
    menu = phone.page.locator("#menu")
    await expect(menu).to_be_hidden()
    await phone.page.click(".opener")
    await expect(menu.locator("[aria-current=page]")).to_be_visible()
    await phone.page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()


async def test_the_last_inbox_and_agenda_open_without_a_network(phone: Held) -> None:
    page = phone.page
    await page.evaluate(READY)
    for path in (AGENDA, "/inbox"):
        await page.goto(path)
    await page.click(".letters li:first-child a")
    letter = page.url
    await page.context.set_offline(offline=True)
    await page.goto("/inbox")
    await expect(page.locator("#offline")).to_be_visible()
    await expect(page.locator(".letters li").first).to_be_visible()
    await page.goto(AGENDA)
    await expect(page.locator("main")).to_contain_text("Voirie")
    await page.goto("/talk")
    await expect(page.locator("main")).to_contain_text("تحتاج هذه الصفحة إلى الشبكة")
    await page.goto(letter)
    await expect(page.locator("#letter")).to_contain_text("Voirie")


async def test_what_is_typed_without_the_network_stays_until_it_is_back(phone: Held) -> None:
    page = phone.page
    await page.goto("/talk")
    await page.fill("#text", "جدول الأعمال")
    await page.context.set_offline(offline=True)
    await page.click("main form:has(#text) button")
    await expect(page.locator("#offline")).to_be_in_viewport()
    assert await page.input_value("#text") == "جدول الأعمال"
    await page.context.set_offline(offline=False)
    await page.click("main form:has(#text) button")
    await expect(page.locator(".answer").first).to_contain_text("Voirie")


async def test_whoever_is_no_longer_signed_in_leaves_no_letter_behind(
    phone: Held, town: Town
) -> None:
    page = phone.page
    await page.evaluate(READY)
    await page.goto("/inbox")
    async with town.store.unit() as unit:
        (person_id,) = await unit.people.named("Amina")
        await unit.web_sessions.end(person_id)
    await page.goto("/account")
    await expect(page.locator("#address")).to_be_visible()
    await page.context.set_offline(offline=True)
    await page.goto("/inbox")
    await expect(page.locator("main")).to_contain_text("تحتاج هذه الصفحة إلى الشبكة")


async def test_nothing_asks_for_notifications_before_its_reader_does(phone: Held) -> None:
    devtools = await phone.page.context.new_cdp_session(phone.page)
    asked_first = {"permission": {"name": "notifications"}, "setting": "prompt"}
    await devtools.send("Browser.setPermission", asked_first)  # a browser without a window denies
    await phone.page.reload()
    await expect(phone.page.locator("#push [data-state=offer]")).to_be_visible()
    assert await phone.page.evaluate(PERMISSION) == "default"
    await phone.page.click("#push [data-move=later]")
    await phone.page.reload()
    await phone.page.evaluate(READY)
    await expect(phone.page.locator("#push")).to_be_hidden()


async def test_what_is_pushed_is_shown_and_a_click_opens_its_letter(phone: Held) -> None:
    page = phone.page
    await page.context.grant_permissions(["notifications"])
    await page.evaluate(READY)
    devtools = await page.context.new_cdp_session(page)
    said = {"title": "دورة فبراير", "body": "الخميس", "language": "ar", "direction": "rtl"}
    data = json.dumps({**said, "tag": "a", "url": "/inbox/about/1"})
    await devtools.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": page.url.removesuffix("/inbox"),
            "registrationId": await _registration(devtools),
            "data": data,
        },
    )
    async with asyncio.timeout(30):
        while not (shown := await page.evaluate(SHOWN)):
            await page.evaluate("new Promise(requestAnimationFrame)")
    assert shown == [["دورة فبراير", "الخميس", "rtl", "/inbox/about/1"]]
    (worker,) = page.context.service_workers
    await page.goto(await worker.evaluate(CLICKED))
    await expect(page.locator(".choices button").first).to_be_visible()


async def _registration(devtools: CDPSession) -> str:
    """Return by what name DevTools know the service worker of our pages."""
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def note(event: dict[str, list[dict[str, str]]]) -> None:
        if not told.done() and event["registrations"]:
            told.set_result(event["registrations"][0]["registrationId"])

    devtools.on("ServiceWorker.workerRegistrationUpdated", note)
    await devtools.send("ServiceWorker.enable")
    async with asyncio.timeout(30):
        return await told
