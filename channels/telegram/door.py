"""The door that Telegram calls: its secret is checked before anything is read."""

import hmac
import json
import re
from collections.abc import Sequence
from typing import Any

from channels.telegram.inbound import courtesy, translate
from domain.addresses import Channel
from domain.channel import Call
from domain.clock import Clock
from domain.errors import BadUpdate, Misconfigured, Stranger
from domain.messages import Event

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook
LARGEST_BODY = 1024 * 1024  # bytes; updates are some kilobytes


class TelegramDoor:
    """`secret` is the one given to setWebhook; `username` is our bot's, for commands to it."""

    channel = Channel.TELEGRAM

    def __init__(self, secret: str, clock: Clock, *, username: str | None = None) -> None:
        """Raise Misconfigured when Telegram would not take `secret`."""
        if not SECRET_SHAPE.fullmatch(secret):
            raise Misconfigured(
                "The Telegram webhook secret must be 1 to 256 letters, digits, _ or -."
            )
        self._secret = secret.encode()
        self._clock = clock
        self._username = username

    def events(self, call: Call) -> Sequence[Event]:
        """Verify the call and translate it, changing nothing; raise BadUpdate or Stranger."""
        event = translate(self._read(call), self._clock.now(), self._username)
        return (event,) if event else ()

    def courtesy(self, call: Call) -> dict[str, Any] | None:
        """Return the JSON to answer a heard call with, or None for an empty answer."""
        return courtesy(self._read(call))

    def _read(self, call: Call) -> Any:
        if not hmac.compare_digest(_secret(call), self._secret):
            raise Stranger("the secret token is wrong")
        if len(call.body) > LARGEST_BODY:
            raise BadUpdate("the body is too large")
        try:
            return json.loads(call.body)
        except (ValueError, RecursionError) as error:
            raise BadUpdate("the body is not JSON") from error


def _secret(call: Call) -> bytes:
    for name, value in call.headers.items():
        if name.lower() == SECRET_HEADER:
            return value.encode(errors="replace")
    return b""
