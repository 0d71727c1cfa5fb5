"""What every channel's provider promises, whoever carries for it."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from channels.console.provider import ConsoleProvider
from channels.email.connections import Server, Tls
from channels.email.maildir import MaildirProvider
from channels.email.smtp import SmtpProvider
from channels.inbox.provider import InboxProvider
from channels.memory import MemoryProvider
from channels.slack.provider import SlackProvider
from channels.slack.tokens import GivenToken
from channels.slack.web_api import WebApi
from channels.sms.account import TwilioAccount
from channels.sms.provider import SmsProvider, WhatsAppProvider
from channels.telegram.provider import TelegramProvider
from channels.web.provider import WebProvider
from domain.addresses import Channel
from domain.channel import Capabilities, Parcel, Provider
from domain.clock import SystemClock
from domain.errors import Failed
from domain.messages import Message
from domain.subscriptions import Subscription
from domain.webhooks import Webhook
from tests.browsers import GOOD
from tests.channels.email.samples import (
    ARABIC,
    ASKING,
    CONVENED,
    ODD,
    PLAIN,
    WITH_FILE,
    file_bytes,
    letters,
)
from tests.channels.push.pushing import Browsers, pushing
from tests.channels.webhook.posting import Systems, posting
from tests.emulators import twilio
from tests.emulators.receiver import receiver
from tests.emulators.slack import BOT_TOKEN, slack_emulator
from tests.emulators.smtp import mail_server
from tests.emulators.telegram import TOKEN, telegram_emulator

Running = AbstractAsyncContextManager[Provider]

MESSAGES = {
    "plain": PLAIN,
    "arabic": ARABIC,
    "with choices": ASKING,
    "with a file": WITH_FILE,
    "with a session": CONVENED,
    "very long": replace(PLAIN, text="Un alinéa de plus & <encore>. " * 700),
    "of odd letters": ODD,
    "empty": Message(text="", language="fr"),
}
ADDRESSES = {
    Channel.EMAIL: "a@casablanca.test",
    Channel.SLACK: "T000000001:U000000001",
    Channel.SMS: "+212661000001",
    Channel.TELEGRAM: "7",
    Channel.WHATSAPP: "+212661000001",
    Channel.PUSH: Subscription.from_json(GOOD).name,
    Channel.WEBHOOK: "gis",
}
# Where a whole message of nothing, or of what cannot be written, may be refused.
REFUSABLE = {"of odd letters", "empty"}


@asynccontextmanager
async def memory(_: Path) -> AsyncIterator[Provider]:
    yield MemoryProvider(Channel.PUSH)


@asynccontextmanager
async def inbox(_: Path) -> AsyncIterator[Provider]:
    yield InboxProvider()


@asynccontextmanager
async def web(_: Path) -> AsyncIterator[Provider]:
    yield WebProvider()


@asynccontextmanager
async def console(_: Path) -> AsyncIterator[Provider]:
    yield ConsoleProvider(io.StringIO())


@asynccontextmanager
async def maildir(folder: Path) -> AsyncIterator[Provider]:
    yield MaildirProvider(folder, letters())


@asynccontextmanager
async def smtp(_: Path) -> AsyncIterator[Provider]:
    async with mail_server() as server:
        yield SmtpProvider(Server("127.0.0.1", server.port, tls=Tls.NEVER), letters())


@asynccontextmanager
async def telegram(_: Path) -> AsyncIterator[Provider]:
    async with telegram_emulator() as emulator:
        yield TelegramProvider(
            TOKEN,
            files=file_bytes,
            base_url=emulator.base_url,
            base_file_url=emulator.base_file_url,
        )


@asynccontextmanager
async def slack(_: Path) -> AsyncIterator[Provider]:
    async with slack_emulator() as emulator:
        api = WebApi(emulator.base_url)
        yield SlackProvider(api, GivenToken(api, BOT_TOKEN), files=file_bytes)


async def never_heard(_: Channel, __: str) -> None:
    """Nobody has written to us."""


@asynccontextmanager
async def sms(_: Path) -> AsyncIterator[Provider]:
    async with twilio.twilio_emulator() as emulator:
        account = TwilioAccount(twilio.ACCOUNT, twilio.TOKEN, base_url=emulator.base_url)
        yield SmsProvider(account, twilio.NUMBER, clock=SystemClock())


@asynccontextmanager
async def whatsapp(_: Path) -> AsyncIterator[Provider]:
    async with twilio.twilio_emulator() as emulator:
        account = TwilioAccount(twilio.ACCOUNT, twilio.TOKEN, base_url=emulator.base_url)
        yield WhatsAppProvider(
            account, twilio.NUMBER, clock=SystemClock(), templates={}, last_heard=never_heard
        )


@asynccontextmanager
async def push(_: Path) -> AsyncIterator[Provider]:
    async with receiver() as service:
        keys = Subscription.from_json(GOOD)
        browsers = Browsers({keys.name: replace(keys, endpoint=service.url)})
        async with pushing(browsers) as provider:
            yield provider


@asynccontextmanager
async def webhook(_: Path) -> AsyncIterator[Provider]:
    async with receiver() as system:
        systems = Systems()
        systems.register(Webhook("gis", system.url, "secret"))
        async with posting(systems) as provider:
            yield provider


PROVIDERS: tuple[Callable[[Path], Running], ...] = (
    memory,
    inbox,
    console,
    maildir,
    smtp,
    telegram,
    slack,
    sms,
    whatsapp,
    push,
    web,
    webhook,
)


@pytest.fixture(params=PROVIDERS, ids=lambda start: start.__name__)
async def provider(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Provider]:
    """Run every test with every channel's provider."""
    async with request.param(tmp_path) as provider:
        yield provider
        await provider.close()


def parcel(provider: Provider, message: Message, *, number: int = 1) -> Parcel:
    address = ADDRESSES.get(provider.channel, "somebody")
    return Parcel(number, address, message, content_key=message.sha256)


@pytest.mark.parametrize("kind", sorted(MESSAGES.keys() - REFUSABLE))
async def test_every_message_is_carried_and_named(provider: Provider, kind: str) -> None:
    reference = await provider.deliver(parcel(provider, MESSAGES[kind]))
    assert reference
    assert reference.isprintable()


@pytest.mark.parametrize("kind", sorted(REFUSABLE))
async def test_what_cannot_be_carried_fails_as_we_say_failure(
    provider: Provider, kind: str
) -> None:
    try:
        reference = await provider.deliver(parcel(provider, MESSAGES[kind]))
    except Failed as failed:
        reference = failed.code
    assert reference


@pytest.mark.parametrize("address", ["", "nobody@nowhere", "a\r\nb", "\x00", "é" * 400])
async def test_no_address_breaks_a_provider(provider: Provider, address: str) -> None:
    sent = replace(parcel(provider, PLAIN), address=address)
    try:
        said = await provider.deliver(sent)
    except Failed as failed:
        said = failed.code
    assert said
    assert said.isprintable()


async def test_two_deliveries_have_two_names(provider: Provider) -> None:
    names = [await provider.deliver(parcel(provider, PLAIN, number=one)) for one in (1, 2)]
    assert len(set(names)) == 2


async def test_a_provider_answers_for_itself_in_one_line(provider: Provider) -> None:
    said = await provider.answer_for_itself()
    assert said
    assert "\n" not in said


async def test_closing_twice_is_closing_once(provider: Provider) -> None:
    await provider.deliver(parcel(provider, PLAIN))
    await provider.close()
    await provider.close()


def test_a_provider_says_what_it_can_do(provider: Provider) -> None:
    assert isinstance(provider.capabilities, Capabilities)
    assert isinstance(provider.channel, Channel)
    assert provider.capabilities.text_length > 0
    assert provider.capabilities.in_flight > 0
