"""Files that people send on an emulated Telegram, fetched over a socket."""

from collections.abc import AsyncIterator

import pytest

from domain.channel import Fetching
from domain.errors import Undeliverable, Unreachable
from tests.emulators.telegram import TelegramEmulator, telegram_emulator
from tests.providers.telegram_listening import Ear, listening
from tests.providers.telegram_parcels import telegram_at

PDF = b"%PDF-1.7 " + bytes(range(256)) * 400


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with telegram_emulator() as running:
        yield running


async def test_a_file_that_was_sent_is_heard_and_fetched_whole(emulator: TelegramEmulator) -> None:
    document = emulator.holds(PDF, name="pétition.pdf", media_type="application/pdf")
    ear = Ear()
    async with listening(emulator.base_url, ear):
        await emulator.post(7, document=document, caption="la voici")
        await ear.texts(1)
    (file,) = ear.heard[0].files
    assert (file.name, file.media_type, file.size) == ("pétition.pdf", "application/pdf", len(PDF))
    async with telegram_at(emulator.base_url, base_file_url=emulator.base_file_url) as telegram:
        assert isinstance(telegram, Fetching)
        assert await telegram.fetch(file.ref, most=len(PDF)) == PDF


async def test_of_a_photo_the_largest_is_brought(emulator: TelegramEmulator) -> None:
    sizes = [emulator.holds(b"\xff\xd8\xff" * size, name="") for size in (1, 9)]
    ear = Ear()
    async with listening(emulator.base_url, ear):
        await emulator.post(7, photo=[{**one, "width": 1, "height": 1} for one in sizes])
        await ear.texts(1)
    (file,) = ear.heard[0].files
    assert (file.ref, file.name, file.size) == (sizes[1]["file_id"], "photo.jpg", 27)


@pytest.mark.parametrize(
    ("most", "ref", "code"), [(len(PDF) - 1, None, "file_too_big"), (1, "nothing", "file_gone")]
)
async def test_a_file_that_is_gone_or_too_big_is_not_fetched(
    emulator: TelegramEmulator, most: int, ref: str | None, code: str
) -> None:
    held = emulator.holds(PDF, name="a.pdf")
    async with telegram_at(emulator.base_url, base_file_url=emulator.base_file_url) as telegram:
        with pytest.raises(Undeliverable) as refused:
            await telegram.fetch(ref or held["file_id"], most=most)
    assert refused.value.code == code


async def test_a_telegram_that_is_away_is_asked_later(emulator: TelegramEmulator) -> None:
    emulator.fault("getFile", 502)
    async with telegram_at(emulator.base_url, base_file_url=emulator.base_file_url) as telegram:
        with pytest.raises(Unreachable):
            await telegram.fetch("any", most=1)
