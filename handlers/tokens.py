"""A choice's value: a short token that says on its own what was meant, even a year later."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from domain.messages import CHOICE_BYTES, Choice
from handlers.understanding import Intent

MEANING = "do"
LARGEST_ID = 2**31 - 1
WALL_TIME = "%Y%m%d%H%M"
# What a token has room for, the most telling first; the rest stays in the conversation.
CARRIED = ("date", "date_from", "date_to", "body", "offset", "time", "item_number", "doc_kind")


def token(intent: Intent, slots: Mapping[str, object]) -> str:
    """Return `do:agenda.query?date=2026-02-05&body=council`: an intent, and as much as fits."""
    best = f"{MEANING}:{intent}"
    chosen: list[tuple[str, object]] = []
    for name in CARRIED:
        if slots.get(name):
            longer = [*chosen, (name, slots[name])]
            text = f"{MEANING}:{intent}?{urlencode(longer, safe=':')}"
            if len(text.encode()) <= CHOICE_BYTES:
                best, chosen = text, longer
    return best


def meaning(text: str) -> tuple[Intent, dict[str, object]]:
    """Read what follows `do:`, or raise ValueError."""
    name, _, query = text.partition("?")
    slots = {slot: value for slot, value in parse_qsl(query) if slot in CARRIED}
    return Intent(name), dict(slots)


def number(text: str) -> int:
    """Read an id out of a token, or raise ValueError: what comes back may have been forged."""
    if not text.isascii() or not text.isdigit() or int(text) > LARGEST_ID:
        raise ValueError("not an id")
    return int(text)


def wall_time(text: str) -> datetime:
    """Read a wall time, or raise ValueError."""
    return datetime.strptime(text, WALL_TIME)  # noqa: DTZ007 - a wall time


def written(starts: datetime) -> str:
    """Return a wall time as `wall_time` reads it."""
    return starts.strftime(WALL_TIME)


def word(text: str) -> str:
    return text


def labelled(choices: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    """Return choices from labels and values."""
    return tuple(Choice(label, value) for label, value in choices)
