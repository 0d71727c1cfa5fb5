import asyncio
from dataclasses import replace

import pytest

from channels.email.letters import Letters
from domain.channel import Parcel
from domain.clock import HandClock
from domain.errors import Misconfigured, Undeliverable, Unreachable
from domain.messages import Message
from tests.channels.email.samples import (
    CONVENED,
    NOW,
    PLAIN,
    SENDER,
    SESSION,
    WITH_FILE,
    file_bytes,
    key,
    letters,
)


def parcel(message: Message, key: str | None = "notice:1:fr") -> Parcel:
    return Parcel(1, "a@casablanca.test", message, content_key=key)


async def test_a_content_is_built_once_however_many_wait_for_it() -> None:
    asked: list[str] = []

    async def counted(sha256: str) -> bytes:
        asked.append(sha256)
        return await file_bytes(sha256)

    room = Letters(SENDER, files=counted, clock=HandClock(NOW), key=key)
    built = await asyncio.gather(*(room.letter(parcel(WITH_FILE)) for _ in range(20)))
    assert len(asked) == 1
    assert all(letter is built[0] for letter in built)


async def test_a_message_of_its_own_is_built_anew() -> None:
    room = letters()
    first = await room.letter(parcel(PLAIN, None))
    assert await room.letter(parcel(PLAIN, None)) is not first


async def test_only_so_much_is_kept_and_the_oldest_goes_first() -> None:
    room = letters(kept_bytes=8_000)
    first = await room.letter(parcel(PLAIN, "first"))
    for number in range(20):
        await room.letter(parcel(replace(PLAIN, title=f"Séance {number}"), f"{number}"))
    last = await room.letter(parcel(PLAIN, "last"))
    assert await room.letter(parcel(PLAIN, "last")) is last
    assert await room.letter(parcel(PLAIN, "first")) is not first


async def test_a_file_that_cannot_be_read_now_is_waited_for() -> None:
    lost = replace(WITH_FILE.attachments[0], sha256="b" * 64)
    with pytest.raises(Unreachable, match="attachment_unreadable"):
        await letters().letter(parcel(replace(WITH_FILE, attachments=(lost,))))


async def test_files_beyond_what_servers_take_are_refused_before_they_are_read() -> None:
    heavy = replace(WITH_FILE.attachments[0], size=10_000_001, sha256="unread")
    with pytest.raises(Undeliverable, match="too_large"):
        await letters().letter(parcel(replace(WITH_FILE, attachments=(heavy,))))


async def test_a_session_in_a_zone_that_is_not_is_refused() -> None:
    nowhere = replace(SESSION, zone="Africa/Nowhere")
    with pytest.raises(Undeliverable, match="unknown_zone"):
        await letters().letter(parcel(replace(CONVENED, event=nowhere)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Conseil\r\nBcc: a@b.test"},
        {"address": "conseil@casa.test\n"},
        {"address": "conseil"},
        {"address": "<conseil@casa.test>"},
        {"host": "casa test"},
        {"host": ""},
        {"list_id": "liste\r\n"},
    ],
)
def test_a_sender_that_could_forge_a_header_stops_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(Misconfigured):
        Letters(replace(SENDER, **wrong), files=file_bytes, clock=HandClock(NOW), key=key)
