"""Whether a message may leave now: by what the network wants, and what all processes share."""

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from pyrate_limiter import GCRA, Rate, StateStore
from pyrate_limiter.abstracts import Decision, StateAlgorithm

from domain.addresses import Channel
from domain.channel import Capabilities, Scope
from domain.errors import Unavailable
from scheduler.means import Means
from scheduler.pace import rates
from store.permits import EVERYBODY
from store.unit import Unit

NEXT_TRY = 0.5  # seconds after the store was away

Asked = Sequence[tuple[Scope, str]]
"""Permits: of which kind, and whose."""

log: Any = structlog.get_logger(__name__)


class Permission:
    """One channel's: the rests of single addresses, and the limits that are kept together."""

    def __init__(self, channel: Channel, capabilities: Capabilities, means: Means) -> None:
        self._channel = channel
        self._capabilities = capabilities
        self._means = means
        self._resting: Mapping[str, datetime] = {}
        is_kept_together = means.store.shared is not None and means.tempo.keeps_limits
        self._rates = {
            scope: rates(capabilities, scope) if is_kept_together else [] for scope in Scope
        }

    async def look(self, unit: Unit) -> None:
        """Learn who rests, as any process has noted it."""
        self._resting = await unit.permits.resting(self._channel)

    async def rest(self, address: str, pause: timedelta) -> None:
        """Let an address rest that is to be left alone, here at once and in every process."""
        until = self._means.clock.now() + pause
        self._resting = {**self._resting, address: until}
        try:
            async with self._means.store.unit() as unit:
                await unit.permits.rest(self._channel, address, until=until)
        except Unavailable as away:
            log.warning("rest_not_shared", channel=self._channel, reason=str(away))

    async def ask(self, address: str, parts: int = 1) -> datetime | None:
        """Wait for everybody's permits; return None to go, or until when this address waits."""
        scope = Scope.GROUP if self._capabilities.is_group(address) else Scope.ADDRESS
        # In this order in every process, so that none waits for another in a ring.
        asked = [(scope, address), (Scope.PROVIDER, EVERYBODY)]
        for _ in range(parts):
            if until := await self._permitted(address, asked):
                return until
            asked = [(Scope.PROVIDER, EVERYBODY)]  # further parts are the same message's
        return None

    async def _permitted(self, address: str, asked: Asked) -> datetime | None:
        while True:
            if until := self.rest_of(address):
                return until
            try:
                await self._take(asked)
            except Unavailable:
                await asyncio.sleep(NEXT_TRY)
            except NotYet as not_yet:
                if not_yet.scope is not Scope.PROVIDER:
                    return self._means.clock.now() + not_yet.wait
                await asyncio.sleep(not_yet.wait.total_seconds())
            else:
                return None

    async def _take(self, asked: Asked) -> None:
        """Take every permit that is asked for, or none: NotYet."""
        if not any(self._rates[scope] for scope, _ in asked):
            return
        now = int(self._means.clock.now().timestamp() * 1000)
        async with self._means.store.unit() as unit:
            for one, whose in asked:
                if limits := self._rates[one]:
                    kept = Kept(unit, self._channel, whose)
                    decision = await kept.check(GCRA(), limits, now, 1)
                    if not decision.allowed:
                        raise NotYet(one, timedelta(milliseconds=decision.retry_after_ms or 1))

    def rest_of(self, whose: str) -> datetime | None:
        """Return until when an address is left alone, or None."""
        until = self._resting.get(whose)
        return until if until and until > self._means.clock.now() else None


class NotYet(Exception):
    """There is no permit now; what was taken with it is given back."""

    def __init__(self, scope: Scope, wait: timedelta) -> None:
        super().__init__(scope, wait)
        self.scope = scope
        self.wait = wait


class Kept(StateStore):
    """What pyrate-limiter remembers, in a row that one process at a time may change."""

    is_async: bool | None = True

    def __init__(self, unit: Unit, channel: Channel, whose: str) -> None:
        self._unit = unit
        self._where = (channel, whose)

    async def check(
        self, algorithm: StateAlgorithm, rates: list[Rate], now: int, weight: int
    ) -> Decision:
        state, decision = algorithm.step(rates, await self.read(algorithm, rates), now, weight)
        if decision.allowed:
            await self._unit.permits.keep(*self._where, state)
        return decision

    async def read(self, algorithm: StateAlgorithm, rates: list[Rate]) -> tuple[float, ...]:
        state: Sequence[float] = await self._unit.permits.state(*self._where)
        return tuple(state) if len(state) == len(rates) else algorithm.initial(rates)

    def reset(self) -> Awaitable[None]:
        return self._unit.permits.keep(*self._where, ())
