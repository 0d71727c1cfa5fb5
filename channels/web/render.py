"""A message as the script of a page reads it."""

from typing import Any

from domain.chats import number
from domain.messages import Message


def render(delivery_id: int, message: Message) -> dict[str, Any]:
    """Return a message as plain values; `replaces` is the one it stands in place of."""
    return {
        "id": delivery_id,
        "replaces": number(message.replaces or message.amends),
        "title": message.title,
        "text": message.text,
        "language": message.language,
        "direction": message.direction,
        "choices": [{"label": one.label, "value": one.value} for one in message.choices],
        "papers": [
            {
                "name": one.name,
                "media_type": one.media_type,
                "size": one.size,
                "path": f"/chat/messages/{delivery_id}/papers/{one.sha256}",
            }
            for one in message.attachments
        ],
    }
