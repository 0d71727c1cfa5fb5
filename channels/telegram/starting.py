"""Links that open a private talk with our bot, and what it is then told: `/start PAYLOAD`."""

import re
from collections.abc import Iterable

from domain.messages import OPENS, Choice

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Bot API, "Deep Linking"


def deep_link(username: str, payload: str) -> str:
    """Return the link; one whose payload Telegram would not carry opens the talk and no more."""
    opening = f"?start={payload}" if PAYLOAD.fullmatch(payload) else ""
    return f"https://t.me/{username}{opening}"


def leads_away(choices: Iterable[Choice]) -> bool:
    """Say whether one of these opens a private talk."""
    return any(choice.value.startswith(OPENS) for choice in choices)
