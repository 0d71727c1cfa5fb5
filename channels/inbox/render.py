"""A message as the mailbox's page reads it."""

from typing import Any

from domain.messages import Message


def render(message: Message) -> dict[str, Any]:
    """Return the message as plain values, with the direction it is read in."""
    return {**message.to_json(), "direction": message.direction}
