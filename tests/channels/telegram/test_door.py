"""Who is let in at Telegram's door."""

import json
from datetime import UTC, datetime

import pytest

from channels.telegram.door import LARGEST_BODY, TelegramDoor
from domain.channel import Call
from domain.clock import HandClock
from domain.errors import BadUpdate, Misconfigured, Stranger
from tests.emulators.telegram_chats import wire_message

SECRET = "s3cret_-"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY = json.dumps({"update_id": 41, "message": wire_message(5, 90, "fr", text="/agenda")}).encode()

DOOR = TelegramDoor(SECRET, HandClock(datetime(2026, 11, 20, tzinfo=UTC)), username="us_bot")


def test_the_right_secret_is_let_in_however_its_header_is_written() -> None:
    for name in (HEADER, HEADER.lower()):
        (event,) = DOOR.events(Call({name: SECRET}, BODY))
        assert event.channel is DOOR.channel


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "other"}, {HEADER: SECRET + "é"}])
def test_a_stranger_is_refused_before_anything_is_read(headers: dict[str, str]) -> None:
    with pytest.raises(Stranger, match="secret"):
        DOOR.events(Call(headers, b"not even JSON"))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[" * 200_000, b"null", b"x" * (LARGEST_BODY + 1)]
)
def test_a_body_that_is_no_update_is_refused(body: bytes) -> None:
    with pytest.raises(BadUpdate):
        DOOR.events(Call({HEADER: SECRET}, body))


def test_an_update_that_is_not_for_us_is_let_in_as_nothing() -> None:
    body = json.dumps({"update_id": 1, "kind_of_next_year": {}}).encode()
    assert DOOR.events(Call({HEADER: SECRET}, body)) == ()


@pytest.mark.parametrize("secret", ["", "a b", "é", "x" * 257])
def test_a_secret_that_telegram_would_not_take_is_named_at_the_start(secret: str) -> None:
    with pytest.raises(Misconfigured, match="secret"):
        TelegramDoor(secret, HandClock(datetime(2026, 11, 20, tzinfo=UTC)))
