"""Digests that are due: each person's, on each channel, made once and as one message."""

from collections.abc import Iterable
from datetime import tzinfo

from actions.meetings import tenant
from domain.addresses import Channel
from domain.clock import zone
from domain.digests import MOST_SHOWN, Item, digest, next_digest
from domain.notices import in_language
from domain.preferences import Reason
from domain.topics import TOPIC_OF
from domain.wishes import Rhythm
from store.connecting import Store
from store.digests import Gathered
from store.outbox import Urgency
from store.unit import Unit

PAGE = 100  # people


class Digests:
    """Makes what is due, in many processes at once if need be: a person belongs to one of them."""

    def __init__(self, store: Store, carried: Iterable[Channel], *, page: int = PAGE) -> None:
        self._store = store
        self._carried = frozenset(carried)
        self._page = page

    async def make_all(self) -> int:
        """Make every digest that is due, and return how many there were."""
        made = 0
        while (count := await self._make_page()) is not None:
            made += count
        return made

    async def _make_page(self) -> int | None:
        async with self._store.reading() as unit:
            if not await unit.digests.is_anything_due():
                return None
        async with self._store.unit() as unit:
            await unit.digests.expire()
            people = await unit.digests.people_due(most=self._page)
            if not people:
                return None
            place = zone((await tenant(unit)).zone)
            gathered = await unit.digests.gathered(people)
            return sum([await self._make(unit, one, place) for one in gathered])

    async def _make(self, unit: Unit, gathered: Gathered, commune: tzinfo) -> int:
        """Put one digest; 0 where there is no way any more, or this hour's was made already."""
        if not await self._is_reachable(unit, gathered):
            await unit.digests.drop(gathered)
            return 0
        preferences = (await unit.preferences.of(gathered.person_id)).now
        place = zone(preferences.zone) if preferences.zone else commune
        if not await unit.digests.open(gathered):
            later = next_digest(Rhythm.DAILY, unit.clock.now(), preferences, place)
            await unit.digests.put_off(gathered, later)
            return 0
        newest = gathered.notice_ids[-MOST_SHOWN:]
        items = [
            Item(
                TOPIC_OF[notice.kind],
                in_language(notice.content, gathered.language),
                notice.created_at,
            )
            for notice in await unit.notices.by_ids(newest)
        ]
        message = digest(
            items,
            gathered.language,
            count=len(gathered.notice_ids),
            at=unit.clock.now(),
            zone=place,
        )
        await unit.outbox.put(
            gathered.channel,
            gathered.address,
            [message],
            person_id=gathered.person_id,
            reason=Reason.SUMMARY,
            urgency=Urgency.INFORMATIONAL,
        )
        await unit.digests.close(gathered)
        return 1

    async def _is_reachable(self, unit: Unit, gathered: Gathered) -> bool:
        if gathered.channel not in self._carried:
            return False
        return any(
            (one.channel, one.value) == (gathered.channel, gathered.address)
            and one.is_verified
            and not one.is_quarantined
            for one in await unit.people.addresses(gathered.person_id)
        )
