"""Telegram's updates in our own words; pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatType

from channels.telegram.things import brought, thing
from domain.addresses import Channel
from domain.errors import BadUpdate
from domain.lettering import cleaned
from domain.messages import MESSAGE_OF_A_TALKER, Heard, Incoming

HEARD_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

# What python-telegram-bot raises for shapes it did not expect.
MALFORMED = (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError)

GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})
_COMMAND = re.compile(r"(/\w+)@(\w+)(.*)", re.DOTALL)
_MENTION = re.compile(r"@(\w+)\b[\s,:،]*(.*)", re.DOTALL)


def translate(plain: Any, now: datetime, username: str | None = None) -> Incoming | None:
    """Return what was done, or None when it is not for us; raise BadUpdate when unreadable.

    `username`: our bot's. Without it, what is said to any bot is taken as said to us. A press has
    no time of its own, so it gets `now`.
    """
    update = _read(plain)
    try:
        if update.callback_query:
            return _press(update.update_id, update.callback_query, now)
        if update.message:
            return _said(update.update_id, update.message, username)
        if update.edited_message:
            return _edited(update.update_id, update.edited_message)
        if update.my_chat_member:
            return _let_in_or_out(update.update_id, update.my_chat_member)
    except MALFORMED as error:
        raise BadUpdate("an update with fields of the wrong kind") from error
    return None


def courtesy(plain: Any) -> dict[str, Any] | None:
    """Return the call Telegram expects at once for an update, or None.

    A pressed button shows an hourglass until its press is answered. In answer to a webhook the
    call may be the response's body.
    """
    query = plain.get("callback_query") if isinstance(plain, Mapping) else None
    ref = query.get("id") if isinstance(query, Mapping) else None
    return {"method": "answerCallbackQuery", "callback_query_id": ref} if ref else None


def _read(plain: Any) -> Update:
    if not isinstance(plain, dict) or type(plain.get("update_id")) is not int:
        raise BadUpdate("not an update of Telegram's")
    try:
        return Update.de_json(plain, None)
    except MALFORMED as error:
        raise BadUpdate("an update of unknown shape") from error


def _press(update_id: int, query: CallbackQuery, now: datetime) -> Incoming | None:
    if query.message is None or query.data is None:  # of an inline result or a game: not ours
        return None
    chat = query.message.chat
    return _heard(
        update_id,
        chat,
        query.from_user,
        kind=Heard.PRESS,
        at=now,
        text=_text(query.data),
        message_ref=f"{_address(chat)}:{_whole(query.message.message_id)}",
    )


def _said(update_id: int, message: Message, username: str | None) -> Incoming | None:
    if message.migrate_to_chat_id:
        new = str(_whole(message.migrate_to_chat_id))
        return _heard(update_id, message.chat, None, kind=Heard.MOVED, at=message.date, text=new)
    words = message.text or message.caption or ""
    text = _for_us(_text(words), message, username)
    if text is None or _is_of_a_bot(message):
        return None
    beside = thing(message)
    if not text and beside is None:
        return None  # the chat's own news: somebody joined, a title changed
    return _heard(
        update_id,
        message.chat,
        _speaker(message),
        kind=Heard.TEXT if text else Heard.OTHER,
        at=message.date,
        text=text,
        thing=beside,
        files=brought(message),
        own_ref=_ref(message),
        is_forwarded=message.forward_origin is not None,
    )


def _edited(update_id: int, message: Message) -> Incoming | None:
    """Return what now reads otherwise; in a group, what was said stands as it was heard."""
    text = _text(message.text or message.caption or "")
    if not text or not _is_private(message.chat):
        return None
    return _heard(
        update_id,
        message.chat,
        message.from_user,
        kind=Heard.EDITED,
        at=message.edit_date or message.date,
        text=text,
        own_ref=_ref(message),
    )


def _let_in_or_out(update_id: int, change: ChatMemberUpdated) -> Incoming | None:
    was_out = change.old_chat_member.status in GONE
    is_out = change.new_chat_member.status in GONE
    if not is_out and (not was_out or _is_private(change.chat)):
        return None
    kind = Heard.LEFT if is_out else Heard.JOINED
    return _heard(update_id, change.chat, change.from_user, kind=kind, at=change.date)


def _heard(
    update_id: int, chat: Chat, speaker: User | None, *, kind: Heard, at: datetime, **more: Any
) -> Incoming:
    """Return what somebody did; a private talk has the number of whoever talks there."""
    is_private = _is_private(chat)
    return Incoming(
        channel=Channel.TELEGRAM,
        address=_address(chat),
        update_ref=str(update_id),
        kind=kind,
        at=at,
        language=_language(speaker),
        is_private=is_private,
        speaker=None if is_private or speaker is None else str(_whole(speaker.id)),
        **more,
    )


def _for_us(text: str, message: Message, username: str | None) -> str | None:
    """Return the text without our name, or None when it was said to somebody else.

    In a group we are told only what is a command, names us first or answers us: with more rights
    Telegram would give us everybody's talk, which is none of our business.
    """
    if command := _COMMAND.fullmatch(text):
        name, bot, rest = command.groups()
        return name + rest if _is_ours(bot, username) else None
    if (mention := _MENTION.fullmatch(text)) and _is_ours(mention[1], username):
        return mention[2] or text
    if _is_private(message.chat) or text.startswith("/") or _answers_us(message, username):
        return text
    return None


def _answers_us(message: Message, username: str | None) -> bool:
    author = message.reply_to_message.from_user if message.reply_to_message else None
    return bool(author and author.is_bot and _is_ours(author.username or "", username))


def _is_of_a_bot(message: Message) -> bool:
    """Say whether a program spoke; an administrator who hides behind the chat is a person."""
    author = message.from_user
    return author is not None and bool(author.is_bot) and message.sender_chat is None


def _speaker(message: Message) -> User | None:
    """Return who spoke, unless they hide behind the chat's own name."""
    return message.from_user if message.sender_chat is None else None


def _ref(message: Message) -> str:
    return f"{_address(message.chat)}:{_whole(message.message_id)}"


def _is_ours(name: str, username: str | None) -> bool:
    return username is None or name.lower() == username.lower()


def _is_private(chat: Chat) -> bool:
    return chat.type == ChatType.PRIVATE


def _address(chat: Chat) -> str:
    return str(_whole(chat.id))


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise BadUpdate("an id that is no number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadUpdate("a text that is none")
    return cleaned(value)[:MESSAGE_OF_A_TALKER].strip()


def _language(user: User | None) -> str | None:
    """Return the first part of the app's language tag (BCP 47): `fr` of `fr-CA`."""
    code: Any = user.language_code if user else None
    return code.partition("-")[0].lower() or None if isinstance(code, str) else None
