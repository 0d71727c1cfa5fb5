"""Who somebody is in Slack, as far as their workspace vouches for it."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from channels.slack.failures import NotAsAsked, failed
from channels.slack.places import Place
from channels.slack.tokens import Tokens
from channels.slack.web_api import WebApi
from domain.errors import Undeliverable

PAGE = 200  # members asked for at once, as Slack recommends (methods/users.list)


@dataclass(frozen=True, slots=True)
class Member:
    """`email` is None unless the workspace vouches for it; `language` is that of their app.

    `is_guest`: let in by the workspace for some channels only. `is_gone`: not any more.
    """

    email: str | None = None
    language: str | None = None
    is_guest: bool = False
    is_gone: bool = False


NOBODY = Member()


class Members:
    def __init__(self, api: WebApi, tokens: Tokens) -> None:
        self._api = api
        self._tokens = tokens

    async def at(self, address: str) -> Member:
        """Return who is at an address; raise Failed when Slack does not say."""
        place = Place.read(address)
        answer = await self._asked("users.info", place.team, user=place.user, include_locale="true")
        user = answer.get("user")
        return _member(user, place.team) if isinstance(user, Mapping) else NOBODY

    async def everybody(self) -> AsyncIterator[tuple[str, Member]]:
        """Return the members of every workspace, with their addresses; raise Failed."""
        for team in await self._tokens.teams():
            cursor = ""
            while True:
                answer = await self._asked("users.list", team, limit=PAGE, cursor=cursor)
                for address, user in _listed(answer.get("members"), team):
                    yield address, _member(user, team)
                more = answer.get("response_metadata")
                cursor = str(more.get("next_cursor") or "") if isinstance(more, Mapping) else ""
                if not cursor:
                    break

    async def _asked(self, method: str, team: str, **fields: Any) -> dict[str, Any]:
        try:
            token = await self._tokens.token(team)
            return await self._api.ask_form(method, token=token, **fields)
        except NotAsAsked as refused:
            raise failed(refused.word) from None


def _listed(members: Any, team: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for user in members if isinstance(members, list) else ():
        if isinstance(user, Mapping):
            try:
                yield Place.read(f"{team}:{user.get('id')}").address, user
            except Undeliverable:  # an id that cannot be one
                continue


def _member(user: Mapping[str, Any], team: str) -> Member:
    """Read a user; one of another workspace, a bot and a former member are vouched for by nobody.

    Slack leaves `is_email_confirmed` out where it does not apply, so only its False is a no.
    """
    language = str(user.get("locale") or "").partition("-")[0].lower() or None
    is_ours = user.get("team_id") in {None, team} and not user.get("is_stranger")
    is_person = not user.get("is_bot") and not user.get("deleted")
    profile = user.get("profile")
    email = profile.get("email") if isinstance(profile, Mapping) else None
    if not is_ours or not is_person or user.get("is_email_confirmed") is False:
        email = None
    return Member(
        email if isinstance(email, str) else None,
        language,
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_gone=bool(user.get("deleted")),
    )
