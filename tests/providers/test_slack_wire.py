"""Parcels carried to an emulated Slack, and every way in which it may refuse or fail them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from channels.slack.provider import SlackProvider
from channels.slack.tokens import GivenToken
from channels.slack.web_api import WebApi
from domain.channel import Parcel
from domain.errors import Failed, Uncertain, Undeliverable, Unreachable
from domain.messages import Choice, Message
from tests.channels.email.samples import PDF, file_bytes
from tests.emulators.slack import BOT_TOKEN, SlackEmulator, slack_emulator
from tests.providers.telegram_listening import on_a_socket

HELLO = Message("Séance <demain> & après", "fr", title="Convocation")
ASKING = replace(HELLO, choices=(Choice("Je viens", "come"),))
LONG = Message("Un alinéa de plus. " * 2000, "fr")


@asynccontextmanager
async def carrier_at(base_url: str) -> AsyncIterator[SlackProvider]:
    api = WebApi(base_url, reading=timedelta(seconds=0.3))
    provider = SlackProvider(api, GivenToken(api, BOT_TOKEN), files=file_bytes)
    yield provider
    await provider.close()


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    async with slack_emulator() as emulator:
        yield emulator


@pytest.fixture
async def carrier(slack: SlackEmulator) -> AsyncIterator[SlackProvider]:
    async with carrier_at(slack.base_url) as provider:
        yield provider


def parcel(slack: SlackEmulator, message: Message = HELLO, number: int = 1) -> Parcel:
    return Parcel(number, slack.address("clerk"), message)


async def failure(carrier: SlackProvider, sent: Parcel) -> Failed:
    with pytest.raises(Failed) as told:
        await carrier.deliver(sent)
    return told.value


async def test_a_message_is_told_with_its_words_and_our_id(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    reference = await carrier.deliver(parcel(slack, ASKING, 42))
    (told,) = await slack.talk("clerk")
    assert reference == f"{slack.team}:{told['channel_id']}:{told['ts']}"
    assert told["blocks"][0]["text"]["text"] == "Convocation"
    assert told["blocks"][1]["text"]["text"] == "Séance &lt;demain&gt; &amp; après"
    assert told["blocks"][2]["elements"][0]["value"] == "come"
    assert told["metadata"]["event_payload"] == {"delivery_id": 42, "part": 0}


async def test_an_edit_changes_the_message_and_takes_its_buttons(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    asked = await carrier.deliver(parcel(slack, ASKING))
    edited = await carrier.deliver(parcel(slack, replace(HELLO, text="Noté.", replaces=asked), 2))
    (told,) = await slack.talk("clerk")
    assert edited == asked
    assert "actions" not in [block["type"] for block in told["blocks"]]


async def test_what_stands_in_a_channel_or_a_thread_is_edited_where_it_stands(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    channel = next(
        one["channel_id"] for one in await slack.kept("channels") if one["name"] == "council"
    )
    place = f"{slack.team}:{channel}"
    opening = await carrier.deliver(replace(parcel(slack, ASKING), address=place))
    thread = f"{place}:{opening.rpartition(':')[2]}"
    answer = await carrier.deliver(replace(parcel(slack, ASKING, 2), address=thread))
    for number, told in enumerate((opening, answer), start=3):
        edit = replace(HELLO, text="Décidé.", replaces=told)
        assert await carrier.deliver(replace(parcel(slack, edit, number), address=place)) == told
    shown = [one for one in await slack.kept("messages") if one["channel_id"] == channel]
    assert [one["blocks"][-1]["text"]["text"] for one in shown] == ["Décidé.", "Décidé."]
    assert shown[1]["thread_ts"] == shown[0]["ts"]


async def test_what_one_person_alone_was_shown_is_said_anew_to_them_alone(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    channel = next(
        one["channel_id"] for one in await slack.kept("channels") if one["name"] == "council"
    )
    alone = f"{slack.team}:{channel}:{slack.people['clerk']}"
    shown = await carrier.deliver(replace(parcel(slack, ASKING), address=alone))
    edit = replace(HELLO, text="Décidé.", replaces=shown)
    assert await carrier.deliver(replace(parcel(slack, edit, 2), address=alone)) != shown
    assert len(await slack.kept("ephemeralMessages")) == 2
    assert await slack.asked("chat.update") == []


@pytest.mark.parametrize("word", ["message_not_found", "cant_update_message"])
async def test_what_cannot_be_edited_is_said_anew(
    slack: SlackEmulator, carrier: SlackProvider, word: str
) -> None:
    asked = await carrier.deliver(parcel(slack, ASKING))
    await slack.fail("chat.update", error=word)
    assert await carrier.deliver(parcel(slack, replace(HELLO, replaces=asked), 2)) != asked
    assert len(await slack.talk("clerk")) == 2


async def test_a_file_goes_into_the_talk(slack: SlackEmulator, carrier: SlackProvider) -> None:
    await carrier.deliver(parcel(slack, replace(HELLO, attachments=(PDF,))))
    (kept,) = await slack.kept("files")
    assert kept["name"] == PDF.name
    assert kept["channels"] + kept.get("ims", []) != []


async def test_a_pause_in_the_middle_goes_on_where_it_was(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    await carrier.deliver(parcel(slack, LONG, 9))
    whole = [one["blocks"] for one in await slack.talk("clerk")]
    assert len(whole) > 2
    await slack.fail("chat.postMessage", status=429, retry_after=7, after=1)
    told = await failure(carrier, parcel(slack, LONG))
    assert isinstance(told, Unreachable)
    assert told.retry_after == timedelta(seconds=7)
    await carrier.deliver(parcel(slack, LONG))
    assert [one["blocks"] for one in await slack.talk("clerk")] == whole * 2


@pytest.mark.parametrize(
    ("word", "is_dead"),
    [
        ("account_inactive", True),
        ("channel_not_found", True),
        ("is_archived", True),
        ("token_revoked", True),
        ("user_not_found", True),
        ("invalid_blocks", False),
        ("msg_too_long", False),
        ("a_new_word_of_slacks", False),
    ],
)
async def test_a_refusal_is_for_the_message_or_for_the_address(
    slack: SlackEmulator, carrier: SlackProvider, word: str, *, is_dead: bool
) -> None:
    await slack.fail("chat.postMessage", error=word)
    told = await failure(carrier, parcel(slack))
    assert isinstance(told, Undeliverable)
    assert (told.code, told.is_address_dead) == (word, is_dead)


@pytest.mark.parametrize(
    "fault",
    [
        {"error": "internal_error"},
        {"error": "invalid_auth"},
        {"error": "fatal_error", "status": 500},
        {"html": True, "status": 503},
        {"error": "ratelimited"},
    ],
)
async def test_slacks_own_trouble_is_a_matter_of_time(
    slack: SlackEmulator, carrier: SlackProvider, fault: dict[str, Any]
) -> None:
    await slack.fail("chat.postMessage", **fault)
    assert isinstance(await failure(carrier, parcel(slack)), Unreachable)
    assert await carrier.deliver(parcel(slack))


@pytest.mark.parametrize("fault", [{"drop": True}, {"hang": True}, {"html": True}])
async def test_no_answer_to_what_left_is_a_doubt_and_slack_can_be_asked(
    slack: SlackEmulator, carrier: SlackProvider, fault: dict[str, Any]
) -> None:
    sent = parcel(slack, ASKING, 7)
    await slack.fail("chat.postMessage", **fault)
    assert isinstance(await failure(carrier, sent), Uncertain)
    assert await carrier.trace(sent) is None
    reference = await carrier.deliver(sent)
    assert await carrier.trace(sent) == reference


async def test_a_fault_before_anything_was_said_is_no_doubt(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    await slack.fail("conversations.open", drop=True)
    assert isinstance(await failure(carrier, parcel(slack)), Unreachable)


async def test_a_network_that_is_not_there_is_not_reached() -> None:
    async with carrier_at("http://127.0.0.1:1/api/") as carrier:
        told = await failure(carrier, Parcel(1, "T1:U1", HELLO))
        assert isinstance(told, Unreachable)


@pytest.mark.parametrize(
    ("body", "kind"),
    [('{"ok": true', "application/json"), ("[]", "application/json"), ("ok", "text/plain")],
)
async def test_an_answer_that_cannot_be_read_says_nothing(body: str, kind: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, content_type=kind)

    async with on_a_socket(answer) as url, carrier_at(f"{url}/api/") as carrier:
        assert isinstance(await failure(carrier, Parcel(1, "T1:U1", HELLO)), Unreachable)


async def test_another_workspace_than_the_tokens_is_not_written_to(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    told = await failure(carrier, replace(parcel(slack), address="T0OTHER:U1"))
    assert isinstance(told, Undeliverable)
    assert told.is_address_dead


async def test_nothing_that_is_said_or_secret_is_logged(
    slack: SlackEmulator, carrier: SlackProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await carrier.deliver(parcel(slack))
    await slack.fail("chat.postMessage", html=True)
    await failure(carrier, parcel(slack))
    assert "demain" not in caplog.text
    assert BOT_TOKEN not in caplog.text
