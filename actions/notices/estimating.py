"""Estimating: when what waits will have left, by what is known of it and of the channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.addresses import Channel
from domain.channel import Metered, Provider
from domain.estimates import (
    Estimate,
    Flow,
    Pile,
    Standstill,
    allowed,
    estimate,
    is_still,
    load,
    seen,
)
from domain.notices import Content, Notice, in_language
from domain.steering import Hold, HoldKind
from store.outbox import URGENCIES
from store.unit import Unit

Providers = Mapping[Channel, Provider]
Contents = Mapping[int, Content]
"""What notices say, by their ids."""


async def estimate_notice(unit: Unit, providers: Providers, notice: Notice) -> list[Estimate]:
    """Say for each channel when the rest of a notice will have left."""
    piles = await unit.backlog.piles(notice.id)
    ahead = await unit.backlog.ahead(URGENCIES[notice.notice_class], notice.id)
    outlook = await _outlook(unit, providers, [*piles, *ahead])
    return outlook.estimates(piles, ahead, expires_at=notice.expires_at)


async def estimate_everything(unit: Unit, providers: Providers) -> list[Estimate]:
    """Say for each channel when all that waits will have left."""
    piles = await unit.backlog.piles()
    return (await _outlook(unit, providers, piles)).estimates(piles)


async def estimate_imagined(
    unit: Unit, providers: Providers, imagined: Notice, piles: Sequence[Pile]
) -> list[Estimate]:
    """Say for each channel when a notice that is not published yet would have left."""
    ahead = await unit.backlog.ahead(URGENCIES[imagined.notice_class])
    said = {imagined.id: imagined.content}
    return (await _outlook(unit, providers, ahead, said)).estimates(piles, ahead)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What estimates rest on at one instant."""

    providers: Providers
    contents: Contents
    holds: Sequence[Hold]
    paused: frozenset[int]
    left_at: Mapping[Channel, Sequence[datetime]]
    now: datetime

    def estimates(
        self,
        piles: Sequence[Pile],
        ahead: Sequence[Pile] = (),
        *,
        expires_at: datetime | None = None,
    ) -> list[Estimate]:
        going = [pile for pile in piles if pile.notice_id not in self.paused]
        found = [
            self._estimate(channel, going, ahead, expires_at)
            for channel in sorted({pile.channel for pile in going})
        ]
        held = [pile for pile in piles if pile.notice_id in self.paused]
        return found + [
            Estimate(load(channel, held, self._parts), Flow(), standstill=Standstill.PAUSED)
            for channel in sorted({pile.channel for pile in held})
        ]

    def _estimate(
        self,
        channel: Channel,
        piles: Sequence[Pile],
        ahead: Sequence[Pile],
        expires_at: datetime | None,
    ) -> Estimate:
        before = load(channel, ahead, self._parts)
        mine = load(channel, piles, self._parts, ahead=before.parts)
        left_at = self.left_at.get(channel, ())
        provider = self.providers.get(channel)
        pace = seen(left_at)
        flow = Flow(
            limit=allowed(provider.capabilities) if provider else None,
            seen=pace * mine.parts / mine.messages if pace else None,
            rests_until=self._rests_until(channel),
            standstill=self._held(channel)
            or (Standstill.STALLED if is_still(mine.due_since, left_at, self.now) else None),
        )
        return estimate(mine, flow, self.now, expires_at=expires_at)

    def _parts(self, pile: Pile) -> int:
        """Return how many parts one message takes; those of its own are short."""
        provider: object = self.providers.get(pile.channel)
        content = self.contents.get(pile.notice_id or 0)
        if isinstance(provider, Metered) and content:
            return provider.parts(in_language(content, pile.language))
        return 1

    def _held(self, channel: Channel) -> Standstill | None:
        if channel not in self.providers:
            return Standstill.UNCARRIED
        kinds = {hold.kind for hold in self.holds if hold.channel is channel}
        if HoldKind.PAUSED in kinds:
            return Standstill.PAUSED
        return Standstill.BARRED if HoldKind.BARRED in kinds else None

    def _rests_until(self, channel: Channel) -> datetime | None:
        ends = (hold.until for hold in self.holds if hold.channel is channel)
        return max((end for end in ends if end), default=None)


async def _outlook(
    unit: Unit, providers: Providers, piles: Sequence[Pile], said: Contents | None = None
) -> Outlook:
    wanted = sorted({pile.notice_id for pile in piles if pile.notice_id is not None})
    known = {notice.id: notice.content for notice in await unit.notices.by_ids(wanted)}
    return Outlook(
        providers=providers,
        contents={**known, **(said or {})},
        holds=await unit.steering.holds(),
        paused=await unit.steering.paused_notices(),
        left_at=await unit.backlog.left_at(),
        now=unit.clock.now(),
    )
