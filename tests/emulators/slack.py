"""An emulated Slack workspace: the Web API and OAuth of npm's emulate, and signed events."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.emulators.node import running
from tests.ports import free_port

SIGNING_SECRET = "8f742231b10e8888abcd99eee999985a"
CLIENT_ID, CLIENT_SECRET = "111.222", "s3cr3t"
BOT_TOKEN = "xoxb-council-1"
SCOPES = [
    "chat:write",
    "files:read",
    "files:write",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
    "users:read.email",
]
# The visitor's name there is the clerk's.
PEOPLE = {
    "clerk": ("Salma Idrissi", "clerk@casablanca.test"),
    "mayor": ("Amina Alaoui", "mayor@casablanca.test"),
    "visitor": ("Salma Idrissi", "visitor@elsewhere.test"),
}


@dataclass(frozen=True)
class SlackEmulator:
    """One workspace, its people by name, and what was asked of it."""

    url: str
    session: aiohttp.ClientSession
    people: Mapping[str, str]
    team: str

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def authorize_url(self) -> str:
        return f"{self.url}/oauth/v2/authorize"

    def address(self, name: str) -> str:
        return f"{self.team}:{self.people[name]}"

    async def send_events_to(self, url: str) -> None:
        await self._tell("/_events_url", {"url": url})

    async def fail(self, method: str, *, times: int = 1, **fault: Any) -> None:
        """Have a method fail, with `error`, `status`, `retry_after`, `html`, `drop` or `answer`."""
        await self._tell("/_fault", {"path": f"/api/{method}", "times": times, **fault})

    async def revoke(self, token: str) -> None:
        await self._tell("/_revoke", {"token": token})

    async def asked(self, method: str) -> list[str]:
        """Return the bodies of every call of a method."""
        async with self.session.get(f"{self.url}/_log") as answer:
            log = await answer.json()
        return [one["body"] for one in log if one["path"] == f"/api/{method}"]

    async def kept(self, kind: str) -> list[dict[str, Any]]:
        async with self.session.get(f"{self.url}/_store") as answer:
            kept: list[dict[str, Any]] = (await answer.json())[kind]
        return kept

    async def talk(self, name: str) -> list[dict[str, Any]]:
        """Return the messages of a person's talk with our app, the oldest first."""
        person = self.people[name]
        talks = {
            one["channel_id"]
            for one in await self.kept("channels")
            if one.get("is_im") and person in one["members"]
        }
        return [one for one in await self.kept("messages") if one["channel_id"] in talks]

    async def say(self, name: str, text: str) -> None:
        """Have a person write to our app; returns once our door has answered for it."""
        opened = await self._call("conversations.open", name, users=self.people["beffroi"])
        talk = opened["channel"]["id"]
        await self._call("chat.postMessage", name, channel=talk, text=text)

    async def trigger(self, name: str) -> str:
        """Return a leave to open a window for somebody, as a press of theirs brings along."""
        person = self.people[name]
        answer = await self._call("views.generateTriggerId", name, token=BOT_TOKEN, user_id=person)
        return str(answer["trigger_id"])

    async def check(self) -> None:
        """Hold what was sent to Slack's limits, which its own models know, and the emulator not."""
        for method in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
            for body in await self.asked(method):
                if body.startswith("{"):  # ours: the people of the emulator send forms
                    message = json.loads(body)
                    _check(message["blocks"], most=50)
                    assert len(message["text"]) <= 4000
        for method in ("views.publish", "views.open"):
            for body in await self.asked(method):
                view = json.loads(body)["view"]
                View(**view).to_dict()
                _check(view["blocks"], most=100)

    async def _call(
        self, method: str, name: str, *, token: str | None = None, **fields: str
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token or f'xoxp-{name}'}"}
        async with self.session.post(
            f"{self.base_url}{method}", data=fields, headers=headers
        ) as answer:
            plain: dict[str, Any] = await answer.json()
        assert plain["ok"], plain
        return plain

    async def _tell(self, path: str, fields: Mapping[str, Any]) -> None:
        async with self.session.post(f"{self.url}{path}", json=fields) as answer:
            assert answer.status == 200


def _check(blocks: list[dict[str, Any]], *, most: int) -> None:
    assert len(blocks) <= most
    known = Block.parse_all(blocks)
    assert len(known) == len(blocks)
    for block in known:
        block.to_dict()  # raises where a limit is passed


def _seed(redirect_urls: Sequence[str]) -> dict[str, Any]:
    """Return what the workspace is made of: its people, its channel, our app and the tokens."""
    return {
        "team": {"name": "Casablanca", "domain": "casablanca"},
        "signing_secret": SIGNING_SECRET,
        "users": [
            {"name": name, "real_name": real_name, "email": email}
            for name, (real_name, email) in PEOPLE.items()
        ],
        "channels": [{"name": "council"}],
        "bots": [{"name": "beffroi"}],
        "oauth_apps": [
            {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "app_id": "A0COUNCIL1",
                "name": "Beffroi",
                "redirect_uris": list(redirect_urls),
                "scopes": SCOPES,
            }
        ],
        "tokens": [
            {
                "token": BOT_TOKEN,
                "type": "bot",
                "user": "beffroi",
                "app_id": "A0COUNCIL1",
                "scopes": SCOPES,
            },
            *(
                {"token": f"xoxp-{name}", "type": "user", "user": name, "scopes": SCOPES}
                for name in PEOPLE
            ),
        ],
        "strict_scopes": True,
    }


@asynccontextmanager
async def slack_emulator(*redirect_urls: str) -> AsyncIterator[SlackEmulator]:
    """Run an emulated Slack on a free port of this machine; it sends people back to these URLs."""
    port = free_port()
    program = Path(__file__).with_name("slack.mjs")
    async with (
        running(program, str(port), json.dumps(_seed(redirect_urls))),
        aiohttp.ClientSession() as session,
    ):
        url = f"http://127.0.0.1:{port}"
        bare = SlackEmulator(url, session, {}, "")
        users = await bare.kept("users")
        people = {one["name"]: one["user_id"] for one in users}
        emulator = SlackEmulator(url, session, people, users[0]["team_id"])
        yield emulator
        await emulator.check()


def signed(body: str, *, secret: str = SIGNING_SECRET, age: int = 0) -> dict[str, str]:
    """Return the headers Slack sends with a body, `age` seconds ago."""
    sent = str(int(time.time()) - age)
    mac = hmac.new(secret.encode(), f"v0:{sent}:{body}".encode(), hashlib.sha256).hexdigest()
    kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
    return {
        "content-type": kind,
        "x-slack-request-timestamp": sent,
        "x-slack-signature": f"v0={mac}",
    }


def event(team: str, /, **fields: Any) -> dict[str, Any]:
    """Return an event as Slack wraps it."""
    number = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:10].upper()
    return {
        "type": "event_callback",
        "team_id": team,
        "api_app_id": "A0COUNCIL1",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": team, "user_id": "UBOT", "is_bot": True}],
        "event": fields,
    }


def press(team: str, user: str, value: str, **container: Any) -> dict[str, Any]:
    """Return a pressed button as Slack tells it."""
    return {
        "type": "block_actions",
        "team": {"id": team, "domain": "casablanca"},
        "user": {"id": user, "team_id": team},
        "trigger_id": f"{time.time_ns()}.1.abc",
        "container": container,
        "actions": [{"type": "button", "action_id": "choice-0", "value": value}],
    }


def submission(
    team: str, user: str, name: str, values: Mapping[str, Any], *, language: str = "fr"
) -> dict[str, Any]:
    """Return a window as Slack tells that it was sent: its answers by block."""
    about = {"form": name, "language": language, "zone": "Africa/Casablanca"}
    return {
        "type": "view_submission",
        "team": {"id": team, "domain": "casablanca"},
        "user": {"id": user, "team_id": team},
        "trigger_id": f"{time.time_ns()}.3.ghi",
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": "form",
            "private_metadata": json.dumps(about),
            "state": {"values": {block: {"answer": state} for block, state in values.items()}},
        },
    }


def command(team: str, user: str, text: str, *, channel: str) -> str:
    """Return a slash command, as the form that Slack sends."""
    return urlencode(
        {
            "command": "/beffroi",
            "text": text,
            "team_id": team,
            "user_id": user,
            "channel_id": channel,
            "trigger_id": f"{time.time_ns()}.2.def",
        }
    )


def form(payload: Mapping[str, Any]) -> str:
    """Return an interaction as the form that Slack sends."""
    return urlencode({"payload": json.dumps(payload)})
