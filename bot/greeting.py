"""Who the members of Slack's workspaces are to us: matched by e-mail address, never by name."""

from datetime import datetime, timedelta

import structlog

from actions.people.recognising import lapse, recognise
from channels.slack.members import NOBODY, Member, Members
from domain.addresses import Channel
from domain.clock import Clock
from domain.errors import Failed, Unavailable
from domain.matches import Match, MatchState
from store.connecting import Store

STRANGE_FOR = timedelta(minutes=5)  # before Slack is asked again who a stranger is
MOST_STRANGERS = 1000

logger = structlog.get_logger()


class Greeter:
    """`trusted` are the domains of e-mail whose holders nobody has to confirm."""

    def __init__(
        self, members: Members, store: Store, clock: Clock, *, trusted: frozenset[str]
    ) -> None:
        self._members = members
        self._store = store
        self._clock = clock
        self._trusted = trusted
        self._strangers: dict[str, datetime] = {}

    async def met(self, address: str) -> str | None:
        """Match whoever speaks for the first time, and return the language of their app."""
        if self._is_strange(address):
            return None
        now = self._clock.now()
        async with self._store.reading() as unit:
            if await unit.people.at(Channel.SLACK, address, on=now.date()):
                return None
        try:
            member = await self._members.at(address)
        except Failed as failure:
            logger.warning("slack_member_unknown", code=failure.code)
            member = NOBODY
        match = await self._matched(address, member)
        if match is None or match.state is not MatchState.CONFIRMED:
            self._note_strange(address)
        return member.language

    async def altered(self, address: str) -> None:
        """Look again at a member whom Slack knows otherwise than before, if they are one of ours.

        Raises Unavailable when Slack does not say: it tells again.
        """
        async with self._store.reading() as unit:
            is_ours = await unit.matches.at(Channel.SLACK, address)
            if not is_ours and not await unit.people.with_address(address):
                return
        try:
            member = await self._members.at(address)
        except Failed as failure:
            raise Unavailable(failure.code) from failure
        await self._reviewed(address, member)

    async def match_everybody(self) -> int:
        """Match the members of every workspace, and return how many were looked at."""
        count = 0
        async for address, member in self._members.everybody():
            await self._reviewed(address, member)
            count += 1
        return count

    async def _reviewed(self, address: str, member: Member) -> None:
        async with self._store.unit() as unit:
            if await lapse(unit, Channel.SLACK, address, member.email, is_gone=member.is_gone):
                logger.warning("slack_member_lapsed")
        await self._matched(address, member)

    async def _matched(self, address: str, member: Member) -> Match | None:
        if member.email is None:
            return None
        domain = member.email.rpartition("@")[2].lower()
        is_enough = domain in self._trusted and not member.is_guest
        async with self._store.unit() as unit:
            return await recognise(unit, Channel.SLACK, address, member.email, is_enough=is_enough)

    def _is_strange(self, address: str) -> bool:
        seen_at = self._strangers.get(address)
        return seen_at is not None and self._clock.now() - seen_at < STRANGE_FOR

    def _note_strange(self, address: str) -> None:
        self._strangers[address] = self._clock.now()
        if len(self._strangers) > MOST_STRANGERS:
            del self._strangers[next(iter(self._strangers))]
