"""Telegram as the carrier of parcels, by its Bot API."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, TelegramError

from channels.telegram.capabilities import FILE_BYTES, TELEGRAM
from channels.telegram.documents import Documents
from channels.telegram.failures import says, translated
from channels.telegram.menus import menu, one_chat
from channels.telegram.raw_bot import BASE_FILE_URL, BASE_URL, RawBot
from channels.telegram.render import (
    AmendText,
    EditText,
    Keyboard,
    SendDocument,
    SendText,
    Step,
    calls,
)
from channels.telegram.request import Unanswered
from channels.telegram.starting import deep_link, leads_away
from domain.addresses import Channel
from domain.channel import Files, Parcel
from domain.errors import Uncertain, Undeliverable, Unreachable
from domain.messages import OPENS, Choice

MOST_BEGUN = 1000  # deliveries remembered as told in part

Migrated = Callable[[str, str], Awaitable[None]]

logger = structlog.get_logger()


async def ignore_migration(old: str, new: str) -> None:
    """Follow a group to its new chat id for this message only."""


class TelegramProvider:
    """Carries parcels to chats; a provider's reference is `chat:message`.

    `migrated` is told the old and the new chat id when a group has become a supergroup.
    """

    channel = Channel.TELEGRAM
    capabilities = TELEGRAM

    def __init__(
        self,
        token: str,
        *,
        files: Files,
        base_url: str = BASE_URL,
        base_file_url: str = BASE_FILE_URL,
        migrated: Migrated = ignore_migration,
        username: str | None = None,
    ) -> None:
        self._bot = RawBot(token, base_url, base_file_url)
        self._documents = Documents(files)
        self._migrated = migrated
        self._username = username
        self._begun: dict[int, tuple[str, ...]] = {}

    async def deliver(self, parcel: Parcel) -> str:
        """Tell the whole message and return the reference of the part with its buttons.

        What was told of a delivery before a pause or a doubt is not told again by this process.
        """
        if any(file.size > FILE_BYTES for file in parcel.message.attachments):
            raise Undeliverable("file_too_big")
        steps = calls(parcel.message)
        told = self._begun.pop(parcel.delivery_id, ())
        try:
            for step in steps[len(told) :]:
                chat = _chat(told[-1]) if told else parcel.address
                with translated():
                    told = (*told, await self._tell(chat, step))
        except (Unreachable, Uncertain):
            self._remember(parcel.delivery_id, told)
            raise
        if parcel.message.menu is not None:
            await self._show(_chat(told[-1]), parcel.message.menu)
        return _answerable(steps, told)

    async def answer_for_itself(self) -> str:
        with translated():
            account = await self._bot.ask("getMe")
        return f"Telegram answers as @{account.get('username', account.get('id'))}."

    async def fetch(self, ref: str, *, most: int) -> bytes:
        """Return the bytes of a file that somebody sent, `most` at most."""
        with translated():
            return await self._bot.download(ref, most=most)

    async def close(self) -> None:
        await self._bot.hang_up()

    async def _tell(self, chat: str, step: Step) -> str:
        match step:
            case SendText():
                return _reference(await self._ask(chat, "sendMessage", **await self._text(step)))
            case EditText():
                if not await self._is_edited(step):
                    return await self._tell(chat, SendText(step.html, step.keyboard))
                return step.message_ref
            case AmendText():
                await self._is_edited(step)
                return step.message_ref
            case SendDocument():
                ask = partial(self._ask, chat)
                return _reference(await self._documents.send(ask, step))

    async def _is_edited(self, step: EditText | AmendText) -> bool:
        """Edit a message and return True, or False where Telegram will not: too old, or gone."""
        chat, _, message = step.message_ref.rpartition(":")
        try:
            await self._bot.ask(
                "editMessageText", chat_id=chat, message_id=message, **await self._text(step)
            )
        except (BadRequest, ChatMigrated) as refused:
            return says(refused, "message is not modified")
        return True

    async def _ask(self, chat: str, method: str, **fields: Any) -> Any:
        try:
            return await self._bot.ask(method, chat_id=chat, **fields)
        except ChatMigrated as moved:
            new = str(moved.new_chat_id)
        await self._migrated(chat, new)
        return await self._bot.ask(method, chat_id=new, **fields)

    async def _show(self, chat: str, commands: tuple[Choice, ...]) -> None:
        """Show a chat its own commands, or everybody's; that it fails is no loss to the message."""
        scope = dict(one_chat(chat))
        try:
            if commands:
                shown = menu((one.value, one.label) for one in commands)
                await self._bot.ask("setMyCommands", commands=shown, scope=scope)
            else:
                await self._bot.ask("deleteMyCommands", scope=scope)
        except TelegramError as error:
            logger.warning("telegram_menu_not_shown", error=type(error).__name__)

    async def _text(self, step: SendText | EditText | AmendText) -> dict[str, Any]:
        said = {"text": step.html, "parse_mode": "HTML"}
        if not step.keyboard:
            return said
        if self._username is None and any(leads_away(row) for row in step.keyboard):
            self._username = str((await self._bot.ask("getMe"))["username"])
        return {**said, "reply_markup": _markup(step.keyboard, self._username or "")}

    def _remember(self, delivery_id: int, told: tuple[str, ...]) -> None:
        if told:
            self._begun[delivery_id] = told
        if len(self._begun) > MOST_BEGUN:
            del self._begun[next(iter(self._begun))]


def _markup(keyboard: Keyboard, username: str) -> dict[str, Any]:
    return {"inline_keyboard": [[_button(choice, username) for choice in row] for row in keyboard]}


def _button(choice: Choice, username: str) -> dict[str, str]:
    """Return a button that is pressed here, or one that opens the private talk with us."""
    if not choice.value.startswith(OPENS):
        return {"text": choice.label, "callback_data": choice.value}
    start = choice.value.removeprefix(OPENS)
    return {"text": choice.label, "url": deep_link(username, start)}


def _reference(sent: Any) -> str:
    try:
        return f"{sent['chat']['id']}:{sent['message_id']}"
    except (KeyError, TypeError):
        raise Unanswered("an answer without a message") from None


def _chat(reference: str) -> str:
    return reference.rpartition(":")[0]


def _answerable(steps: tuple[Step, ...], told: tuple[str, ...]) -> str:
    """Return the reference of the last text, which has the buttons, or of the last document."""
    texts = [
        reference
        for step, reference in zip(steps, told, strict=True)
        if not isinstance(step, SendDocument)
    ]
    return (texts or told)[-1]
