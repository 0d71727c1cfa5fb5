"""Slack's side of hearing: members are recognised, and workspaces that let us go are left."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from actions.joining import leave
from actions.recognising import recognise
from channels.slack.members import Member, Members
from domain.addresses import Channel
from domain.clock import Clock
from domain.messages import Event, Heard, Incoming
from store.connecting import Store

STRANGE_FOR = timedelta(minutes=5)  # before Slack is asked again who a stranger is
MOST_STRANGERS = 1000

Hear = Callable[[Event], Awaitable[None]]

logger = structlog.get_logger()


class Reception:
    """Hears for the engine: recognises members, and notices the workspaces that let us go."""

    def __init__(self, hear: Hear, members: Members, store: Store, clock: Clock) -> None:
        self._hear = hear
        self._members = members
        self._store = store
        self._clock = clock
        self._strangers: dict[str, datetime] = {}

    async def hear(self, event: Event) -> None:
        """Take one event; raise Unavailable when the store is away."""
        if not isinstance(event, Incoming) or event.channel is not Channel.SLACK:
            await self._hear(event)
        elif event.kind is Heard.LEFT:
            await self._left(event)
        else:
            await self._hear(await self._introduced(event))

    async def _left(self, event: Incoming) -> None:
        async with self._store.unit() as unit:
            if await leave(unit, event.address, code=event.text, at=event.at):
                logger.warning("slack_workspace_left", team=event.address, code=event.text)

    async def _introduced(self, event: Incoming) -> Incoming:
        """Recognise whoever speaks for the first time, and learn their language."""
        speaker = event.speaker or event.address
        if self._is_strange(speaker):
            return event
        now = self._clock.now()
        async with self._store.reading() as unit:
            if await unit.people.at(Channel.SLACK, speaker, on=now.date()):
                return event
        member = await self._members.at(speaker)
        if not await self._recognised(speaker, member):
            self._strangers[speaker] = now
            if len(self._strangers) > MOST_STRANGERS:
                del self._strangers[next(iter(self._strangers))]
        return replace(event, language=event.language or member.language)

    async def _recognised(self, address: str, member: Member) -> bool:
        if member.email is None:
            return False
        async with self._store.unit() as unit:
            return await recognise(unit, Channel.SLACK, address, member.email) is not None

    def _is_strange(self, address: str) -> bool:
        seen_at = self._strangers.get(address)
        return seen_at is not None and self._clock.now() - seen_at < STRANGE_FOR
