"""A commune whose program is wired to an emulated Slack, with its pages on a socket."""

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

import aiohttp
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot import wiring_slack
from bot.greeting import Greeter
from bot.running import Pages
from bot.settings import Email, Settings, Telegram
from bot.slack_settings import Slack
from bot.wiring import Program, wired
from channels.slack.provider import SlackProvider
from domain.addresses import Channel
from domain.bodies import Role
from domain.clock import HandClock, SystemClock
from store.tables.people import memberships
from tests.emulators.slack import (
    CLIENT_ID,
    CLIENT_SECRET,
    SIGNING_SECRET,
    SlackEmulator,
    event,
    form,
    press,
    signed,
    slack_emulator,
)
from tests.town import HURRIED, Town
from web.app import application
from web.health import Vitals
from web.lent_pages import lent

KEY = Fernet.generate_key().decode()


@dataclass(frozen=True)
class SlackTown:
    """The town, its program, its pages at `url`, and the Slack it talks to."""

    town: Town
    program: Program
    slack: SlackEmulator
    url: str
    clock: HandClock

    async def install(self, **headers: str) -> tuple[int, str]:
        """Let our app in as a person does, by a browser; answer what the last page says."""
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar, headers=headers) as browser:
            async with browser.get(f"{self.url}/slack/install") as asking:
                page = await asking.text()
            chosen = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
            chosen["user_id"] = self.slack.people["clerk"]
            action = f"{self.slack.url}/oauth/v2/authorize/callback"
            async with browser.post(action, data=chosen) as answer:
                return answer.status, await answer.text()

    async def called(self, body: str, headers: Mapping[str, str] | None = None) -> int:
        """Call our door as Slack does, and answer the status."""
        age = time.time() - self.clock.now().timestamp()
        sent = headers if headers is not None else signed(body, age=round(age))
        async with self.slack.session.post(
            f"{self.url}/webhooks/slack", data=body.encode(), headers=sent
        ) as answer:
            return answer.status

    def greeter(self) -> Greeter:
        carrier = self.program.providers[Channel.SLACK]
        assert isinstance(carrier, SlackProvider)
        slack = self.program.settings.slack
        return wiring_slack.greeter(slack, carrier, self.program.store, self.clock)

    async def hears(self, name: str, text: str) -> list[dict[str, Any]]:
        """Have a person write; answer what our app told them for it."""
        before = len(await self.told(name))
        await self.slack.say(name, text)
        await self.program.drain()
        return (await self.told(name))[before:]

    async def presses(self, name: str, message: Mapping[str, Any], value: str) -> None:
        """Have a person press a button of a message."""
        place = {
            "type": "message",
            "channel_id": message["channel_id"],
            "message_ts": message["ts"],
            "is_ephemeral": False,
        }
        payload = press(self.slack.team, self.slack.people[name], value, **place)
        assert await self.called(form(payload)) == 200
        await self.program.drain()

    async def opens_home(self, name: str) -> dict[str, Any]:
        """Have a person open their Home; answer what they see."""
        person, at = self.slack.people[name], time.time_ns()
        opened = event(
            self.slack.team, type="app_home_opened", user=person, tab="home", event_ts=str(at)
        )
        assert await self.called(json.dumps(opened)) == 200
        await self.program.drain()
        return await self.home_of(name)

    async def home_of(self, name: str) -> dict[str, Any]:
        views = await self.slack.kept("views")
        return next(one for one in views if one["user_id"] == self.slack.people[name])

    async def presses_at_home(
        self, name: str, view: Mapping[str, Any], label: str
    ) -> dict[str, Any]:
        """Have a person press what is labelled so at their Home; answer what they see then."""
        value, container = buttons([view])[label], {"type": "view", "view_id": view["view_id"]}
        pressing = press(self.slack.team, self.slack.people[name], value, **container)
        assert await self.called(form(pressing)) == 200
        await self.program.drain()
        return await self.home_of(name)

    async def told(self, name: str) -> list[dict[str, Any]]:
        person = self.slack.people[name]
        return [one for one in await self.slack.talk(name) if one["user"] != person]

    async def councillor(
        self, name: str, email: str, language: str, role: Role = Role.MEMBER
    ) -> int:
        """Add somebody with a role in the council, whose e-mail address is verified."""
        async with self.program.store.unit() as unit:
            person_id = await unit.people.add(self.town.tenant_id, name=name, language=language)
            await unit.connection.execute(
                memberships.insert().values(
                    person_id=person_id, body_id=self.town.bodies["council"], role=role
                )
            )
            await unit.people.verify(person_id, Channel.EMAIL, email, at=self.clock.now())
        return person_id

    async def session(self) -> int:
        """Convene the council for next week, with two items."""
        starts = self.clock.now().replace(tzinfo=None, microsecond=0) + timedelta(days=7)
        return await self.town.session(starts=starts, titles=["Budget", "Éclairage public"])


@asynccontextmanager
async def slack_town(
    database_url: str,
    *,
    telegram: Telegram | None = None,
    email: Email | None = None,
    **changes: Any,
) -> AsyncIterator[SlackTown]:
    """Build the town on the program's own wires, Slack's too, and serve its pages.

    `telegram` names a Telegram that the same program speaks to, `email` where its letters go.
    """
    clock = HandClock(SystemClock().now())
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        async with slack_emulator(f"{url}/slack/oauth_redirect") as emulator:
            fields: dict[str, Any] = {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "signing_secret": SIGNING_SECRET,
                "keys": KEY,
                "public_url": url,
                "base_url": emulator.base_url,
                "authorize_url": emulator.authorize_url,
                "trusted_domains": "casablanca.test",
            }
            settings = Settings(
                database_url=SecretStr(database_url),
                slack=Slack(**{**fields, **changes}),
                telegram=telegram or Telegram(),
                email=email or Email(),
            )
            async with (
                wired(settings, clock, chance=Random(7), tempo=HURRIED) as program,
                _served(program, door),
            ):
                await emulator.send_events_to(f"{url}/webhooks/slack")
                town = await Town(program, {}, clock).founded()
                yield SlackTown(town, program, emulator, url, clock)


@asynccontextmanager
async def _served(program: Program, door: socket.socket) -> AsyncIterator[None]:
    async def well() -> Vitals:
        return Vitals(store_answers=True, parts={}, tick_age=timedelta())

    ways = program.ways_in
    answering = application(
        doors=ways.doors, hear=ways.hear, vital_signs=well, pages=lent(ways.pages)
    )
    pages = Pages(answering, door)
    async with asyncio.TaskGroup() as running:
        running.create_task(pages.run_here())
        await pages.opened.wait()
        yield
        pages.end()


def words(messages: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([one.get("blocks") for one in messages], ensure_ascii=False)


def buttons(messages: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the values of the last message's buttons, by label; of equal labels the first."""
    return {
        button["text"]["text"]: button["value"]
        for block in reversed(messages[-1]["blocks"])
        if block["type"] == "actions"
        for button in reversed(block["elements"])
    }
