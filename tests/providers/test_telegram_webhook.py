"""Updates that an emulated Telegram brings to our door, over a socket."""

import contextlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from channels.telegram.account import TelegramAccount
from channels.telegram.door import TelegramDoor
from domain.channel import Call
from domain.errors import BadUpdate, Unavailable
from tests.emulators.telegram import TOKEN, TelegramEmulator, telegram_emulator
from tests.providers.telegram_listening import CLOCK, Ear, on_a_socket


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


@contextlib.asynccontextmanager
async def web_door(door: TelegramDoor, ear: Ear) -> AsyncIterator[str]:
    """Hang the door on a socket, as web/webhooks does, and give its address."""

    async def hear(request: web.Request) -> web.Response:
        call = Call(dict(request.headers), await request.read())
        try:
            events = door.events(call)
        except BadUpdate:
            raise web.HTTPUnauthorized from None
        try:
            for event in events:
                await ear(event)
        except Unavailable:
            raise web.HTTPServiceUnavailable from None
        return web.json_response(door.courtesy(call) or {})

    async with on_a_socket(hear) as url:
        yield f"{url}/telegram"


async def test_at_the_door_an_update_is_brought_again_until_it_is_heard(
    emulator: TelegramEmulator,
) -> None:
    ear = Ear(Unavailable())
    account = TelegramAccount(TOKEN, base_url=emulator.base_url)
    async with web_door(TelegramDoor("s3cret", CLOCK), ear) as url:
        await account.send_updates_to(url, "s3cret")
        await emulator.say(7, "agenda")
        assert (ear.heard, emulator.waiting) == ([], 1)
        assert await emulator.redeliver() == 1
        assert await ear.texts(1) == ["agenda"]
        assert emulator.waiting == 0
    await account.close()


async def test_at_the_door_a_wrong_secret_hears_nothing(emulator: TelegramEmulator) -> None:
    ear = Ear()
    account = TelegramAccount(TOKEN, base_url=emulator.base_url)
    async with web_door(TelegramDoor("s3cret", CLOCK), ear) as url:
        await account.send_updates_to(url, "wrong")
        await emulator.say(7, "agenda")
    await account.close()
    assert (ear.heard, emulator.waiting) == ([], 1)
