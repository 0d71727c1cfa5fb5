"""Chats of a web page: how their messages are named, and how long they last."""

from datetime import timedelta

LASTS = timedelta(hours=24)
_NAMED = "web:"  # before the id of a delivery


def reference(delivery_id: int) -> str:
    """Return by which reference a message is known that a page shows."""
    return f"{_NAMED}{delivery_id}"


def number(named: str | None) -> int | None:
    """Return which message a reference names; None when it is none of a page's."""
    said = (named or "").removeprefix(_NAMED)
    return int(said) if said.isdecimal() else None
