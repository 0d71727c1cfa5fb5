"""Files that Telegram already holds: each is uploaded once and then only named."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from telegram import InputFile
from telegram.error import BadRequest

from channels.telegram.capabilities import FILE_BYTES
from channels.telegram.failures import says
from channels.telegram.render import SendDocument
from domain.channel import Files
from domain.errors import Undeliverable, Unreadable

MOST_HELD = 1000  # names remembered; a forgotten file is merely uploaded again

Ask = Callable[..., Awaitable[Any]]
Key = tuple[str, str]  # sha256 and name: Telegram shows the name that a file was uploaded under


class Documents:
    """Uploads of one file wait for each other, so that 147 members are not 147 uploads."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._held: dict[Key, str] = {}
        self._uploading: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    async def send(self, ask: Ask, step: SendDocument) -> Any:
        """Send one document by `ask`, and return Telegram's answer."""
        key = (step.sha256, step.name)
        if key not in self._held:
            async with self._uploading.setdefault(key, asyncio.Lock()):
                if key not in self._held:
                    return await self._upload(ask, step, key)
        try:
            return await _send(ask, step, self._held[key])
        except BadRequest as refused:
            if not says(refused, "file"):
                raise
        return await self._upload(ask, step, key)

    async def _upload(self, ask: Ask, step: SendDocument, key: Key) -> Any:
        content = await self._content(step)
        answer = await _send(ask, step, InputFile(content, step.name))
        self._remember(key, answer)
        return answer

    async def _content(self, step: SendDocument) -> bytes:
        try:
            content = await self._files(step.sha256)
        except Unreadable as error:
            raise Undeliverable("file_unreadable") from error
        if len(content) > FILE_BYTES:
            raise Undeliverable("file_too_big")
        return content

    def _remember(self, key: Key, answer: Any) -> None:
        try:
            self._held[key] = answer["document"]["file_id"]
        except (KeyError, TypeError):
            return
        if len(self._held) > MOST_HELD:
            del self._held[next(iter(self._held))]


async def _send(ask: Ask, step: SendDocument, document: InputFile | str) -> Any:
    caption = {"caption": step.caption, "parse_mode": "HTML"} if step.caption else {}
    return await ask("sendDocument", document=document, **caption)
