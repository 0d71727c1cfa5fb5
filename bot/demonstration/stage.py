"""Where the demonstration plays: the program on a clock moved by hand, and people who speak."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count

from bot.settings import Settings
from bot.wiring import Program, Providers, configured
from channels.memory import MemoryProvider
from channels.telegram.capabilities import TELEGRAM
from domain.addresses import Channel
from domain.channel import Provider
from domain.clock import Clock, HandClock, instant, zone
from domain.messages import Heard, Incoming, Message
from store.connecting import Store

Stranger = str
"""The chat of somebody we do not know."""


def rehearsing(telegram: MemoryProvider) -> Providers:
    """Return who carries messages when nobody's network may be asked: Telegram is remembered."""

    def carriers(settings: Settings, store: Store, clock: Clock) -> Mapping[Channel, Provider]:
        return {**configured(settings, store, clock), Channel.TELEGRAM: telegram}

    return carriers


def pretended_telegram() -> MemoryProvider:
    """Return a Telegram with its own abilities, which remembers instead of sending."""
    return MemoryProvider(Channel.TELEGRAM, capabilities=TELEGRAM)


class Stage:
    """One program, one clock, one Telegram; `said` and `pressed` answer with what comes back."""

    def __init__(self, program: Program, clock: HandClock, telegram: MemoryProvider) -> None:
        self.program = program
        self.clock = clock
        self._telegram = telegram
        self._numbers = count(1)

    @property
    def store(self) -> Store:
        return self.program.store

    async def until(self, wall_time: datetime, place: str) -> int:
        """Let time pass until clocks at a place show `wall_time`; return what that sent."""
        self.clock.move_to(instant(wall_time, zone(place)))
        return await self.sent()

    async def sent(self) -> int:
        """Send what is due; return how many messages reached Telegram."""
        before = len(self._telegram.parcels)
        await self.program.drain()
        return len(self._telegram.parcels) - before

    async def says(self, chat: str, text: str) -> list[Message]:
        """Let somebody write in a chat, and return what they read back."""
        return await self._heard(chat, Heard.TEXT, text)

    async def presses(self, chat: str, value: str) -> list[Message]:
        """Let somebody press the choice with this value under the last message of a chat."""
        return await self._heard(chat, Heard.PRESS, value)

    async def _heard(self, chat: str, kind: Heard, text: str) -> list[Message]:
        before = len(self._telegram.told(chat))
        await self.program.engine.hear(
            Incoming(
                channel=Channel.TELEGRAM,
                address=chat,
                update_ref=f"demonstration:{next(self._numbers)}",
                kind=kind,
                at=self.clock.now(),
                text=text,
            )
        )
        await self.program.drain()
        return self._telegram.told(chat)[before:]
