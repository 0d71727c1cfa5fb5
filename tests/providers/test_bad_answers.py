"""Whatever a network answers, a delivery is recorded with a reason, and none is lost."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from itertools import product
from random import Random

import pytest

from channels.slack.provider import SlackProvider
from channels.slack.tokens import GivenToken
from channels.slack.web_api import WebApi
from channels.sms.account import TwilioAccount
from channels.sms.provider import SmsProvider
from domain.channel import Provider
from domain.clock import SystemClock
from domain.deliveries import State
from domain.messages import Message
from domain.webhooks import Webhook
from scheduler.dispatcher import Dispatcher
from scheduler.tempo import Tempo
from store.connecting import Store, opened
from tests.browsers import GOOD
from tests.channels.email.samples import file_bytes
from tests.channels.email.sending import sending
from tests.channels.push.pushing import Browsers, pushing
from tests.channels.webhook.posting import Systems, posting
from tests.emulators.receiver import Misbehaviour, Receiver, answered, receiver
from tests.emulators.slack import BOT_TOKEN
from tests.emulators.twilio import ACCOUNT, NUMBER, TOKEN
from tests.providers.telegram_parcels import telegram_at

HASTY = Tempo(patience=timedelta(seconds=0.2), flush=timedelta(milliseconds=2))
HTML = b"<html><body>Captive portal: please log in</body></html>"
HALF = b'{"ok": true, "result": {"message_id'
JSON = "Content-Type: application/json"
ANSWERS: dict[str, bytes | Misbehaviour] = {
    "a page that says yes": answered(200, "Content-Type: text/html", body=HTML),
    "a gateway's page": answered(502, "Content-Type: text/html", body=HTML),
    "half a yes": answered(200, JSON, body=HALF),
    "half a yes, then silence": answered(200, JSON, body=HALF, length=500),
    "no HTTP": b"%PDF-1.7 what is this\r\n\r\n",
    "silence": Misbehaviour.HANG,
    "a dead line": Misbehaviour.DROP,
}
# Nobody knows whether it arrived, or it is tried again; a push service and a system say yes by 2xx.
LEFT_OPEN = {State.QUEUED, State.UNCERTAIN}
YES_IS_YES = {"webhook", "push"}

At = Callable[[Receiver], AbstractAsyncContextManager[tuple[Provider, str]]]


@asynccontextmanager
async def slack(network: Receiver) -> AsyncIterator[tuple[Provider, str]]:
    api = WebApi(f"http://127.0.0.1:{network.port}/api/")
    provider = SlackProvider(api, GivenToken(api, BOT_TOKEN), files=file_bytes)
    yield provider, "T0COUNCIL:C0COUNCIL"
    await provider.close()


@asynccontextmanager
async def twilio(network: Receiver) -> AsyncIterator[tuple[Provider, str]]:
    account = TwilioAccount(ACCOUNT, TOKEN, base_url=f"http://127.0.0.1:{network.port}")
    provider = SmsProvider(account, NUMBER, clock=SystemClock())
    yield provider, "+212661000001"
    await provider.close()


@asynccontextmanager
async def telegram(network: Receiver) -> AsyncIterator[tuple[Provider, str]]:
    async with telegram_at(f"http://127.0.0.1:{network.port}/bot") as provider:
        yield provider, "7"


@asynccontextmanager
async def push(network: Receiver) -> AsyncIterator[tuple[Provider, str]]:
    browsers = Browsers()
    name = browsers.subscribe({**GOOD, "endpoint": network.url})
    async with pushing(browsers) as provider:
        yield provider, name


@asynccontextmanager
async def webhook(network: Receiver) -> AsyncIterator[tuple[Provider, str]]:
    systems = Systems()
    systems.register(Webhook("gis", network.url, "secret"))
    async with posting(systems) as provider:
        yield provider, "gis"


@asynccontextmanager
async def email(network: Receiver) -> AsyncIterator[tuple[Provider, str]]:
    """A mail server's port at which something listens that does not say a word."""
    async with sending(network.port) as provider:
        yield provider, "a@casablanca.test"


HTTP: dict[str, At] = {one.__name__: one for one in (slack, twilio, telegram, push, webhook)}
PROVIDERS: dict[str, At] = {**HTTP, "email": email}


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    store = opened(sqlite_url, SystemClock())
    yield store
    await store.close()


@pytest.mark.parametrize(
    ("name", "answer"),
    [*product(HTTP, ANSWERS), ("email", "silence")],
)
async def test_no_answer_loses_a_delivery_or_passes_for_a_yes(
    store: Store, name: str, answer: str
) -> None:
    async with receiver() as network, PROVIDERS[name](network) as (provider, address):
        network.answer_next(ANSWERS[answer], 20)
        async with store.unit() as unit:
            await unit.outbox.put(provider.channel, address, [Message("Bonjour", "fr")])
        clock = SystemClock()
        works = Dispatcher(store, [provider], clock=clock, chance=Random(1), tempo=HASTY)
        await works.drain()
        async with store.reading() as unit:
            [left] = await unit.overview.deliveries()
    is_yes = name in YES_IS_YES and (answer.startswith(("half", "a page")))
    assert left.state in ({State.ACCEPTED} if is_yes else LEFT_OPEN)
    assert left.code or is_yes
    assert left.code != "broken_carrier"
