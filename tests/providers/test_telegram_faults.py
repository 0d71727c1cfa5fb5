"""What can go wrong on the way to Telegram, over a socket."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from channels.telegram.provider import TelegramProvider
from channels.telegram.raw_bot import RawBot
from channels.telegram.request import Unanswered
from domain.errors import Failed, Misconfigured, Uncertain, Undeliverable, Unreachable
from tests.emulators.telegram import TOKEN, TelegramEmulator, telegram_emulator
from tests.providers.telegram_parcels import AGENDA, BUDGET, HELLO, YES, parcel, telegram_at


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


@pytest.fixture
async def telegram(emulator: TelegramEmulator) -> AsyncIterator[TelegramProvider]:
    async with telegram_at(emulator.base_url) as provider:
        yield provider


async def test_a_pause_that_telegram_names_is_passed_on_to_the_second(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    emulator.fault("sendMessage", 429, retry_after=17)
    with pytest.raises(Unreachable) as failure:
        await telegram.deliver(parcel(HELLO))
    assert failure.value.retry_after == timedelta(seconds=17)
    assert emulator.sent(7) == []


async def test_a_message_told_in_part_goes_on_where_it_stopped(
    emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    message = replace(HELLO, choices=(YES,), attachments=(AGENDA, BUDGET))
    emulator.fault("sendDocument", 429, retry_after=1)
    with pytest.raises(Unreachable):
        await telegram.deliver(parcel(message, delivery_id=5))
    reference = await telegram.deliver(parcel(message, delivery_id=5))
    assert [bool(sent.document) for sent in emulator.sent(7)] == [False, True, True]
    assert reference == f"7:{emulator.sent(7)[0].message_id}"


DEAD, ALIVE = True, False


@pytest.mark.parametrize(
    ("status", "description", "code", "is_address_dead"),
    [
        (403, "Forbidden: bot was blocked by the user", "blocked", DEAD),
        (403, "Forbidden: user is deactivated", "deactivated", DEAD),
        (403, "Forbidden: bot was kicked from the supergroup chat", "kicked", DEAD),
        (403, "Forbidden: the group chat was deleted", "chat_deleted", DEAD),
        (403, "Forbidden: bot can't initiate conversation with a user", "never_started", DEAD),
        (403, "Forbidden: something new", "forbidden", DEAD),
        (400, "Bad Request: chat not found", "chat_not_found", DEAD),
        (400, "Bad Request: PEER_ID_INVALID", "chat_not_found", DEAD),
        (400, "Bad Request: not enough rights to send text messages", "no_rights", DEAD),
        (400, "Bad Request: can't parse entities: <x>", "markup_refused", ALIVE),
        (400, "Bad Request: message is too long", "too_long", ALIVE),
        (400, "Bad Request: BUTTON_DATA_INVALID", "bad_request", ALIVE),
        (413, "Request Entity Too Large", "file_too_big", ALIVE),
    ],
)
async def test_a_refusal_for_good_says_whether_the_address_is_dead(
    status: int,
    description: str,
    code: str,
    is_address_dead: bool,  # noqa: FBT001 - a column of the table
    emulator: TelegramEmulator,
    telegram: TelegramProvider,
) -> None:
    emulator.fault("sendMessage", status, description=description)
    with pytest.raises(Undeliverable) as failure:
        await telegram.deliver(parcel(HELLO))
    assert (failure.value.code, failure.value.is_address_dead) == (code, is_address_dead)
    assert len(emulator.calls_of("sendMessage")) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (500, "unreachable"),
        (502, "unreachable"),
        (504, "unreachable"),
        (429, "flood"),
        (401, "token_refused"),
        (404, "token_refused"),
        (409, "conflict"),
    ],
)
async def test_trouble_at_telegram_is_for_later(
    status: int, code: str, emulator: TelegramEmulator, telegram: TelegramProvider
) -> None:
    emulator.fault("sendMessage", status)
    with pytest.raises(Unreachable) as failure:
        await telegram.deliver(parcel(HELLO))
    assert (failure.value.code, failure.value.retry_after) == (code, None)


async def test_an_address_that_is_no_chat_is_dead(telegram: TelegramProvider) -> None:
    with pytest.raises(Undeliverable) as failure:
        await telegram.deliver(parcel(HELLO, "somebody"))
    assert failure.value.is_address_dead


async def test_a_group_that_moved_is_followed_and_its_new_address_told(
    emulator: TelegramEmulator,
) -> None:
    moves: list[tuple[str, str]] = []

    async def migrated(old: str, new: str) -> None:
        moves.append((old, new))

    emulator.fault("sendMessage", 400, migrate_to_chat_id=-1009)
    message = replace(HELLO, attachments=(AGENDA, BUDGET))
    async with telegram_at(emulator.base_url, migrated=migrated) as provider:
        reference = await provider.deliver(parcel(message, "-9"))
    assert reference.startswith("-1009:")
    assert moves == [("-9", "-1009")]
    assert (len(emulator.sent(-9)), len(emulator.sent(-1009))) == (0, 3)


async def test_a_telegram_that_is_not_there_is_unreachable(
    emulator: TelegramEmulator,
) -> None:
    async with telegram_at("http://127.0.0.1:9/bot") as provider:
        with pytest.raises(Unreachable):
            await provider.deliver(parcel(HELLO))
    async with telegram_at("http://no.such.host.invalid/bot") as provider:
        with pytest.raises(Unreachable):
            await provider.deliver(parcel(HELLO))
    assert emulator.calls == []


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@contextlib.asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    """Run a Telegram that answers whatever it is asked in one way, and give its base address."""
    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/bot"
    await runner.cleanup()


async def _hang_up(request: web.Request) -> web.StreamResponse:
    await request.read()
    assert request.transport
    request.transport.close()
    return web.Response()


async def _stop_halfway(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true')
    assert request.transport
    request.transport.close()
    return response


def _saying(text: str) -> Answer:
    async def say(request: web.Request) -> web.StreamResponse:
        del request
        return web.Response(text=text)

    return say


LOST: dict[str, Answer] = {
    "hung up": _hang_up,
    "stopped halfway": _stop_halfway,
    "a gateway's page": _saying("<html>gateway</html>"),
    "no result": _saying("{}"),
    "not an object": _saying("[]"),
    "not a message": _saying('{"ok": true, "result": true}'),
    "half a message": _saying('{"ok": true, "result": {"message_id": 5}}'),
}


@pytest.mark.parametrize("answer", LOST.values(), ids=LOST)
async def test_a_send_whose_answer_is_lost_is_uncertain(answer: Answer) -> None:
    async with answering(answer) as base_url, telegram_at(base_url) as provider:
        with pytest.raises(Uncertain):
            await provider.deliver(parcel(HELLO))


async def test_a_send_that_is_never_answered_is_uncertain() -> None:
    async def hang(request: web.Request) -> web.StreamResponse:
        await request.read()
        await asyncio.Event().wait()
        raise AssertionError

    async with answering(hang) as base_url:
        bot = RawBot(TOKEN, base_url)
        with pytest.raises(Unanswered):
            await bot.ask("sendMessage", reading=timedelta(milliseconds=50), chat_id="7", text="x")
        await bot.hang_up()


def chain(error: BaseException | None) -> list[BaseException]:
    return [error, *chain(error.__context__)] if error else []


async def test_the_token_is_in_no_error_and_no_log(
    emulator: TelegramEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    secret = TOKEN.partition(":")[2]
    caplog.set_level(logging.INFO)
    emulator.fault("sendMessage", 401, description="Unauthorized")
    addresses = ["http://127.0.0.1:9/bot", "http://[::1/bot", "nothing://x/bot", emulator.base_url]
    for base_url in addresses:
        async with telegram_at(base_url) as provider:
            with pytest.raises(Failed) as failure:
                await provider.deliver(parcel(HELLO))
        assert secret not in repr(chain(failure.value))
    with pytest.raises(Misconfigured) as refusal:
        RawBot("my secret", "http://127.0.0.1:9/bot")
    assert "my secret" not in str(refusal.value)
    assert secret not in caplog.text
