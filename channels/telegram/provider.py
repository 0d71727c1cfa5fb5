"""Telegram as the carrier of parcels, by its Bot API."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram.error import BadRequest, ChatMigrated

from channels.telegram.capabilities import FILE_BYTES, TELEGRAM
from channels.telegram.documents import Documents
from channels.telegram.failures import says, translated
from channels.telegram.raw_bot import BASE_FILE_URL, BASE_URL, RawBot
from channels.telegram.render import EditText, Keyboard, SendDocument, SendText, Step, calls
from channels.telegram.request import Unanswered
from domain.addresses import Channel
from domain.channel import Files, Parcel
from domain.errors import Uncertain, Undeliverable, Unreachable

MOST_BEGUN = 1000  # deliveries remembered as told in part

Migrated = Callable[[str, str], Awaitable[None]]


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
    ) -> None:
        self._bot = RawBot(token, base_url, base_file_url)
        self._documents = Documents(files)
        self._migrated = migrated
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
        return _answerable(steps, told)

    async def answer_for_itself(self) -> str:
        with translated():
            account = await self._bot.ask("getMe")
        return f"Telegram answers as @{account.get('username', account.get('id'))}."

    async def close(self) -> None:
        await self._bot.hang_up()

    async def _tell(self, chat: str, step: Step) -> str:
        match step:
            case SendText():
                return _reference(await self._ask(chat, "sendMessage", **_text(step)))
            case EditText():
                return await self._edit(chat, step)
            case SendDocument():
                ask = partial(self._ask, chat)
                return _reference(await self._documents.send(ask, step))

    async def _edit(self, chat: str, step: EditText) -> str:
        """Edit a message, or send anew where Telegram will not: it is too old, or gone."""
        edited, _, message = step.message_ref.rpartition(":")
        try:
            await self._bot.ask(
                "editMessageText", chat_id=edited, message_id=message, **_text(step)
            )
        except (BadRequest, ChatMigrated) as refused:
            if not says(refused, "message is not modified"):
                return await self._tell(chat, SendText(step.html, step.keyboard))
        return step.message_ref

    async def _ask(self, chat: str, method: str, **fields: Any) -> Any:
        try:
            return await self._bot.ask(method, chat_id=chat, **fields)
        except ChatMigrated as moved:
            new = str(moved.new_chat_id)
        await self._migrated(chat, new)
        return await self._bot.ask(method, chat_id=new, **fields)

    def _remember(self, delivery_id: int, told: tuple[str, ...]) -> None:
        if told:
            self._begun[delivery_id] = told
        if len(self._begun) > MOST_BEGUN:
            del self._begun[next(iter(self._begun))]


def _text(step: SendText | EditText) -> dict[str, Any]:
    markup = {"reply_markup": _markup(step.keyboard)} if step.keyboard else {}
    return {"text": step.html, "parse_mode": "HTML", **markup}


def _markup(keyboard: Keyboard) -> dict[str, Any]:
    rows = [
        [{"text": choice.label, "callback_data": choice.value} for choice in row]
        for row in keyboard
    ]
    return {"inline_keyboard": rows}


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
