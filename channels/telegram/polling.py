"""Listening to Telegram without a public address: one long question after another."""

import asyncio
import random
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from channels.telegram.failures import says
from channels.telegram.inbound import HEARD_UPDATES, courtesy, translate
from channels.telegram.raw_bot import BASE_URL, RawBot
from channels.telegram.request import Flooded, Unanswered
from domain.clock import Clock
from domain.errors import BadUpdate, Unavailable
from domain.messages import Event

HOLDING = timedelta(seconds=30)  # how long Telegram may hold a question open
READING = HOLDING + timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=1)
TRIES = 3  # of one update that a bug of ours cannot hear, before it is passed over

Hear = Callable[[Event], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]

logger = structlog.get_logger()


class Poller:
    """Hears updates in their order. Telegram forgets one only after `hear` has returned.

    `chance` answers numbers from 0 to 1; `sleep` takes seconds.
    """

    def __init__(
        self,
        token: str,
        hear: Hear,
        clock: Clock,
        *,
        base_url: str = BASE_URL,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._bot = RawBot(token, base_url)
        self._hear = hear
        self._clock = clock
        self._username: str | None = None
        self._sleep = sleep
        self._chance = chance
        self._offset = 0
        self._failures = 0
        self.answered_at: datetime | None = None
        """When Telegram last answered a question: a bot that listens is answered twice a minute."""

    async def run(self) -> None:
        """Listen until cancelled; no trouble ends it."""
        try:
            await self._persist(self._settle)
            while True:
                await self._persist(self._listen)
        finally:
            await self._bot.hang_up()

    async def _persist(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do `act`, again and again with longer and longer pauses, until it succeeds."""
        while True:
            try:
                await act()
            except (TelegramError, Unavailable) as error:
                await self._pause(error)
            else:
                self._failures = 0
                return

    async def _settle(self) -> None:
        """Learn our name, and leave the webhook: while one is set, questions are not answered."""
        self._username = (await self._bot.ask("getMe")).get("username")
        await self._bot.ask("deleteWebhook", drop_pending_updates=False)

    async def _listen(self) -> None:
        updates = await self._bot.ask(
            "getUpdates",
            reading=READING,
            offset=self._offset,
            timeout=int(HOLDING.total_seconds()),
            allowed_updates=list(HEARD_UPDATES),
        )
        if not isinstance(updates, list):
            raise Unanswered("updates that are no list")
        self.answered_at = self._clock.now()
        before = self._offset
        for plain in updates:
            await self._take(plain)
        if updates and self._offset == before:
            raise Unanswered("updates that have no numbers")

    async def _take(self, plain: Any) -> None:
        try:
            event = translate(plain, self._clock.now(), self._username)
        except BadUpdate as error:
            logger.warning("telegram_update_unreadable", reason=str(error))
            event = None
        if event:
            await self._persist_hearing(event)
        self._offset = max(self._offset, _number(plain) + 1)
        await self._be_courteous(plain)

    async def _persist_hearing(self, event: Event) -> None:
        """Have the event heard; a store that is away is waited for, a bug is not."""
        for _ in range(TRIES):
            try:
                await self._hear(event)
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001 - one update must not silence the bot for all
                # An error's own text may quote the person, so only its kind and place are kept.
                place = traceback.extract_tb(error.__traceback__)[-1]
                logger.error(  # noqa: TRY400 - see above
                    "telegram_update_failed",
                    error=type(error).__name__,
                    place=f"{Path(place.filename).name}:{place.lineno}",
                )
            else:
                return
        logger.error("telegram_update_passed_over", tries=TRIES)

    async def _be_courteous(self, plain: Any) -> None:
        if not (call := courtesy(plain)):
            return
        try:
            await self._bot.ask(**call)
        except TelegramError as error:  # too late, mostly: the person sees an hourglass a while
            logger.debug("telegram_press_not_answered", error=type(error).__name__)

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        seconds = pause(self._failures, self._chance()).total_seconds()
        if isinstance(error, Flooded) and error.retry_after:
            seconds = error.retry_after.total_seconds()
        logger.warning(_trouble(error), error=type(error).__name__, again_in=round(seconds, 1))
        await self._sleep(seconds)


def pause(failures: int, chance: float) -> timedelta:
    """Return how long to wait after so many failures: doubling, with full jitter."""
    longest = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(failures, 10)))
    return longest * chance


def _trouble(error: Exception) -> str:
    match error:
        case Conflict() if says(error, "webhook"):
            return "telegram_calls_a_webhook_of_another_program"
        case Conflict():
            return "telegram_another_program_listens"
        case InvalidToken():
            return "telegram_token_refused"
        case Unavailable():
            return "telegram_waits_for_the_store"
        case _:
            return "telegram_unreachable"


def _number(plain: Any) -> int:
    """Return the update's number; one without any is stepped over with the next."""
    number = plain.get("update_id") if isinstance(plain, dict) else None
    return number if type(number) is int else -1
