"""Notifications of a reader's browser, as its pages ask for them, end them, and are led by them."""

import json
from collections.abc import AsyncIterator

import pytest

from domain.addresses import Channel
from tests.browsers import GOOD
from tests.town import Town
from tests.web.people import A_BROWSER, AMINA, Browser, announced, browser_in, site_of

SUBSCRIPTION = json.dumps(GOOD)


@pytest.fixture
async def reader(town: Town) -> AsyncIterator[Browser]:
    """Amina's browser, signed in where notifications are sent."""
    async with browser_in(town, site_of(town, push_key="BKey")) as browser:
        await browser.signs_in(AMINA)
        yield browser


async def told_by(town: Town, person_id: int) -> list[str]:
    async with town.store.reading() as unit:
        held = await unit.people.addresses(person_id)
    return [one.value for one in held if one.channel is Channel.PUSH]


async def test_a_browser_is_subscribed_and_released_by_its_reader(
    reader: Browser, town: Town, amina: int
) -> None:
    await reader.opens("/account")
    begun = await reader.client.post(
        "/push", data={"seal": reader.seal, "subscription": SUBSCRIPTION}
    )
    assert (begun.status_code, len(await told_by(town, amina))) == (204, 1)
    ended = await reader.client.post(
        "/push/end", data={"seal": reader.seal, "subscription": SUBSCRIPTION}
    )
    assert (ended.status_code, await told_by(town, amina)) == (204, [])


@pytest.mark.parametrize(
    ("subscription", "status"),
    [("no JSON", 400), ("{}", 422), (SUBSCRIPTION.replace("https", "http"), 422)],
)
async def test_what_is_no_subscription_is_refused(
    reader: Browser, subscription: str, status: int
) -> None:
    await reader.opens("/inbox")
    assert (await reader.sends("/push", subscription=subscription)).status_code == status


async def test_no_other_site_subscribes_a_browser(reader: Browser) -> None:
    sent = await reader.client.post(
        "/push", data={"seal": "0" * 64, "subscription": SUBSCRIPTION}, headers=A_BROWSER
    )
    assert sent.status_code == 403


async def test_a_notification_leads_to_its_letter_and_to_nobody_else_s(
    reader: Browser, town: Town, amina: int
) -> None:
    await announced(town, "Coupure d’eau", "Demain matin.")
    async with town.store.reading() as unit:
        told = await unit.overview.deliveries(person_id=amina, channel=Channel.EMAIL, most=1)
    led = await reader.opens(f"/inbox/about/{told[0].id}")
    assert "Coupure d’eau" in reader.html
    assert led.url.path != "/inbox"
    assert (await reader.opens("/inbox/about/999999")).url.path == "/inbox"


async def test_nothing_is_offered_where_nothing_is_sent(town: Town) -> None:
    async with browser_in(town) as browser:
        await browser.signs_in(AMINA)
        assert "push.js" not in browser.html
        sent = await browser.sends("/push", subscription=SUBSCRIPTION)
        assert sent.status_code == 404
