"""Whose token opens which workspace: one given by hand, or those that OAuth brought."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from channels.slack.failures import NotAsAsked, failed
from channels.slack.oauth import Grant, OAuth
from channels.slack.sealing import Seal
from channels.slack.web_api import WebApi
from domain.clock import Clock
from domain.errors import Barred, Failed, Undeliverable, Unreachable
from domain.workspaces import Installation

NOT_INSTALLED = "not_installed"  # the code of an address in a workspace that never let us in
KEPT = timedelta(seconds=30)  # how late a process may learn that a workspace let us go
MOST_KEPT = 1000  # workspaces
# Tokens that expire do so after twelve hours (docs.slack.dev, authentication/using-token-rotation).
EARLY = timedelta(hours=2)
ROTATION_LASTS = timedelta(seconds=60)  # longer than Slack may take to answer
SOON = timedelta(seconds=2)

logger = structlog.get_logger()


class Tokens(Protocol):
    async def token(self, team: str) -> str:
        """Return the token for a workspace; raise Failed when there is none that is good."""
        ...

    async def teams(self) -> Sequence[str]:
        """Return the workspaces there are tokens for, or raise Failed."""
        ...

    async def answer_for_themselves(self) -> str:
        """Return one line that says Slack knows them, or raise Failed."""
        ...


class Records(Protocol):
    """Where installations are kept, each call a transaction of its own."""

    async def at(self, team: str) -> Installation | None: ...

    async def teams(self) -> Sequence[str]: ...

    async def begin_rotation(self, team: str, lasts: timedelta) -> Installation | None:
        """Take the right to ask for the next token, for a while; None: somebody else has it."""
        ...

    async def end_rotation(self, before: Installation, after: Installation) -> bool: ...


class GivenToken:
    """The token of the one workspace that our app is installed in by hand."""

    def __init__(self, api: WebApi, token: str) -> None:
        self._api = api
        self._token = token
        self._team: str | None = None

    async def token(self, team: str) -> str:
        if team not in await self.teams():
            raise Undeliverable(NOT_INSTALLED, is_address_dead=True)
        return self._token

    async def teams(self) -> Sequence[str]:
        if self._team is None:
            self._team = str((await self._asked())["team_id"])
        return (self._team,)

    async def answer_for_themselves(self) -> str:
        answer = await self._asked()
        return f"Slack answers as {answer.get('user')} of {answer.get('team')}."

    async def _asked(self) -> dict[str, str]:
        try:
            return await self._api.ask_form("auth.test", token=self._token)
        except NotAsAsked as refused:
            failure = failed(refused.word)
            is_ours = isinstance(failure, Unreachable) and failure.is_only_here
            raise (Barred(refused.word) if is_ours else Unreachable(refused.word)) from None


class InstalledTokens:
    """The tokens that OAuth brought; those that expire are changed in time, by one at a time."""

    def __init__(
        self, api: WebApi, records: Records, seal: Seal, oauth: OAuth, clock: Clock
    ) -> None:
        self._api = api
        self._records = records
        self._seal = seal
        self._oauth = oauth
        self._clock = clock
        self._kept: dict[str, tuple[datetime, str]] = {}

    async def token(self, team: str) -> str:
        now = self._clock.now()
        read_at, token = self._kept.get(team, (None, ""))
        if read_at is None or now - read_at >= KEPT:
            token = self._seal.opened((await self._installation(team)).token)
            self._keep(team, token, now)
        return token

    async def teams(self) -> Sequence[str]:
        return await self._records.teams()

    async def answer_for_themselves(self) -> str:
        try:
            await self._api.ask_form("api.test")
        except NotAsAsked as refused:
            raise failed(refused.word) from None
        return f"Slack answers; our app is in {len(await self.teams())} workspaces."

    async def _installation(self, team: str) -> Installation:
        installation = await self._records.at(team)
        if installation is None:
            raise Undeliverable(NOT_INSTALLED, is_address_dead=True)
        if not self._is_due(installation, EARLY):
            return installation
        held = await self._records.begin_rotation(team, ROTATION_LASTS)
        if held is not None:
            return await self._rotated(held)
        if self._is_due(installation, timedelta()):
            raise Unreachable("rotating", retry_after=SOON)
        return installation  # somebody else is at it, and this one is still good

    async def _rotated(self, before: Installation) -> Installation:
        """Change the token, which only we do now; keep the old one while it is good."""
        after = before
        if self._is_due(before, EARLY) and before.refresh_token:
            try:
                grant = await self._oauth.refresh(self._seal.opened(before.refresh_token))
                after = granted(grant, self._seal, before)
            except Failed as failure:
                logger.warning("slack_token_not_rotated", code=failure.code)
                await self._records.end_rotation(before, before)
                if self._is_due(before, timedelta()):
                    raise
                return before
        await self._records.end_rotation(before, after)
        return after

    def _is_due(self, installation: Installation, early: timedelta) -> bool:
        expires_at = installation.expires_at
        return expires_at is not None and expires_at - self._clock.now() <= early

    def _keep(self, team: str, token: str, now: datetime) -> None:
        self._kept[team] = (now, token)
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]


def granted(grant: Grant, seal: Seal, before: Installation) -> Installation:
    """Return an installation with new tokens, sealed."""
    refresh_token = seal.sealed(grant.refresh_token) if grant.refresh_token else None
    return replace(
        before,
        token=seal.sealed(grant.token),
        refresh_token=refresh_token,
        expires_at=grant.expires_at,
    )
