"""Whom a workspace vouches for."""

from typing import Any

import pytest
from aiohttp import web

from channels.slack.members import NOBODY, Member, Members
from channels.slack.tokens import GivenToken
from channels.slack.web_api import WebApi
from domain.errors import Undeliverable
from tests.providers.telegram_listening import on_a_socket

USER = {
    "id": "U9",
    "team_id": "T1",
    "locale": "fr-FR",
    "is_email_confirmed": True,
    "profile": {"email": "salma@commune.ma", "real_name": "Salma"},
}


async def member(user: Any, address: str = "T1:U9") -> Member:
    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("auth.test"):
            return web.json_response({"ok": True, "team_id": "T1"})
        return web.json_response({"ok": True, "user": user})

    async with on_a_socket(answer) as url:
        api = WebApi(f"{url}/api/")
        try:
            return await Members(api, GivenToken(api, "xoxb-1")).at(address)
        finally:
            await api.close()


async def test_a_member_is_who_their_workspace_says_by_their_email() -> None:
    assert await member(USER) == Member("salma@commune.ma", "fr")


@pytest.mark.parametrize(
    "change",
    [
        {"is_bot": True},
        {"deleted": True},
        {"is_stranger": True},
        {"team_id": "T0OTHER"},
        {"is_email_confirmed": False},
        {"profile": {"real_name": "Salma"}},
        {"profile": {"email": 7}},
        {"profile": None},
    ],
)
async def test_whoever_is_not_vouched_for_has_no_email(change: dict[str, Any]) -> None:
    assert (await member({**USER, **change})).email is None


@pytest.mark.parametrize("user", [None, [], "x"])
async def test_an_answer_without_a_user_is_about_nobody(user: Any) -> None:
    assert await member(user) == NOBODY


async def test_of_a_workspace_that_is_not_ours_nobody_is_known() -> None:
    with pytest.raises(Undeliverable):
        await member(USER, "T0OTHER:U9")


async def test_guests_and_former_members_are_told_apart() -> None:
    assert (await member({**USER, "is_ultra_restricted": True})).is_guest
    assert (await member({**USER, "deleted": True})).is_gone
