"""Listening by Socket Mode: what comes down the line, and lines that end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

import pytest

from channels.slack.socket import SocketListener
from channels.slack.web_api import WebApi
from domain.errors import Unavailable
from domain.messages import Heard
from tests.emulators.slack import command, event, press, submission
from tests.emulators.slack_socket import APP_TOKEN, SlackSocket, slack_socket
from tests.providers.telegram_listening import CLOCK, Ear, Pauses

SAID = event("T1", type="message", channel="D7", user="U9", text="agenda")


@pytest.fixture
async def slack() -> AsyncIterator[SlackSocket]:
    async with slack_socket() as emulator:
        yield emulator


@asynccontextmanager
async def listening(
    slack: SlackSocket, ear: Ear, pauses: Pauses | None = None
) -> AsyncIterator[SocketListener]:
    listener = SocketListener(
        WebApi(slack.base_url),
        APP_TOKEN,
        ear,
        CLOCK,
        lambda _: {"subject": "Dites-en plus."},
        sleep=pauses or Pauses(),
        chance=lambda: 0.5,
    )
    async with asyncio.TaskGroup() as group:
        running = group.create_task(listener.run())
        yield listener
        running.cancel()


async def test_a_window_with_a_fault_is_told_so_and_not_heard(slack: SlackSocket) -> None:
    ear = Ear()
    sent = submission("T1", "U9", "audience", {"subject": {"value": "x"}})
    async with listening(slack, ear):
        envelope = await slack.send("interactive", sent)
        await slack.acknowledges(envelope)
    errors = {"subject": "Dites-en plus."}
    assert slack.answers[envelope] == {"response_action": "errors", "errors": errors}
    assert ear.heard == []


async def test_events_commands_and_presses_are_heard_and_acknowledged(slack: SlackSocket) -> None:
    ear = Ear()
    typed = dict(parse_qsl(command("T1", "U9", "aide", channel="C5")))
    pressed = press("T1", "U9", "help", type="message", channel_id="D7", message_ts="1.2")
    async with listening(slack, ear) as listener:
        sent = [
            await slack.send("events_api", SAID),
            await slack.send("slash_commands", typed),
            await slack.send("interactive", pressed),
        ]
        for envelope in sent:
            await slack.acknowledges(envelope)
        assert listener.heard_at
    assert sorted(one.text for one in ear.heard) == ["agenda", "aide", "help"]
    assert [one.kind for one in ear.heard if one.text == "help"] == [Heard.PRESS]


async def test_what_the_store_could_not_keep_is_not_acknowledged_and_comes_again(
    slack: SlackSocket,
) -> None:
    ear = Ear(Unavailable())
    async with listening(slack, ear):
        await slack.send("events_api", SAID, envelope="first")
        await slack.acknowledges(await slack.send("events_api", SAID, envelope="again"))
    assert slack.acknowledged == ["again"]
    assert [one.text for one in ear.heard] == ["agenda"]


async def test_a_bug_of_ours_silences_nobody(slack: SlackSocket) -> None:
    ear = Ear(ZeroDivisionError("secret"))
    async with listening(slack, ear):
        await slack.send("events_api", SAID)
        await slack.acknowledges(await slack.send("events_api", SAID))


@pytest.mark.parametrize("noise", ["not json", "[]", "{}", '{"type": "events_api"}'])
async def test_noise_on_the_line_is_passed_over(slack: SlackSocket, noise: str) -> None:
    ear = Ear()
    async with listening(slack, ear):
        await slack.say(noise)
        await slack.acknowledges(await slack.send("events_api", {"type": "event_callback"}))
        await slack.acknowledges(await slack.send("events_api", SAID))
    assert [one.text for one in ear.heard] == ["agenda"]


async def test_when_slack_asks_for_another_line_one_is_opened(slack: SlackSocket) -> None:
    ear = Ear()
    async with listening(slack, ear):
        await slack.opens(1)
        await slack.say('{"type": "disconnect", "reason": "refresh_requested"}')
        await slack.opens(2)
        await slack.acknowledges(await slack.send("events_api", SAID))
    assert [one.text for one in ear.heard] == ["agenda"]


async def test_a_line_that_breaks_is_opened_anew_after_a_pause(slack: SlackSocket) -> None:
    ear, pauses = Ear(), Pauses()
    slack.failures = 2
    async with listening(slack, ear, pauses):
        await slack.opens(1)
        assert await pauses.first(2) == [1.0, 2.0]
        await slack.drop()
        await slack.opens(2)
        await slack.acknowledges(await slack.send("events_api", SAID))
    assert [one.text for one in ear.heard] == ["agenda"]
