"""The pages by which a workspace lets our app in: one sends to Slack, Slack sends to the other."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie

import structlog

from channels.slack.oauth import Grant, OAuth
from channels.slack.sealing import Seal
from domain.channel import Call
from domain.errors import Failed
from domain.pages import Page, Reply
from domain.phrasebook import LANGUAGES, phrasebook

INSTALL = "/slack/install"
REDIRECT = "/slack/oauth_redirect"
COOKIE = "beffroi_slack"
LASTS = timedelta(minutes=10)  # from one page to the other

Joined = Callable[[Grant], Awaitable[None]]

logger = structlog.get_logger()


class InstallPages:
    """`joined` keeps what was granted; only `teams` are let in, or all where there are none.

    Whoever comes back must be whoever was sent: the state that Slack brings back is a sealed copy
    of what only their browser holds (RFC 6749, 10.12).
    """

    def __init__(
        self, oauth: OAuth, seal: Seal, joined: Joined, *, teams: frozenset[str], is_secure: bool
    ) -> None:
        self._oauth = oauth
        self._seal = seal
        self._joined = joined
        self._teams = teams
        self._is_secure = is_secure

    def pages(self) -> tuple[Page, ...]:
        return Page(INSTALL, self.sent), Page(REDIRECT, self.returned)

    async def sent(self, _call: Call) -> Reply:
        """Send somebody to Slack."""
        held = secrets.token_urlsafe(32)
        link = self._oauth.link(self._seal.sealed(held))
        headers = {"Location": link, "Set-Cookie": self._cookie(held, LASTS)}
        return Reply(HTTPStatus.FOUND, headers=headers)

    async def returned(self, call: Call) -> Reply:
        """Take what Slack granted to whoever comes back."""
        if not self._was_sent(call):
            return self._reply(call, HTTPStatus.FORBIDDEN, "slack.not_sent")
        code = call.query.get("code")
        if not code:  # they said no, or Slack did
            return self._reply(call, HTTPStatus.OK, "slack.declined")
        try:
            grant = await self._oauth.exchange(code)
        except Failed as failure:
            logger.warning("slack_install_failed", code=failure.code)
            return self._reply(call, HTTPStatus.BAD_GATEWAY, "slack.failed")
        if self._teams and grant.team not in self._teams:
            logger.warning("slack_install_refused", team=grant.team)
            return self._reply(call, HTTPStatus.FORBIDDEN, "slack.not_invited")
        await self._joined(grant)
        return self._reply(call, HTTPStatus.OK, "slack.installed", name=grant.name)

    def _was_sent(self, call: Call) -> bool:
        held = _cookie(call)
        try:
            state = self._seal.opened(call.query.get("state", ""), within=LASTS)
        except Failed:
            return False
        return bool(held) and hmac.compare_digest(held.encode(), state.encode())

    def _reply(self, call: Call, status: HTTPStatus, key: str, **facts: object) -> Reply:
        text = phrasebook().say(key, _language(call), **facts)
        headers = {"Set-Cookie": self._cookie("", timedelta())}
        return Reply(status, text, headers)

    def _cookie(self, value: str, lasts: timedelta) -> str:
        secure = "; Secure" if self._is_secure else ""
        age = int(lasts.total_seconds())
        return f"{COOKIE}={value}; Path=/slack; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"


def _cookie(call: Call) -> str:
    sent = next((value for name, value in call.headers.items() if name.lower() == "cookie"), "")
    try:
        cookies = SimpleCookie(sent)
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _language(call: Call) -> str:
    """Return the first of a browser's languages that we speak (RFC 9110, 12.5.4)."""
    named = next((v for name, v in call.headers.items() if name.lower() == "accept-language"), "")
    wished = [one.strip()[:2].lower() for one in named.split(",")]
    return next((one for one in wished if one in LANGUAGES), "en")
