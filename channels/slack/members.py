"""Who somebody is in Slack, as far as their workspace vouches for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels.slack.failures import NotAsAsked
from channels.slack.places import Place
from channels.slack.tokens import Tokens
from channels.slack.web_api import WebApi
from domain.errors import Failed


@dataclass(frozen=True, slots=True)
class Member:
    """`email` is None unless the workspace vouches for it; `language` is that of their app."""

    email: str | None = None
    language: str | None = None


NOBODY = Member()


class Members:
    def __init__(self, api: WebApi, tokens: Tokens) -> None:
        self._api = api
        self._tokens = tokens

    async def at(self, address: str) -> Member:
        """Return who is at an address; NOBODY when Slack does not say."""
        try:
            place = Place.read(address)
            answer = await self._api.ask_form(
                "users.info",
                token=await self._tokens.token(place.team),
                user=place.user,
                include_locale="true",
            )
        except (Failed, NotAsAsked):
            return NOBODY
        user = answer.get("user")
        return _member(user, place.team) if isinstance(user, Mapping) else NOBODY


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
    return Member(email if isinstance(email, str) else None, language)
