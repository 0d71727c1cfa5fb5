"""Leases of those who fell silent: given back, so that others go on."""

from typing import Any

import structlog

from domain.addresses import Channel
from scheduler.measures import Measures
from store.connecting import Store

log: Any = structlog.get_logger(__name__)


async def give_back(store: Store, measures: Measures) -> frozenset[Channel]:
    """Give expired leases back, and return the channels that have work again."""
    async with store.unit() as unit:
        given = await unit.chunks.give_back_expired()
    for chunk_id, channel in given:
        measures.leases_given_back.labels(channel).inc()
        log.warning("lease_given_back", chunk=chunk_id, channel=channel)
    return frozenset(channel for _, channel in given)
