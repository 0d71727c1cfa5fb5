"""Listening to our own address: bounces become receipts, and who writes to leave is let go."""

import asyncio
import re
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from email.parser import BytesHeaderParser
from pathlib import Path

import structlog

from channels.email.bounces import report
from channels.email.mailbox import Folder, Mailbox
from domain.clock import Clock
from domain.errors import Unavailable, Unreachable
from domain.messages import Event

BETWEEN_LOOKS = timedelta(seconds=60)  # a bounce that is a minute late is early enough
LEAVING = re.compile(r"\s*unsubscribe\s+(\S+)\s*", re.IGNORECASE)

Hear = Callable[[Event], Awaitable[None]]
Leave = Callable[[str], Awaitable[bool]]
"""Takes a token by which somebody leaves, and answers whether it was one of ours."""
Sleep = Callable[[float], Awaitable[None]]

logger = structlog.get_logger()


class MailboxListener:
    """Looks into a folder every minute. A letter is marked as seen only once it was heard.

    What is not for us stays as it is: people may read the same folder. `sleep` takes seconds.
    """

    def __init__(
        self,
        folder: Folder,
        hear: Hear,
        leave: Leave,
        clock: Clock,
        *,
        host: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._folder = folder
        self._hear = hear
        self._leave = leave
        self._clock = clock
        self._host = host
        self._sleep = sleep
        self._passed_over: set[str] = set()
        self.answered_at: datetime | None = None
        """When the mail server last let us look."""

    async def run(self) -> None:
        """Listen until cancelled; no trouble ends it."""
        while True:
            try:
                await self.look()
            except (Unreachable, Unavailable) as trouble:
                code = trouble.code if isinstance(trouble, Unreachable) else "store_away"
                logger.warning("mailbox_not_read", code=code)
            await self._sleep(BETWEEN_LOOKS.total_seconds())

    async def look(self) -> None:
        """Hear all that has come; raise Unreachable or Unavailable, with the rest for next time."""
        async with _opened(self._folder) as mailbox:
            for number in await asyncio.to_thread(mailbox.waiting):
                if number in self._passed_over:
                    continue
                letter = await asyncio.to_thread(mailbox.letter, number)
                if await self._is_heard(letter):
                    await asyncio.to_thread(mailbox.settle, number)
                else:
                    self._passed_over.add(number)
            self.answered_at = self._clock.now()

    async def _is_heard(self, letter: bytes) -> bool:
        """Have a letter heard; False when it is none of our business, or breaks us."""
        try:
            if told := report(letter, host=self._host):
                if receipt := told.receipt(self._clock.now()):
                    await self._hear(receipt)
                return True
            return await self._is_leaving(letter)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one letter must not deafen us to the others
            # An error's own text may quote the letter, so only its kind and place are kept.
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error(  # noqa: TRY400 - see above
                "letter_not_heard",
                error=type(error).__name__,
                place=f"{Path(place.filename).name}:{place.lineno}",
            )
            return False

    async def _is_leaving(self, letter: bytes) -> bool:
        subject = BytesHeaderParser().parsebytes(letter).get("Subject", "")
        found = LEAVING.fullmatch(str(subject))
        return found is not None and await self._leave(found[1])


@asynccontextmanager
async def _opened(folder: Folder) -> AsyncIterator[Mailbox]:
    mailbox = Mailbox(folder)
    try:
        await asyncio.to_thread(mailbox.open)
        yield mailbox
        await asyncio.to_thread(mailbox.close)
    finally:
        mailbox.hang_up()
