"""The gate before a provider: shut while it is away, while it refuses us, and while we are told."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import structlog

from domain import breakers
from domain.addresses import Channel
from domain.breakers import Breaker, Position, is_its_own
from domain.clock import Clock
from domain.errors import Barred, Failed
from domain.steering import Hold, HoldKind
from scheduler.measures import Measures

POSITIONS = {Position.CLOSED: 0, Position.HALF_OPEN: 1, Position.OPEN: 2}  # in the figures

log: Any = structlog.get_logger(__name__)


class Gate:
    """Decides for one channel whether the next delivery may leave; outlives its lane.

    `tell` is called when there is something that the other processes should know. `is_scattered`:
    see Capabilities.
    """

    def __init__(
        self,
        channel: Channel,
        clock: Clock,
        measures: Measures,
        *,
        tell: Callable[[], None],
        is_scattered: bool = False,
    ) -> None:
        self.channel = channel
        self.news: Hold | None = None  # what other processes have not been told yet
        self.is_over = False  # whether they are still to be told that a rest has ended
        self._clock = clock
        self._breaker = Breaker()
        self._tell = tell
        self._is_scattered = is_scattered
        self._is_paused = False
        self._under_way = 0
        self._changed = asyncio.Event()
        self._position = measures.breaker_position.labels(channel)
        self._paused = measures.channel_paused.labels(channel)
        self._show()

    @property
    def is_shut(self) -> bool:
        """Whether nothing may leave; what is in hand is of more use elsewhere, or later."""
        return self._is_paused or self._breaker.position(self._clock.now()) is Position.OPEN

    @property
    def until(self) -> datetime | None:
        """When a provider that rests is tried again."""
        return None if self._is_paused else self._breaker.until

    async def passable(self) -> None:
        """Wait until one more may leave."""
        while not self._admits():
            self._changed.clear()
            await self._changed.wait()

    def enter(self) -> bool:
        """Count one more under way; False when it may not leave after all."""
        if not self._admits():
            return False
        self._under_way += 1
        return True

    def leave(self) -> None:
        self._under_way -= 1
        self._changed.set()

    def look(self) -> None:
        """Let those who wait see what time has changed."""
        self._show()
        self._changed.set()

    def answered(self) -> None:
        """Note that the provider took a message."""
        self._become(breakers.answered(self._breaker, self._clock.now()))

    def failed(self, failure: Failed) -> bool:
        """Note a failure, and say whether it is no attempt of the delivery's.

        Where addresses are at servers of their own, only what is our fault concerns them all.
        """
        if self._is_scattered and not isinstance(failure, Barred):
            self.answered()
            return False
        self._become(breakers.failed(self._breaker, failure, self._clock.now()))
        return is_its_own(failure) and self._breaker.until is not None

    def obey(self, holds: Iterable[Hold]) -> None:
        """Do as the records say: what an operator wants, and what other processes have found."""
        mine = {hold.kind: hold for hold in holds if hold.channel is self.channel}
        self._is_paused = HoldKind.PAUSED in mine
        found = [hold for kind, hold in mine.items() if kind is not HoldKind.PAUSED]
        if not found and self.news is None and self._breaker.until is not None:
            self._end_early()
        for hold in found:
            if hold.until and (self._breaker.until is None or hold.until > self._breaker.until):
                self._breaker = breakers.told_to_rest(
                    self._breaker,
                    hold.until,
                    hold.code or hold.kind,
                    is_barred=hold.kind is HoldKind.BARRED,
                )
        self.look()

    def was_told(self, news: Hold | None, *, is_over: bool) -> None:
        """Note what the others know now."""
        if self.news is news:
            self.news = None
        self.is_over = self.is_over and not is_over

    def _end_early(self) -> None:
        """Try a provider at once whose rest somebody has ended before its time."""
        if self._breaker.position(self._clock.now()) is Position.OPEN:
            self._breaker = Breaker()

    def _admits(self) -> bool:
        if self._is_paused:
            return False
        now = self._clock.now()
        if self._is_scattered and self._breaker.position(now) is Position.CLOSED:
            return True
        return self._breaker.admits(self._under_way, now)

    def _become(self, breaker: Breaker) -> None:
        before, self._breaker = self._breaker, breaker
        if breaker.until is not None and breaker.until != before.until:
            self._tell_of_rest(breaker, breaker.until)
        elif before.until is not None and breaker.until is None:
            self.is_over, self.news = True, None
            self._tell()
            log.info("provider_answers_again", channel=self.channel)
        if breaker.until != before.until:
            self._show()
        self._changed.set()

    def _tell_of_rest(self, breaker: Breaker, until: datetime) -> None:
        now = self._clock.now()
        kind = HoldKind.BARRED if breaker.is_barred else HoldKind.RESTING
        self.news = Hold(self.channel, kind, breaker.code, now, until)
        self._tell()
        say = log.error if breaker.is_barred else log.warning
        event = "provider_refuses_us" if breaker.is_barred else "provider_rests"
        say(event, channel=self.channel, code=breaker.code, until=until.isoformat())

    def _show(self) -> None:
        self._position.set(POSITIONS[self._breaker.position(self._clock.now())])
        self._paused.set(self._is_paused)
