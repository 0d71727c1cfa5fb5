"""The ladder: whoever has not seen a notice anywhere is told by its next step."""

from collections.abc import Mapping
from typing import Any

import structlog

from actions.meetings import tenant, today
from actions.notices.occasions import occasion
from domain.addresses import Channel
from domain.channel import Capabilities
from domain.policies import Policy, policy as of_the_house
from domain.preferences import climbed
from domain.trials import Reach, within_reach
from scheduler.pace import chunk_size
from store.connecting import Store
from store.escalations import Due
from store.unit import Unit

PAGE = 500  # people

log: Any = structlog.get_logger(__name__)


class Escalation:
    """Climbs what is due, page by page.

    Who has seen it is asked in the transaction that tells the others. Any number of processes may
    try at once: a page belongs to whoever goes on where the one before ended.
    """

    def __init__(
        self,
        store: Store,
        carried: Mapping[Channel, Capabilities],
        *,
        policy: Policy | None = None,
        page: int = PAGE,
    ) -> None:
        self._store = store
        self._carried = frozenset(carried)
        self._chunk_sizes = {channel: chunk_size(can) for channel, can in carried.items()}
        self._policy = policy or of_the_house()
        self._page = page

    async def climb_all(self) -> int:
        """Climb every step that is due, and return how many deliveries that made."""
        async with self._store.reading() as unit:
            due = await unit.escalations.due()
        return sum([await self._climb(one) for one in due])

    async def _climb(self, due: Due) -> int:
        made = 0
        while True:
            async with self._store.unit() as unit:
                told = await self._climb_page(unit, due)
            if told is None:
                break
            made += told
        if made:
            log.info("notice_escalated", notice=due.notice_id, step=due.step, deliveries=made)
        return made

    async def _climb_page(self, unit: Unit, due: Due) -> int | None:
        """Tell the next page of people; None where nothing is left, or somebody else goes on."""
        after = await unit.escalations.climbed_to(due.id)
        if after is None:
            return None
        notice = await unit.notices.by_id(due.notice_id)
        if notice is None or await unit.escalations.is_overtaken(due.notice_id):
            await unit.escalations.finish(due.id)
            return None
        people = await unit.audiences.unseen(
            notice.id,
            on=today(unit.clock, await tenant(unit)),
            after=after,
            most=self._page,
            with_roles=bool(self._policy.roles) or notice.reach is Reach.TEAM,
        )
        if not people:
            await unit.escalations.finish(due.id)
            return None
        about = await occasion(unit, notice, self._carried, self._policy)
        climbing = [route for one in people for route in climbed(about, one, due.step)]
        team = {one.person_id for one in people if one.is_staff}
        routes = within_reach(climbing, notice.reach, team)
        await unit.escalations.climb_to(due.id, people[-1].person_id)
        return await unit.outbox.spread(
            notice, routes, chunk_sizes=self._chunk_sizes, step=due.step
        )
