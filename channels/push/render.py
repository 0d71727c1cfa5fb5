"""A message as the small JSON that a service worker shows."""

import base64
import hashlib
import json

from channels.push.capabilities import PLAIN_BYTES
from domain.channel import Parcel
from domain.messages import Message
from domain.notices import NoticeClass

CUT = "…"
TITLE_LENGTH = 120  # characters; no system shows as many
WORD_LENGTH = 40  # how far back from a cut an end of a word is looked for
TOPIC_BYTES = 24  # 32 letters of base64url (RFC 8030, 5.4)

URGENCIES = {  # RFC 8030, 5.3: what is worth waking a sleeping telephone
    NoticeClass.EMERGENCY: "high",
    NoticeClass.STATUTORY: "normal",
    NoticeClass.INFORMATIONAL: "low",
}
NO_NOTICE = "normal"


def render(parcel: Parcel) -> bytes:
    """Return a message as JSON of at most PLAIN_BYTES, its text cut where it must be.

    Its `url` is a path of the site that subscribed the browser: there the letter lies.
    """
    message = parcel.message
    title, text = message.title or message.text.partition("\n")[0], message.text
    if not message.title:
        text = message.text.partition("\n")[2]
    plain = {
        "title": _cut(title, TITLE_LENGTH),
        "language": message.language,
        "direction": message.direction,
        "tag": topic(parcel),
        "url": f"/inbox/about/{parcel.delivery_id}",
    }
    room = PLAIN_BYTES - len(_written({**plain, "body": ""}))
    return _written({**plain, "body": _fitting(text, room)})


def words(message: Message) -> str:
    """Return what is shown of a message: its title, and its text as far as there is room."""
    shown = json.loads(render(Parcel(0, "", message)))
    return f"{shown['title']}\n{shown['body']}".strip()


def urgency(parcel: Parcel) -> str:
    return URGENCIES[parcel.notice_class] if parcel.notice_class else NO_NOTICE


def topic(parcel: Parcel) -> str:
    """Name what a message is about: what comes later about the same replaces what still waits.

    All that is said of one session, or else this delivery alone. The push service reads it, so it
    tells nothing.
    """
    event = parcel.message.event
    about = event.uid if event else f"delivery-{parcel.delivery_id}"
    digest = hashlib.sha256(about.encode()).digest()[:TOPIC_BYTES]
    return base64.urlsafe_b64encode(digest).decode()


def _fitting(text: str, room: int) -> str:
    """Return `text` cut to what fits into `room` bytes."""
    text = text[: room + 1]  # each has a byte at least
    if _bytes(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _bytes(text[:middle] + CUT) <= room else (low, middle - 1)
    return _ended(text[:low])


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else _ended(text[: most - len(CUT)])


def _ended(kept: str) -> str:
    """Return the beginning of a text with the sign of a cut, after a word where one ends near."""
    head = kept[:-WORD_LENGTH]
    tail, space, _ = kept[len(head) :].rpartition(" ")
    return ((head + tail) if space else kept).rstrip() + CUT


def _bytes(text: str) -> int:
    return len(_written(text)) - 2  # without its quotes


def _written(value: object) -> bytes:
    # A lone surrogate cannot be written; whoever reads it sees that something was there.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")
