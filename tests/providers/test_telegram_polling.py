"""Updates heard from an emulated Telegram over a socket, by asking and at the door."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from channels.telegram.account import TelegramAccount
from channels.telegram.door import TelegramDoor
from channels.telegram.polling import LONGEST_PAUSE, Hear, Poller, pause
from domain.channel import Call
from domain.clock import HandClock
from domain.errors import BadUpdate, Unavailable
from domain.messages import Event, Heard, Incoming
from tests.emulators.telegram import TOKEN, USERNAME, TelegramEmulator, telegram_emulator
from tests.providers.telegram_parcels import HELLO, NO, YES, parcel, telegram_at

CLOCK = HandClock(datetime(2026, 11, 20, tzinfo=UTC))


class Ear:
    """Hears updates, fails as often as it is told to, and lets a test wait for them."""

    def __init__(self, *failures: Exception) -> None:
        self.heard: list[Incoming] = []
        self.tries = 0
        self._failures = list(failures)
        self._news = asyncio.Condition()

    async def __call__(self, event: Event) -> None:
        self.tries += 1
        if self._failures:
            raise self._failures.pop(0)
        assert isinstance(event, Incoming)
        async with self._news:
            self.heard.append(event)
            self._news.notify_all()

    async def texts(self, count: int) -> list[str]:
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.heard) >= count)
        return [incoming.text for incoming in self.heard]


class Pauses:
    """A sleep that takes no time and remembers how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


@contextlib.asynccontextmanager
async def listening(
    emulator: TelegramEmulator, hear: Hear, pauses: Pauses | None = None
) -> AsyncIterator[Poller]:
    poller = Poller(
        TOKEN,
        hear,
        CLOCK,
        base_url=emulator.base_url,
        sleep=pauses or Pauses(),
        chance=lambda: 0.5,
    )
    async with asyncio.TaskGroup() as group:
        running = group.create_task(poller.run())
        yield poller
        running.cancel()


async def test_updates_are_heard_once_and_in_order(emulator: TelegramEmulator) -> None:
    ear = Ear()
    async with listening(emulator, ear) as poller:
        for number in range(5):
            await emulator.say(7, f"/agenda {number}", language_code="ar")
        assert await ear.texts(5) == [f"/agenda {number}" for number in range(5)]
        await emulator.say(7, "last")
        assert (await ear.texts(6))[-1] == "last"
        assert poller.answered_at == CLOCK.now()
    assert [incoming.language for incoming in ear.heard[:5]] == ["ar"] * 5


async def test_what_was_said_while_we_were_away_is_heard_at_the_start(
    emulator: TelegramEmulator,
) -> None:
    await emulator.say(7, "hello?")
    ear = Ear()
    async with listening(emulator, ear):
        assert await ear.texts(1) == ["hello?"]


async def test_an_update_is_kept_until_it_was_heard(emulator: TelegramEmulator) -> None:
    await emulator.say(7, "first")
    await emulator.say(7, "second")
    reached = asyncio.Event()

    async def die(event: Event) -> None:
        del event
        reached.set()
        await asyncio.Event().wait()

    async with listening(emulator, die):
        await reached.wait()
    ear = Ear()
    async with listening(emulator, ear):
        assert await ear.texts(2) == ["first", "second"]


async def test_a_store_that_is_away_is_waited_for(emulator: TelegramEmulator) -> None:
    ear, pauses = Ear(Unavailable(), Unavailable(), Unavailable(), Unavailable()), Pauses()
    await emulator.say(7, "agenda")
    async with listening(emulator, ear, pauses):
        assert await ear.texts(1) == ["agenda"]
    assert pauses.seconds == [1, 2, 4, 8]


async def test_an_update_that_a_bug_cannot_hear_silences_nobody(
    emulator: TelegramEmulator,
) -> None:
    ear = Ear(*[RuntimeError("said: my illness")] * 3)
    await emulator.say(7, "poison")
    await emulator.say(8, "agenda")
    with capture_logs() as logs:
        async with listening(emulator, ear):
            assert await ear.texts(1) == ["agenda"]
    assert ear.tries == 4
    assert [log["event"] for log in logs].count("telegram_update_passed_over") == 1
    assert "illness" not in repr(logs)


async def test_an_unreadable_update_is_passed_over_without_its_content(
    emulator: TelegramEmulator,
) -> None:
    ear = Ear()
    with capture_logs() as logs:
        async with listening(emulator, ear):
            await emulator.tell({"message": {"text": "my illness"}})
            await emulator.say(7, "agenda")
            assert await ear.texts(1) == ["agenda"]
    assert [log["event"] for log in logs] == ["telegram_update_unreadable"]
    assert "illness" not in repr(logs)


@pytest.mark.parametrize(
    ("status", "event"),
    [
        (502, "telegram_unreachable"),
        (409, "telegram_another_program_listens"),
        (401, "telegram_token_refused"),
    ],
)
async def test_trouble_is_named_in_the_log_and_outlived(
    status: int, event: str, emulator: TelegramEmulator
) -> None:
    emulator.fault("getUpdates", status, times=2)
    ear, pauses = Ear(), Pauses()
    with capture_logs() as logs:
        async with listening(emulator, ear, pauses):
            await emulator.say(7, "agenda")
            await ear.texts(1)
    assert [log["event"] for log in logs] == [event] * 2
    assert pauses.seconds == [1, 2]


async def test_a_pause_that_telegram_names_is_kept(emulator: TelegramEmulator) -> None:
    emulator.fault("getUpdates", 429, retry_after=7)
    ear, pauses = Ear(), Pauses()
    async with listening(emulator, ear, pauses):
        await emulator.say(7, "agenda")
        await ear.texts(1)
    assert pauses.seconds == [7]


def test_pauses_grow_to_a_minute_and_never_beyond() -> None:
    assert [pause(failures, 1) for failures in (1, 2, 3)] == [
        timedelta(seconds=seconds) for seconds in (2, 4, 8)
    ]
    assert pause(10_000, 1) == LONGEST_PAUSE
    assert pause(3, 0) == timedelta(0)


async def test_a_press_is_heard_and_its_hourglass_taken_away(emulator: TelegramEmulator) -> None:
    async with telegram_at(emulator.base_url) as telegram:
        reference = await telegram.deliver(parcel(replace(HELLO, choices=(YES, NO))))
    emulator.fault("answerCallbackQuery", 400, description="Bad Request: query is too old")
    ear = Ear()
    async with listening(emulator, ear):
        await emulator.press(7, "Excuse")
        await emulator.press(7, "Je viens")
        assert await ear.texts(2) == ["excuse", "come"]
        await emulator.called("answerCallbackQuery", times=2)
    assert {press.message_ref for press in ear.heard} == {reference}


async def test_who_blocks_us_is_heard_to_leave(emulator: TelegramEmulator) -> None:
    ear = Ear()
    async with listening(emulator, ear):
        await emulator.leave(7)
        await ear.texts(1)
    assert ear.heard[0].kind is Heard.LEFT


async def test_our_own_name_is_learnt_before_listening(emulator: TelegramEmulator) -> None:
    ear = Ear()
    async with listening(emulator, ear):
        await emulator.say(-100, "/agenda@other_bot")
        await emulator.say(-100, f"/agenda@{USERNAME}")
        assert await ear.texts(1) == ["/agenda"]


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

    app = web.Application()
    app.router.add_post("/telegram", hear)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    await runner.cleanup()


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


async def test_listening_takes_over_from_a_webhook(emulator: TelegramEmulator) -> None:
    account = TelegramAccount(TOKEN, base_url=emulator.base_url)
    await account.send_updates_to("http://127.0.0.1:9/telegram", "s3cret")
    await emulator.say(7, "agenda")
    await account.close()
    ear = Ear()
    async with listening(emulator, ear):
        assert await ear.texts(1) == ["agenda"]
