"""A Telegram for tests and for trying things by hand: lo-bot-api-emulator, with people in it.

    async with telegram_emulator() as emulator:
        await emulator.say(7, "/agenda", language_code="fr")
        answer = await emulator.answer(7)
        await emulator.press(7, "Je viens")

By hand: `python -m tests.emulators.telegram 8081`, then start the bot with the base address and
token it prints, and write `7 fr /agenda` (chat, language, text) or `7 ! label` (press) a line.
"""

import asyncio
import contextlib
import itertools
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import web
from lo_bot_api_emulator import (  # type: ignore[import-untyped]  # the package has no types
    ApiRefusal,
    LoBotApiEmulator,
    updates,
)

from tests.emulators.telegram_chats import (
    Chats,
    Document,
    Sent,
    rows_of,
    wire_joining,
    wire_leaving,
    wire_message,
    wire_person,
    wire_press,
)
from tests.emulators.telegram_markup import Refused, shown
from tests.emulators.telegram_profile import Profile

TOKEN = "123456:emulated-token"
BOT = {"id": 7, "is_bot": True, "first_name": "Beffroi", "username": "council_test_bot"}
USERNAME = "council_test_bot"
PATIENCE = 60  # seconds a test waits for the bot before it fails

updates.KINDS |= {"my_chat_member", "edited_message"}


@dataclass(slots=True)
class Fault:
    method: str
    status: int
    times: int
    description: str
    parameters: dict[str, Any] | None


class TelegramEmulator(LoBotApiEmulator):  # type: ignore[misc]  # the package has no types
    """What the Bot API does, and what people in its chats do and see."""

    def __init__(self) -> None:
        super().__init__(
            enable_control=True, allow_insecure_loopback_webhooks=True, max_assets=10_000
        )
        self.url = ""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._faults: list[Fault] = []
        self._chats = Chats()
        self._last_said: dict[int, dict[str, Any]] = {}
        self.profile = Profile()
        self._refs = itertools.count(1_000_000)
        self._news = asyncio.Condition()

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    # What people do: each returns the number of its update

    async def say(
        self, chat_id: int, text: str, *, language_code: str | None = None, **fields: Any
    ) -> int:
        """Write a text in a chat; a group's id is below zero, and somebody in it speaks `by` id."""
        return await self.post(chat_id, language_code=language_code, text=text, **fields)

    async def post(
        self,
        chat_id: int,
        *,
        language_code: str | None = None,
        by: int | None = None,
        **fields: Any,
    ) -> int:
        """Post any message: a photo, a sticker; `fields` are the Bot API's."""
        author = {"from": wire_person(by, language_code)} if by else {}
        message = wire_message(chat_id, next(self._refs), language_code, **author, **fields)
        self._last_said[chat_id] = message
        return await self.tell({"message": message})

    def holds(self, content: bytes, *, name: str, media_type: str = "") -> dict[str, Any]:
        """Keep a file that somebody is about to send, and return it as messages name it."""
        ref = f"sent-{next(self._refs)}"
        self.assets[ref] = {"data": content, "filename": name, "size": len(content)}
        known = {"file_name": name, "mime_type": media_type}
        told = {key: value for key, value in known.items() if value}
        return {"file_id": ref, "file_unique_id": ref, "file_size": len(content), **told}

    async def edit(self, chat_id: int, text: str) -> int:
        """Edit what was written last in a chat."""
        edited = {**self._last_said[chat_id], "text": text, "edit_date": int(time.time())}
        return await self.tell({"edited_message": edited})

    async def press(
        self,
        chat_id: int,
        label: str,
        *,
        message_id: int | None = None,
        language_code: str | None = None,
        by: int | None = None,
    ) -> int:
        """Press the button with this label, on the latest message that shows it or a given one."""
        message = self._chats.offering(chat_id, label, message_id)
        query = wire_press(message, label, str(next(self._refs)), language_code, by)
        return await self.tell({"callback_query": query})

    async def follow(self, chat_id: int, label: str) -> int:
        """Press a button that opens the private talk of person `chat_id`, wherever it stands."""
        buttons = [one for sent in reversed(self._chats.all) for one in sent.buttons]
        url = next(one.url for one in buttons if one.label == label and one.url)
        payload = parse_qs(urlsplit(url).query).get("start", [""])[0]
        return await self.say(chat_id, f"/start {payload}".strip())

    async def join(self, chat_id: int, *, by: int | None = None) -> int:
        """Let the bot into a group."""
        return await self.tell({"my_chat_member": wire_joining(chat_id, BOT, by)})

    async def leave(self, chat_id: int) -> int:
        """Block the bot, or throw it out of the group."""
        return await self.tell({"my_chat_member": wire_leaving(chat_id, BOT)})

    async def tell(self, update: dict[str, Any]) -> int:
        """Queue any update, and deliver it when a webhook is set."""
        number: int = await self.enqueue_update(update, token=TOKEN)
        return number

    async def redeliver(self) -> int:
        """Call the webhook with what it has not taken; return how many updates it took."""
        taken: int = await self.deliver_updates(token=TOKEN)
        return taken

    @property
    def waiting(self) -> int:
        """How many updates the bot has not taken for good."""
        count: int = self._update_queues.info(TOKEN)["pending_update_count"]
        return count

    # What people see

    def sent(self, chat_id: int) -> list[Sent]:
        """Return what the chat shows now, in order, each edit in its message's place."""
        return list(self._chats.seen.get(chat_id, ()))

    def history(self, chat_id: int) -> list[Sent]:
        """Return all that was sent and edited in the chat, in order of arrival."""
        return self._chats.history(chat_id)

    def everything(self) -> list[Sent]:
        """Return all that was sent and edited anywhere, in order of arrival."""
        return list(self._chats.all)

    def chats(self) -> list[int]:
        return list(self._chats.seen)

    async def answer(self, chat_id: int, *, after: int = 0) -> Sent:
        """Wait until more than `after` messages and edits came to this chat; return the last."""
        await self._until(lambda: len(self.history(chat_id)) > after)
        return self.history(chat_id)[-1]

    async def called(self, method: str, *, times: int = 1) -> list[dict[str, Any]]:
        """Wait until a method was called, refused or not; return the fields of its calls."""
        await self._until(lambda: len(self.calls_of(method)) >= times)
        return self.calls_of(method)

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        return [fields for name, fields in self.calls if name == method]

    async def message_number(self, number: int) -> Sent:
        """Wait, as long as it takes, for the message with this number among all chats'."""
        async with self._news:
            await self._news.wait_for(lambda: len(self._chats.all) > number)
        return self._chats.all[number]

    async def _until(self, holds: Any) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(holds)

    # What goes wrong

    def fault(
        self,
        method: str,
        status: int,
        *,
        times: int = 1,
        description: str = "a fault that was asked for",
        **parameters: Any,
    ) -> None:
        """Refuse the next calls of a method; `parameters` are Telegram's (retry_after …)."""
        self._faults.append(Fault(method, status, times, description, parameters or None))

    # The Bot API

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """Answer one call as lo-bot-api-emulator does, and where it leaves something out."""
        self.calls.append((method, dict(fields)))
        self._refuse(method)
        _check_text(fields)
        if method == "editMessageText":
            self._check_edit(fields)
        if self.profile.knows(method):
            return self.profile.answer(method, fields)
        result = super().validate(method, fields, uploads)
        if method == "getMe":
            return {**result, **BOT}
        if method in {"sendMessage", "sendDocument", "editMessageText"}:
            self._show(method, fields, result)
        return result

    async def handle(self, request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await super().handle(request)
        async with self._news:
            self._news.notify_all()
        return answer

    def _refuse(self, method: str) -> None:
        for fault in self._faults:
            if fault.method == method and fault.times > 0:
                fault.times -= 1
                raise ApiRefusal(fault.description, fault.status, fault.parameters)

    def _check_edit(self, fields: dict[str, Any]) -> None:
        old = self._chats.found(int(fields["chat_id"]), int(fields["message_id"]))
        if old is None:
            raise ApiRefusal("Bad Request: message to edit not found")
        if old.document:
            raise ApiRefusal("Bad Request: there is no text in the message to edit")
        if (old.html, old.rows) == (fields.get("text"), rows_of(fields)):
            raise ApiRefusal("Bad Request: message is not modified")

    def _show(self, method: str, fields: dict[str, Any], result: dict[str, Any]) -> None:
        markup = str(fields.get("text") or fields.get("caption") or "")
        self._chats.show(
            Sent(
                chat_id=int(fields["chat_id"]),
                message_id=result["message_id"],
                text=shown(markup) if markup else "",
                html=markup,
                rows=rows_of(fields),
                document=self._document(result),
                is_edited=method.startswith("edit"),
            )
        )

    def _document(self, result: dict[str, Any]) -> Document | None:
        if "document" not in result:
            return None
        asset = self.assets[result["document"]["file_id"]]
        return Document(asset["filename"], asset["data"])


@contextlib.asynccontextmanager
async def telegram_emulator(port: int = 0) -> AsyncIterator[TelegramEmulator]:
    """Run an emulator on 127.0.0.1, on a free port unless one is given."""
    emulator = TelegramEmulator()
    runner = web.AppRunner(emulator.app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        host, bound = runner.addresses[0][:2]
        emulator.url = f"http://{host}:{bound}"
        yield emulator
    finally:
        await runner.cleanup()


def _check_text(fields: dict[str, Any]) -> None:
    for name in ("text", "caption"):
        if name in fields and fields.get("parse_mode") == "HTML":
            try:
                shown(fields[name])
            except Refused as refused:
                raise ApiRefusal(f"Bad Request: {refused}") from refused


async def _by_hand(port: int) -> None:
    """Turn lines of the keyboard into what people do, and what the bot says into lines."""
    loop = asyncio.get_running_loop()
    async with telegram_emulator(port) as emulator, asyncio.TaskGroup() as group:
        sys.stdout.write(f"base address {emulator.base_url}, token {TOKEN}\n")
        showing = group.create_task(_show_all(emulator))
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            await _act(emulator, line.rstrip("\n"))
        showing.cancel()


async def _act(emulator: TelegramEmulator, line: str) -> None:
    try:
        chat, language, words = line.split(" ", 2)
        if language == "!":
            await emulator.press(int(chat), words)
        else:
            await emulator.say(int(chat), words, language_code=language)
    except (ValueError, LookupError) as error:
        sys.stdout.write(f"{error}: write `7 fr /agenda` or `7 ! label`\n")


async def _show_all(emulator: TelegramEmulator) -> None:
    for number in itertools.count():
        message = await emulator.message_number(number)
        buttons = " ".join(f"[{label}]" for label in message.labels)
        document = f"<{message.document.name}>" if message.document else ""
        edited = " (edited)" if message.is_edited else ""
        sys.stdout.write(f"{message.chat_id}{edited}: {message.text} {document} {buttons}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_by_hand(int(sys.argv[1])))
