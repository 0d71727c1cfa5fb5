"""Forms in windows and files out of talks, with an emulated Slack."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from channels.slack.provider import SlackProvider
from channels.slack.tokens import GivenToken
from channels.slack.web_api import WebApi
from domain.channel import Parcel
from domain.errors import Undeliverable, Unreachable
from domain.messages import Message
from domain.sheets import Blank, FieldKind, Sheet
from tests.channels.email.samples import PDF, file_bytes
from tests.emulators.slack import BOT_TOKEN, SlackEmulator, slack_emulator

SUBJECT = Blank("subject", FieldKind.SHORT, "الموضوع", "ما موضوع طلبكم؟", 200)
SHEET = Sheet("audience", "طلب موعد", "متابعة", "لاحقا", "ar", "Africa/Casablanca", (SUBJECT,))
ASKED = Message("ما موضوع طلبكم؟", "ar", form=SHEET)


@pytest.fixture
async def slack() -> AsyncIterator[SlackEmulator]:
    async with slack_emulator() as emulator:
        yield emulator


@pytest.fixture
async def carrier(slack: SlackEmulator) -> AsyncIterator[SlackProvider]:
    api = WebApi(slack.base_url)
    provider = SlackProvider(api, GivenToken(api, BOT_TOKEN), files=file_bytes)
    yield provider
    await provider.close()


def parcel(slack: SlackEmulator, message: Message) -> Parcel:
    return Parcel(1, slack.address("clerk"), message)


async def test_a_form_opens_in_a_window_and_nothing_is_said_beside(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    leave = await slack.trigger("clerk")
    await carrier.deliver(parcel(slack, replace(ASKED, opens=leave)))
    (view,) = await slack.kept("views")
    assert (view["title"]["text"], view["user_id"]) == ("طلب موعد", slack.people["clerk"])
    assert [block["block_id"] for block in view["blocks"]] == ["subject"]
    assert await slack.talk("clerk") == []


async def test_a_form_whose_moment_has_passed_is_asked_in_the_talk_with_a_way_to_its_window(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    leave = await slack.trigger("clerk")
    used = parcel(slack, replace(ASKED, opens=leave))
    await carrier.deliver(used)
    for opens in (leave, "1.2.forged", None):
        await carrier.deliver(parcel(slack, replace(ASKED, opens=opens)))
    told = await slack.talk("clerk")
    assert len(told) == 3
    assert {one["blocks"][-1]["elements"][0]["value"] for one in told} == {"form:audience"}
    assert len(await slack.kept("views")) == 1


async def brought(slack: SlackEmulator, carrier: SlackProvider) -> str:
    """Put a file into the clerk's talk, and return how Slack knows it."""
    await carrier.deliver(parcel(slack, Message("Rapport", "fr", attachments=(PDF,))))
    (file,) = await slack.kept("files")
    return f"{slack.team}:{file['file_id']}"


async def test_a_file_is_fetched_by_its_name_at_slack(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    ref = await brought(slack, carrier)
    content = await file_bytes(PDF.sha256)
    assert await carrier.fetch(ref, most=len(content)) == content
    with pytest.raises(Undeliverable):
        await carrier.fetch(ref, most=len(content) - 1)
    with pytest.raises(Undeliverable):
        await carrier.fetch(f"{slack.team}:F0NONE", most=100)


@pytest.mark.parametrize(
    "file",
    [
        {"url_private_download": "https://elsewhere.test/excuse.pdf"},
        {"url_private_download": "http://files.slack.com/excuse.pdf"},
        {"url_private_download": "https://files.slack.com.elsewhere.test/excuse.pdf"},
        {"url_private_download": "file:///etc/passwd"},
        {},
    ],
)
async def test_our_token_is_shown_to_slack_alone(
    slack: SlackEmulator, carrier: SlackProvider, file: dict[str, Any]
) -> None:
    await slack.fail("files.info", answer={"ok": True, "file": file})
    with pytest.raises(Undeliverable, match="file_gone"):
        await carrier.fetch(f"{slack.team}:F1", most=100)


async def test_a_file_that_claims_to_be_small_is_read_no_further_than_allowed(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    ref = await brought(slack, carrier)
    (kept,) = await slack.kept("files")
    small = {"size": 1, "url_private": kept["url_private"]}
    await slack.fail("files.info", answer={"ok": True, "file": small})
    with pytest.raises(Undeliverable, match="file_too_big"):
        await carrier.fetch(ref, most=2)


async def test_slacks_trouble_with_a_file_is_a_matter_of_time(
    slack: SlackEmulator, carrier: SlackProvider
) -> None:
    await slack.fail("files.info", error="internal_error")
    with pytest.raises(Unreachable):
        await carrier.fetch(f"{slack.team}:F1", most=100)
