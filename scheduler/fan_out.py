"""From a notice to its deliveries: the audience is read in pages, each kept whole or not at all."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog

from domain.addresses import Channel
from domain.channel import Capabilities
from domain.clock import wall_time, zone
from domain.notices import Notice
from domain.preferences import resolve
from scheduler.pace import chunk_size
from store.connecting import Store
from store.outbox import Addressed
from store.unit import Unit

PAGE = 500  # people: a page holds up whoever else writes on SQLite, for some 20 ms

log: Any = structlog.get_logger(__name__)


class FanOut:
    """Expands notices. Any number of processes may: whoever reads a page holds the notice's row."""

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
            on = await _day_of(unit, notice) if notice else None
        if notice is None or on is None:
            return 0
        made, more = 0, True
        while more:
            async with self._store.unit() as unit:
                count, more = await self._expand_page(unit, notice, on)
            made += count
        log.info("notice_expanded", notice=notice_id, deliveries=made)
        return made

    async def _expand_page(self, unit: Unit, notice: Notice, on: date) -> tuple[int, bool]:
        """Put the next page's deliveries; return how many, and whether there may be more."""
        after = await unit.notices.expanded_to(notice.id)
        if after is None:
            return 0, False
        page = await unit.audiences.page(notice.audience, on=on, after=after, most=self._page)
        shares = [
            Addressed(
                recipient.person_id,
                recipient.language,
                resolve(notice.notice_class, recipient, self._carried),
            )
            for recipient in page
        ]
        count = await unit.outbox.spread(notice, shares, chunk_sizes=self._chunk_sizes)
        if page:
            await unit.notices.expand_to(notice.id, page[-1].person_id)
        if len(page) < self._page:
            await unit.notices.finish_expanding(notice.id)
        return count, len(page) == self._page


async def _day_of(unit: Unit, notice: Notice) -> date | None:
    """Return the day on which the notice was made, as the commune's clocks showed it."""
    tenant = await unit.bodies.tenant()
    return wall_time(notice.created_at, zone(tenant.zone)).date() if tenant else None
