"""Web Push over a socket, against a push service that others wrote."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from channels.push.provider import PushProvider
from channels.push.vapid import Signer, new_keys
from domain.channel import Parcel
from domain.clock import SystemClock
from domain.errors import Undeliverable
from domain.messages import Message
from tests.channels.email.samples import ARABIC, CONVENED, PLAIN, VERY_LONG
from tests.channels.push.pushing import Browsers, pushing
from tests.emulators.webpush import PushService, push_service


@dataclass
class Street:
    """A push service, our provider, and one browser that is told."""

    service: PushService
    provider: PushProvider
    browsers: Browsers
    browser: dict[str, Any]
    name: str

    def parcel(self, message: Message, number: int = 7) -> Parcel:
        return Parcel(number, self.name, message)


@pytest.fixture
async def street() -> AsyncIterator[Street]:
    signer, browsers = Signer(new_keys()[0], "mailto:a@commune.ma", SystemClock()), Browsers()
    async with push_service() as service, pushing(browsers, signer=signer) as provider:
        browser = await service.subscribe(signer.public_key)
        name = browsers.subscribe(browser)
        yield Street(service, provider, browsers, browser, name)


@pytest.mark.parametrize("message", [PLAIN, ARABIC, CONVENED])
async def test_what_was_sent_is_what_the_browser_reads(street: Street, message: Message) -> None:
    assert await street.provider.deliver(street.parcel(message))
    (shown,) = await street.service.shown(street.browser)
    assert (shown["title"], shown["body"]) == (message.title, message.text)
    assert shown["direction"] == message.direction
    assert shown["url"].startswith("/inbox/about/")


async def test_a_very_long_text_arrives_cut(street: Street) -> None:
    await street.provider.deliver(street.parcel(VERY_LONG))
    (shown,) = await street.service.shown(street.browser)
    assert shown["body"].endswith("…")


async def test_a_repeat_bears_the_same_tag(street: Street) -> None:
    for _ in range(2):
        await street.provider.deliver(street.parcel(PLAIN))
    first, second = await street.service.shown(street.browser)
    assert first["tag"] == second["tag"]


async def test_a_browser_that_unsubscribed_is_forgotten(street: Street) -> None:
    await street.provider.deliver(street.parcel(PLAIN))
    await street.service.expire(street.browser)
    with pytest.raises(Undeliverable, match="http_410") as gone:
        await street.provider.deliver(street.parcel(PLAIN, 8))
    assert gone.value.is_address_dead
    assert not street.browsers
    with pytest.raises(Undeliverable, match="unsubscribed") as unknown:
        await street.provider.deliver(street.parcel(PLAIN, 9))
    assert unknown.value.is_address_dead


async def test_another_key_than_the_browser_was_given_is_not_accepted(street: Street) -> None:
    async with pushing(street.browsers) as stranger:
        with pytest.raises(Undeliverable, match="http_400"):
            await stranger.deliver(street.parcel(PLAIN))
    assert await street.service.shown(street.browser) == []
