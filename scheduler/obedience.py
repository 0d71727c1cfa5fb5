"""What the records hold back, obeyed by the lanes of every process; and what ours have found."""

from collections.abc import Collection
from typing import Any

import structlog

from domain.addresses import Channel
from domain.errors import Unavailable
from domain.steering import Hold, HoldKind
from scheduler.breaker import Gate
from store.connecting import Store
from store.unit import Unit

FOUND = (HoldKind.RESTING, HoldKind.BARRED)

log: Any = structlog.get_logger(__name__)


async def obey(store: Store, gates: Collection[Gate]) -> frozenset[int]:
    """Tell the other processes what ours has found, do as they say, and return paused notices."""
    told = [(gate, gate.news, gate.is_over) for gate in gates if gate.news or gate.is_over]
    if told:
        async with store.unit() as unit:
            for gate, news, is_over in told:
                await _tell(unit, gate.channel, news, is_over=is_over)
        for gate, news, is_over in told:
            gate.was_told(news, is_over=is_over)
    async with store.reading() as unit:
        holds = await unit.steering.holds()
        paused = await unit.steering.paused_notices()
    for gate in gates:
        gate.obey(holds)
    return paused


async def obey_if_possible(store: Store, gates: Collection[Gate]) -> frozenset[int]:
    """Obey; while the store is away, go on as before."""
    try:
        return await obey(store, gates)
    except Unavailable as away:
        log.warning("steering_waits_for_the_store", reason=str(away))
        return frozenset()


async def _tell(unit: Unit, channel: Channel, news: Hold | None, *, is_over: bool) -> None:
    if is_over:
        await unit.steering.let_go(channel, FOUND)
    if news:
        await unit.steering.hold(channel, news.kind, code=news.code, until=news.until)
