"""How a workspace lets our app in, and how its tokens are renewed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from slack_sdk.oauth import AuthorizeUrlGenerator

from channels.slack.failures import NotAsAsked, failed
from channels.slack.places import Place
from channels.slack.web_api import WebApi
from domain.clock import Clock
from domain.errors import Uncertain, Undeliverable

# What the app may do, and no more; deploy/slack-manifest.json asks for the same.
SCOPES = (
    "app_mentions:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",
    "im:write",
    "users:read",
    "users:read.email",
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack gave, in clear: never to be logged or kept as it is."""

    team: str
    name: str
    token: str
    refresh_token: str | None = None
    expires_at: datetime | None = None


class OAuth:
    """`redirect_url`: where Slack sends people back to, as it is written in the app's settings."""

    def __init__(
        self,
        api: WebApi,
        *,
        client_id: str,
        client_secret: str,
        redirect_url: str,
        authorize_url: str,
        clock: Clock,
    ) -> None:
        self._api = api
        self._app = {"client_id": client_id, "client_secret": client_secret}
        self._redirect_url = redirect_url
        self._clock = clock
        self._links = AuthorizeUrlGenerator(
            client_id=quote(client_id),
            redirect_uri=quote(redirect_url, safe=""),
            scopes=SCOPES,
            authorization_url=authorize_url,
        )

    def link(self, state: str) -> str:
        """Return where somebody may let us into their workspace."""
        return self._links.generate(quote(state))

    async def exchange(self, code: str) -> Grant:
        """Return what was granted for a code that Slack sent along; raise Failed."""
        return await self._asked(code=code, redirect_uri=self._redirect_url)

    async def refresh(self, refresh_token: str) -> Grant:
        """Use a refresh token up; raise Failed. What it gave is lost if it is not kept."""
        return await self._asked(grant_type="refresh_token", refresh_token=refresh_token)

    async def _asked(self, **fields: str) -> Grant:
        try:
            answer = await self._api.ask_form("oauth.v2.access", **self._app, **fields)
        except NotAsAsked as refused:
            raise failed(refused.word) from None
        if answer.get("is_enterprise_install"):
            raise Undeliverable("whole_organisation")  # a workspace at a time: members have one
        return _grant(answer, self._clock.now())


def _grant(answer: Mapping[str, Any], now: datetime) -> Grant:
    try:
        team = answer["team"]
        lasts = answer.get("expires_in")
        return Grant(
            team=Place.of_team(team["id"]).team,
            name=str(team.get("name") or team["id"])[:200],
            token=str(answer["access_token"]),
            refresh_token=answer.get("refresh_token"),
            expires_at=now + timedelta(seconds=int(lasts)) if lasts else None,
        )
    except (KeyError, TypeError, ValueError):
        raise Uncertain("unreadable_grant") from None
