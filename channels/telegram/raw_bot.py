"""python-telegram-bot's Bot, asked by method name and answered in plain JSON.

Its typed methods read each answer into objects: more than half the cost of a send, and a single
update that it cannot read loses the whole batch.
"""

import re
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest

from channels.telegram.request import AiohttpRequest, Unanswered
from domain.errors import Misconfigured

BASE_URL = "https://api.telegram.org/bot"
BASE_FILE_URL = "https://api.telegram.org/file/bot"
TOKEN_SHAPE = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")


class RawBot(Bot):
    """Never `initialize` it: that puts the token into the text of an error."""

    __slots__ = ("_files",)

    def __init__(self, token: str, base_url: str, base_file_url: str = BASE_FILE_URL) -> None:
        """Raise Misconfigured when `token` cannot be one; it is not repeated."""
        if not TOKEN_SHAPE.fullmatch(token):
            raise Misconfigured("The Telegram token is not one: copy it whole from @BotFather.")
        request = AiohttpRequest()
        super().__init__(token, base_url, base_file_url, request, request)
        self._files = request

    async def ask(self, method: str, *, reading: timedelta | None = None, **fields: Any) -> Any:
        """Call a method of the Bot API; raises telegram.error.TelegramError.

        `reading`: how long the answer may take. A field that is None is left out.
        """
        patience = BaseRequest.DEFAULT_NONE if reading is None else reading.total_seconds()
        try:
            return await self._post(method, fields, read_timeout=patience)
        except KeyError:
            raise Unanswered("an answer without a result") from None

    async def download(self, ref: str, *, most: int) -> bytes:
        """Return the bytes of a file by its id; raises telegram.error.TelegramError.

        Telegram itself hands out no more than 20 MB (Bot API, getFile).
        """
        path = (await self.ask("getFile", file_id=ref)).get("file_path", "")
        return await self._files.download(f"{self.base_file_url}/{path}", most=most)

    async def hang_up(self) -> None:
        await self._request[0].shutdown()
