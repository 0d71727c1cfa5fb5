"""What the council publishes, as JSON for a program: the words of docs/howto/webhooks.md."""

import json
from typing import Any

from domain.messages import Attachment, CalendarEvent, Message
from domain.webhooks import Bulletin

VERSION = 1  # a field may be added; one that changes its meaning makes this 2


def render(bulletin: Bulletin, delivery_id: int) -> bytes:
    """Return the body to sign and post, the same whenever the delivery is repeated."""
    at = bulletin.published_at
    plain = {
        "version": VERSION,
        "delivery": str(delivery_id),
        "kind": bulletin.kind,
        "class": bulletin.notice_class,
        "notice": bulletin.notice_id,
        "published_at": at.isoformat() if at else None,
        "body": bulletin.body_key,
        "session": _session(bulletin),
        "content": {
            language: _words(message, is_closed=bulletin.is_closed)
            for language, message in sorted(bulletin.content.items())
        },
        "documents": _documents(bulletin),
    }
    # A lone surrogate cannot be written; whoever reads it sees that something was there.
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def _words(message: Message, *, is_closed: bool) -> dict[str, Any]:
    return {
        "title": message.title,
        "text": None if is_closed else message.text,
        "direction": message.direction,
    }


def _session(bulletin: Bulletin) -> dict[str, Any] | None:
    if bulletin.session_id is None:
        return None
    events = (message.event for message in bulletin.content.values())
    event = next(filter(None, events), None)
    return {"id": bulletin.session_id, **(_event(event) if event else {})}


def _event(event: CalendarEvent) -> dict[str, Any]:
    """Return a meeting as a calendar knows it (RFC 5545); times are wall times in `zone`."""
    return {
        "uid": event.uid,
        "sequence": event.sequence,
        "status": event.status,
        "starts": event.starts.isoformat(),
        "ends": event.ends.isoformat(),
        "zone": event.zone,
        "place": event.place,
    }


def _documents(bulletin: Bulletin) -> list[dict[str, Any]]:
    """Return the public papers, each once, by their name."""
    files: dict[str, Attachment] = {
        file.sha256: file
        for message in bulletin.content.values()
        for file in message.attachments
        if file.sha256 in bulletin.public_files
    }
    return [
        {
            "name": file.name,
            "media_type": file.media_type,
            "sha256": file.sha256,
            "size": file.size,
        }
        for file in sorted(files.values(), key=lambda file: (file.name, file.sha256))
    ]
