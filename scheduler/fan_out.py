"""From a notice to its deliveries: the audience is read in pages, each kept whole or not at all."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import structlog

from actions.notices.occasions import occasion
from domain.addresses import Channel
from domain.channel import Capabilities
from domain.clock import wall_time, zone
from domain.notices import Notice, NoticeClass
from domain.policies import Policy, policy as of_the_house
from domain.preferences import Occasion, Route, resolve_all
from domain.tracing import UNTRACED, Tracing
from domain.trials import Reach, within_reach
from scheduler.pace import chunk_size
from store.connecting import Store
from store.unit import Unit

# People. A page is one transaction: SQLite lets nobody else write until it is over.
PAGES = {"sqlite": 500, "postgresql": 1_000}
AN_HOUR = timedelta(hours=1)  # within which one topic may have too much to say

log: Any = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class About:
    """What is the same for everyone a notice is for.

    `on`: the day it was made, as the commune's clocks showed it. `lately`: the notices of the same
    topic within the last hour, where they are so many that some people may have had enough.
    """

    notice: Notice
    occasion: Occasion
    on: date
    lately: tuple[int, ...]


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
        self,
        store: Store,
        carried: Mapping[Channel, Capabilities],
        *,
        page: int | None = None,
        policy: Policy | None = None,
        tracing: Tracing = UNTRACED,
    ) -> None:
        self._store = store
        self._carried = frozenset(carried)
        self._chunk_sizes = {channel: chunk_size(can) for channel, can in carried.items()}
        self._page = page or PAGES[store.dialect]
        self._tracing = tracing
        self._policy = policy or of_the_house()

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
            commune = await unit.bodies.tenant()
            if notice is None or commune is None or after is None:
                return 0
            about = await self._about(
                unit, notice, wall_time(notice.created_at, zone(commune.zone))
            )
        made = 0
        page: Page | None = await self._read(about, after)
        while page is not None:
            stored, page = await asyncio.gather(
                self._keep(notice, page),
                self._read(about, page.last) if not page.is_last else _nothing(),
            )
            if stored is None:
                break
            made += stored
        log.info("notice_expanded", notice=notice_id, deliveries=made)
        return made

    async def _about(self, unit: Unit, notice: Notice, made: datetime) -> About:
        """Gather what is the same for everyone."""
        said_lately: Sequence[int] = ()
        if notice.notice_class is NoticeClass.INFORMATIONAL:
            said_lately = await unit.notices.lately(notice, since=unit.clock.now() - AN_HOUR)
        is_much = len(said_lately) >= self._policy.most_an_hour
        return About(
            notice,
            await occasion(unit, notice, self._carried, self._policy),
            made.date(),
            tuple(said_lately) if is_much else (),
        )

    async def _read(self, about: About, after: int) -> Page:
        """Read the next page, and decide for everyone on it."""
        async with self._store.reading() as unit:
            people = await unit.audiences.page(
                about.notice.audience,
                on=about.on,
                after=after,
                most=self._page,
                with_roles=bool(self._policy.roles) or about.notice.reach is Reach.TEAM,
            )
            ids = [one.person_id for one in people]
            told = await unit.audiences.told_lately(about.lately, ids) if about.lately else {}
            now = unit.clock.now()
        now_here = replace(about.occasion, now=now)
        if told:
            people = [replace(one, told_lately=told.get(one.person_id, 0)) for one in people]
        team = {one.person_id for one in people if one.is_staff}
        return Page(
            after=after,
            last=ids[-1] if ids else after,
            routes=tuple(within_reach(resolve_all(now_here, people), about.notice.reach, team)),
            is_last=len(people) < self._page,
        )

    async def _keep(self, notice: Notice, page: Page) -> int | None:
        """Store a page whole, or, where somebody else has gone on, nothing: None."""
        with self._tracing.span("fan_out", notice=notice.id) as span:
            count = await self._kept(notice, page)
            span.note(deliveries=count)
        return count

    async def _kept(self, notice: Notice, page: Page) -> int | None:
        async with self._store.unit() as unit:
            if await unit.notices.expanded_to(notice.id) != page.after:
                return None
            count = await unit.outbox.spread(notice, page.routes, chunk_sizes=self._chunk_sizes)
            await unit.notices.expand_to(notice.id, page.last)
            if page.is_last:
                count += await unit.places.tell(notice)
                count += await self._tell_systems(unit, notice)
                await self._plan_ladder(unit, notice)
                await unit.notices.finish_expanding(notice.id)
            return count

    async def _tell_systems(self, unit: Unit, notice: Notice) -> int:
        """Put a notice for the other systems that hear of it, once everyone's part is stored."""
        if Channel.WEBHOOK not in self._carried:
            return 0
        return await unit.webhooks.tell(notice)

    async def _plan_ladder(self, unit: Unit, notice: Notice) -> None:
        """Plan the later steps: each waits from when the last of the audience was told."""
        now = unit.clock.now()
        ladder = self._policy.ladder(notice.notice_class)
        later = [(number, now + step.after) for number, step in enumerate(ladder) if number]
        await unit.escalations.plan(notice.id, later)


async def _nothing() -> None:
    """Read no further."""
