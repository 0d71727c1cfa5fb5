"""Updates heard from an emulated Telegram over a socket, by asking for them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from channels.telegram.account import TelegramAccount
from channels.telegram.polling import LONGEST_PAUSE, pause
from domain.errors import Unavailable
from domain.messages import Event, Heard
from tests.emulators.telegram import TOKEN, USERNAME, TelegramEmulator, telegram_emulator
from tests.providers.telegram_listening import CLOCK, Ear, Pauses, listening, on_a_socket
from tests.providers.telegram_parcels import HELLO, NO, YES, parcel, telegram_at


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


async def test_updates_are_heard_once_and_in_order(emulator: TelegramEmulator) -> None:
    ear = Ear()
    async with listening(emulator.base_url, ear) as poller:
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
    async with listening(emulator.base_url, ear):
        assert await ear.texts(1) == ["hello?"]


async def test_an_update_is_kept_until_it_was_heard(emulator: TelegramEmulator) -> None:
    await emulator.say(7, "first")
    await emulator.say(7, "second")
    reached = asyncio.Event()

    async def die(event: Event) -> None:
        del event
        reached.set()
        await asyncio.Event().wait()

    async with listening(emulator.base_url, die):
        await reached.wait()
    ear = Ear()
    async with listening(emulator.base_url, ear):
        assert await ear.texts(2) == ["first", "second"]


async def test_a_store_that_is_away_is_waited_for(emulator: TelegramEmulator) -> None:
    ear, pauses = Ear(Unavailable(), Unavailable(), Unavailable(), Unavailable()), Pauses()
    await emulator.say(7, "agenda")
    async with listening(emulator.base_url, ear, pauses):
        assert await ear.texts(1) == ["agenda"]
    assert pauses.seconds == [1, 2, 4, 8]


async def test_an_update_that_a_bug_cannot_hear_silences_nobody(
    emulator: TelegramEmulator,
) -> None:
    ear = Ear(*[RuntimeError("said: my illness")] * 3)
    await emulator.say(7, "poison")
    await emulator.say(8, "agenda")
    with capture_logs() as logs:
        async with listening(emulator.base_url, ear):
            assert await ear.texts(1) == ["agenda"]
    assert ear.tries == 4
    assert [log["event"] for log in logs].count("telegram_update_passed_over") == 1
    assert "illness" not in repr(logs)


async def test_an_unreadable_update_is_passed_over_without_its_content(
    emulator: TelegramEmulator,
) -> None:
    ear = Ear()
    with capture_logs() as logs:
        async with listening(emulator.base_url, ear):
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
        async with listening(emulator.base_url, ear, pauses):
            await emulator.say(7, "agenda")
            await ear.texts(1)
    assert [log["event"] for log in logs] == [event] * 2
    assert pauses.seconds == [1, 2]


@pytest.mark.parametrize("result", ["true", '[{"text": "no number"}]'])
async def test_an_answer_that_makes_no_sense_is_outlived(result: str) -> None:
    """A captive portal or a broken proxy may answer anything."""
    ear, pauses = Ear(), Pauses()

    async def babble(request: web.Request) -> web.Response:
        if request.path.endswith("getUpdates"):
            return web.Response(text=f'{{"ok": true, "result": {result}}}')
        return web.json_response({"ok": True, "result": {}})

    async with on_a_socket(babble) as url, listening(f"{url}/bot", ear, pauses):
        assert await pauses.first(3) == [1, 2, 4]
    assert ear.heard == []


async def test_a_pause_that_telegram_names_is_kept(emulator: TelegramEmulator) -> None:
    emulator.fault("getUpdates", 429, retry_after=7)
    ear, pauses = Ear(), Pauses()
    async with listening(emulator.base_url, ear, pauses):
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
    async with listening(emulator.base_url, ear):
        await emulator.press(7, "Excuse")
        await emulator.press(7, "Je viens")
        assert await ear.texts(2) == ["excuse", "come"]
        await emulator.called("answerCallbackQuery", times=2)
    assert {press.message_ref for press in ear.heard} == {reference}


async def test_who_blocks_us_is_heard_to_leave(emulator: TelegramEmulator) -> None:
    ear = Ear()
    async with listening(emulator.base_url, ear):
        await emulator.leave(7)
        await ear.texts(1)
    assert ear.heard[0].kind is Heard.LEFT


async def test_our_own_name_is_learnt_before_listening(emulator: TelegramEmulator) -> None:
    ear = Ear()
    async with listening(emulator.base_url, ear):
        await emulator.say(-100, "/agenda@other_bot")
        await emulator.say(-100, f"/agenda@{USERNAME}")
        assert await ear.texts(1) == ["/agenda"]


async def test_listening_takes_over_from_a_webhook(emulator: TelegramEmulator) -> None:
    account = TelegramAccount(TOKEN, base_url=emulator.base_url)
    await account.send_updates_to("http://127.0.0.1:9/telegram", "s3cret")
    await emulator.say(7, "agenda")
    await account.close()
    ear = Ear()
    async with listening(emulator.base_url, ear):
        assert await ear.texts(1) == ["agenda"]


async def test_of_two_programs_one_listens_and_the_other_takes_over(
    emulator: TelegramEmulator,
) -> None:
    first, second, pauses = Ear(), Ear(), Pauses()
    with capture_logs() as logs:
        async with listening(emulator.base_url, first):
            await emulator.say(7, "before")
            await first.texts(1)
            async with listening(emulator.base_url, second, pauses):
                await pauses.first(1)
                await emulator.say(7, "meanwhile")
                await first.texts(2)
        assert second.heard == []
        async with listening(emulator.base_url, second, pauses):
            await emulator.say(7, "afterwards")
            assert await second.texts(1) == ["afterwards"]
    assert {log["event"] for log in logs} == {"telegram_another_program_listens"}
    assert [one.text for one in first.heard] == ["before", "meanwhile"]


async def test_a_webhook_that_another_program_sets_is_named_as_the_cause(
    emulator: TelegramEmulator,
) -> None:
    account = TelegramAccount(TOKEN, base_url=emulator.base_url)
    ear, pauses = Ear(), Pauses()
    with capture_logs() as logs:
        async with listening(emulator.base_url, ear, pauses):
            await emulator.say(7, "hello")
            await ear.texts(1)
            await account.send_updates_to("http://127.0.0.1:9/telegram", "s3cret")
            await emulator.say(7, "lost?")
            await pauses.first(1)
            await account.keep_updates()
            assert await ear.texts(2) == ["hello", "lost?"]
    await account.close()
    assert {log["event"] for log in logs} == {"telegram_calls_a_webhook_of_another_program"}
