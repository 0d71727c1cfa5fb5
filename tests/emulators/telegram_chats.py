"""What stands in an emulated chat, and the shapes that people's doings have on the wire."""

import itertools
import json
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as a person sees it; `text` is without markup, `html` with it."""

    chat_id: int
    message_id: int
    text: str
    html: str
    rows: tuple[tuple[Button, ...], ...] = ()
    document: Document | None = None
    is_edited: bool = False

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(itertools.chain.from_iterable(self.rows))

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


class Chats:
    """All that was sent: as it is seen now, and as it came."""

    def __init__(self) -> None:
        self.seen: dict[int, list[Sent]] = {}
        self.all: list[Sent] = []

    def show(self, message: Sent) -> None:
        seen = self.seen.setdefault(message.chat_id, [])
        places = [place for place, old in enumerate(seen) if old.message_id == message.message_id]
        if places:
            seen[places[0]] = message
        else:
            seen.append(message)
        self.all.append(message)

    def history(self, chat_id: int) -> list[Sent]:
        return [message for message in self.all if message.chat_id == chat_id]

    def found(self, chat_id: int, message_id: int) -> Sent | None:
        seen = self.seen.get(chat_id, ())
        return next((message for message in seen if message.message_id == message_id), None)

    def offering(self, chat_id: int, label: str, message_id: int | None) -> Sent:
        """Return the latest message that shows this button, or a given one."""
        for message in reversed(self.seen.get(chat_id, ())):
            if label in message.labels and message_id in {None, message.message_id}:
                return message
        raise LookupError(f"no message in {chat_id} shows a button {label!r}")


def wire_chat(chat_id: int) -> dict[str, Any]:
    if chat_id > 0:
        return {"id": chat_id, "type": "private", "first_name": "Person"}
    return {"id": chat_id, "type": "supergroup", "title": "Group"}


def wire_joining(chat_id: int, bot: dict[str, Any], by: int | None = None) -> dict[str, Any]:
    return {
        "chat": wire_chat(chat_id),
        "from": wire_person(by or chat_id, None),
        "date": int(time.time()),
        "old_chat_member": {"status": "left", "user": bot},
        "new_chat_member": {"status": "member", "user": bot},
    }


def wire_person(chat_id: int, language_code: str | None) -> dict[str, Any]:
    language = {"language_code": language_code} if language_code else {}
    return {"id": abs(chat_id), "is_bot": False, "first_name": "Person", **language}


def rows_of(fields: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    markup = fields.get("reply_markup") or {}
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    return tuple(
        tuple(
            Button(button["text"], button.get("callback_data", ""), button.get("url", ""))
            for button in row
        )
        for row in keyboard.get("inline_keyboard", ())
    )


def wire_message(
    chat_id: int, message_id: int, language_code: str | None, **fields: Any
) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "date": int(time.time()),
        "chat": wire_chat(chat_id),
        "from": wire_person(chat_id, language_code),
        **fields,
    }


def wire_press(
    message: Sent, label: str, ref: str, language_code: str | None, by: int | None = None
) -> dict[str, Any]:
    shown = wire_message(message.chat_id, message.message_id, None, text=message.text)
    return {
        "id": ref,
        "from": wire_person(by or message.chat_id, language_code),
        "chat_instance": "1",
        "data": next(button.value for button in message.buttons if button.label == label),
        "message": shown,
    }


def wire_leaving(chat_id: int, bot: dict[str, Any]) -> dict[str, Any]:
    return {
        "chat": wire_chat(chat_id),
        "from": wire_person(chat_id, None),
        "date": int(time.time()),
        "old_chat_member": {"status": "member", "user": bot},
        "new_chat_member": {"status": "kicked", "user": bot, "until_date": 0},
    }
