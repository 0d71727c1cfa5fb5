"""From a notice to its deliveries: the audience is read in pages, each kept whole or not at all."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog

from domain.addresses import Channel
from domain.channel import Capabilities
from domain.clock import wall_time, zone
from domain.notices import Notice
from domain.preferences import Route, resolve
from scheduler.pace import chunk_size
from store.connecting import Store
from store.unit import Unit

PAGE = 500  # people

log: Any = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an audience, decided: everyone after person `after`, up to person `last`."""

    after: int
    last: int
    routes: tuple[Route, ...]
    is_last: bool


class FanOut:
    """Expands notices: one page is stored while the next is read and decided.

    Any number of processes may try at once. A page is stored only where the one before it ended;
    who finds that somebody else went on leaves the notice to them, and the next tick looks again.
    """

    def __init__(
        self, store: Store, carried: Mapping[Channel, Capabilities], *, page: int = PAGE
    ) -> None:
        self._store = store
        self._carried = frozenset(carried)
        self._chunk_sizes = {channel: chunk_size(can) for channel, can in carried.items()}
        self._page = page

    async def expand_all(self) -> int:
        """Expand every notice that is not yet, and return how many deliveries that made."""
        async with self._store.reading() as unit:
            expanding = await unit.notices.expanding()
        return sum([await self.expand(notice_id) for notice_id in expanding])

    async def expand(self, notice_id: int) -> int:
        """Expand a notice from where it stands, and return how many deliveries that made."""
        async with self._store.reading() as unit:
            notice = await unit.notices.by_id(notice_id)
            after = await unit.notices.expanded_to(notice_id)
            on = await _day_of(unit, notice) if notice else None
        if notice is None or on is None or after is None:
            return 0
        made = 0
        page: Page | None = await self._read(notice, on, after)
        while page is not None:
            stored, page = await asyncio.gather(
                self._keep(notice, page),
                self._read(notice, on, page.last) if not page.is_last else _nothing(),
            )
            if stored is None:
                break
            made += stored
        log.info("notice_expanded", notice=notice_id, deliveries=made)
        return made

    async def _read(self, notice: Notice, on: date, after: int) -> Page:
        """Read the next page, and decide for everyone on it."""
        async with self._store.reading() as unit:
            people = await unit.audiences.page(notice.audience, on=on, after=after, most=self._page)
        return Page(
            after=after,
            last=people[-1].person_id if people else after,
            routes=tuple(
                route
                for recipient in people
                for route in resolve(notice.notice_class, recipient, self._carried)
            ),
            is_last=len(people) < self._page,
        )

    async def _keep(self, notice: Notice, page: Page) -> int | None:
        """Store a page whole, or, where somebody else has gone on, nothing: None."""
        async with self._store.unit() as unit:
            if await unit.notices.expanded_to(notice.id) != page.after:
                return None
            count = await unit.outbox.spread(notice, page.routes, chunk_sizes=self._chunk_sizes)
            await unit.notices.expand_to(notice.id, page.last)
            if page.is_last:
                await unit.notices.finish_expanding(notice.id)
            return count


async def _nothing() -> None:
    """Read no further."""


async def _day_of(unit: Unit, notice: Notice) -> date | None:
    """Return the day on which the notice was made, as the commune's clocks showed it."""
    tenant = await unit.bodies.tenant()
    return wall_time(notice.created_at, zone(tenant.zone)).date() if tenant else None
