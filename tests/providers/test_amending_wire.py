"""What was decided reaches every open copy on Telegram and Slack while other messages go on."""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import pytest

from actions.notices.settling import settle
from channels.slack.provider import SlackProvider
from channels.slack.tokens import GivenToken
from channels.slack.web_api import WebApi
from domain.addresses import Channel
from domain.channel import Provider
from domain.clock import SystemClock
from domain.messages import Choice, Message
from scheduler.dispatcher import Dispatcher
from scheduler.tempo import Tempo
from store.connecting import Store, opened
from store.outbox import Put, Urgency
from tests.emulators.slack import BOT_TOKEN, SlackEmulator, slack_emulator
from tests.emulators.telegram import TelegramEmulator, telegram_emulator
from tests.providers.telegram_parcels import files, telegram_at

COPIES = 50  # on each of the two networks
PATIENCE = 20  # seconds, on a machine that does much else
BULK = 900  # more than Telegram takes meanwhile: thirty a second
QUESTION = Message("On publie ?", "fr", choices=(Choice("Oui", "yes:1"),), subject="approval:61")
DECIDED = {language: Message("Oui.", language) for language in ("fr", "ar", "en")}


@pytest.fixture
async def store(sqlite_url: str) -> AsyncIterator[Store]:
    store = opened(sqlite_url, SystemClock())
    yield store
    await store.close()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    async with slack_emulator() as running:
        yield running


async def put(store: Store, channel: Channel, puts: list[Put], urgency: Urgency) -> None:
    async with store.unit() as unit:
        await unit.outbox.put_all(channel, puts, urgency=urgency)


async def test_a_hundred_copies_are_amended_while_bulk_goes_on(
    store: Store, telegram: TelegramEmulator, slack: SlackEmulator
) -> None:
    on_telegram = [Put(str(chat), QUESTION) for chat in range(1, COPIES + 1)]
    on_slack = [Put(slack.address("clerk"), QUESTION) for _ in range(COPIES)]
    bulk = [Put(str(1000 + chat), Message("Bonjour", "fr")) for chat in range(BULK)]
    api = WebApi(slack.base_url)
    async with telegram_at(telegram.base_url) as carrier:
        carriers: list[Provider] = [
            carrier,
            SlackProvider(api, GivenToken(api, BOT_TOKEN), files=files),
        ]
        await put(store, Channel.TELEGRAM, on_telegram, Urgency.REPLY)
        await put(store, Channel.SLACK, on_slack, Urgency.REPLY)
        await dispatcher(store, carriers, Tempo(keeps_limits=False)).drain()
        await put(store, Channel.TELEGRAM, bulk, Urgency.INFORMATIONAL)
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
            running = tasks.create_task(dispatcher(store, carriers, Tempo()).run())
            await telegram.called("sendMessage", times=COPIES + 5)
            async with store.unit() as unit:
                await settle(unit, "approval:61", DECIDED, by=None)
            await telegram.called("editMessageText", times=COPIES)
            while len(await slack.asked("chat.update")) < COPIES:
                continue
            assert len(telegram.calls_of("sendMessage")) < COPIES + BULK
            running.cancel()
        await api.close()
    assert [sent.text for sent in telegram.sent(1)] == ["On publie ?\n\nOui."]
    assert telegram.sent(1)[0].buttons == ()


def dispatcher(store: Store, carriers: list[Provider], tempo: Tempo) -> Dispatcher:
    return Dispatcher(store, carriers, clock=SystemClock(), chance=Random(7), tempo=tempo)
