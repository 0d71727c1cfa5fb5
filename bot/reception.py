"""Slack's side of hearing: members are greeted, and workspaces that let us go are left."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from actions.people.joining import leave
from bot.greeting import Greeter
from domain.addresses import Channel
from domain.messages import Event, Heard, Incoming
from store.connecting import Store

Hear = Callable[[Event], Awaitable[None]]

logger = structlog.get_logger()


class Reception:
    """Hears for the engine what is said, and itself what became of members and workspaces."""

    def __init__(self, hear: Hear, greeter: Greeter, store: Store) -> None:
        self._hear = hear
        self._greeter = greeter
        self._store = store

    async def hear(self, event: Event) -> None:
        """Take one event; raise Unavailable when the store is away, or Slack where it is asked."""
        if not isinstance(event, Incoming) or event.channel is not Channel.SLACK:
            await self._hear(event)
        elif event.kind is Heard.LEFT:
            await self._left(event)
        elif event.kind is Heard.ALTERED:
            await self._greeter.altered(event.address)
        else:
            language = await self._greeter.met(event.speaker or event.address)
            await self._hear(replace(event, language=event.language or language))

    async def _left(self, event: Incoming) -> None:
        async with self._store.unit() as unit:
            if await leave(unit, event.address, code=event.text, at=event.at):
                logger.warning("slack_workspace_left", team=event.address, code=event.text)
