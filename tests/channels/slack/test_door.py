"""Who may knock at the door that Slack calls."""

import json
import time
from datetime import UTC, datetime

import pytest

from channels.slack.door import SlackDoor
from domain.channel import Call
from domain.clock import HandClock
from domain.errors import BadUpdate, Misconfigured, Stranger
from tests.emulators.slack import SIGNING_SECRET, event, form, signed, submission

SAID = json.dumps(event("T1", type="message", channel="D7", user="U9", text="agenda"))


@pytest.fixture
def door() -> SlackDoor:
    now = datetime.fromtimestamp(time.time(), UTC)
    return SlackDoor(SIGNING_SECRET, HandClock(now), lambda _: {"subject": "Dites-en plus."})


def test_what_slack_signed_is_heard(door: SlackDoor) -> None:
    (heard,) = door.events(Call(signed(SAID), SAID.encode()))
    assert heard.channel == "slack"


def test_the_signature_counts_whatever_the_case_of_headers(door: SlackDoor) -> None:
    headers = {name.title(): value for name, value in signed(SAID).items()}
    assert door.events(Call(headers, SAID.encode()))


@pytest.mark.parametrize("age", [301, 86_400, -301])
def test_what_was_signed_five_minutes_ago_or_will_be_is_refused(door: SlackDoor, age: int) -> None:
    with pytest.raises(Stranger):
        door.events(Call(signed(SAID, age=age), SAID.encode()))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(SAID, secret="another"),
        signed(SAID + " "),
        {**signed(SAID), "x-slack-request-timestamp": "yesterday"},
        {**signed(SAID), "x-slack-signature": "v0=é"},
        {**signed(SAID), "x-slack-signature": ""},
    ],
)
def test_what_slack_did_not_sign_is_refused(door: SlackDoor, headers: dict[str, str]) -> None:
    with pytest.raises(Stranger):
        door.events(Call(headers, SAID.encode()))


def test_bytes_that_are_no_text_are_refused(door: SlackDoor) -> None:
    with pytest.raises(Stranger):
        door.events(Call(signed("x"), b"\xff\xfe"))


def test_a_megabyte_is_refused_before_it_is_read(door: SlackDoor) -> None:
    with pytest.raises(BadUpdate):
        door.events(Call({}, b"x" * (1024 * 1024 + 1)))


def test_the_question_that_settings_ask_is_answered(door: SlackDoor) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"})
    call = Call(signed(body), body.encode())
    assert door.events(call) == ()
    assert door.courtesy(call) == {"challenge": "abc"}
    assert door.courtesy(Call(signed(SAID), SAID.encode())) is None


def test_a_window_with_a_fault_is_not_heard_and_says_so(door: SlackDoor) -> None:
    body = form(submission("T1", "U9", "audience", {"subject": {"value": "x"}}))
    call = Call(signed(body), body.encode())
    assert door.events(call) == ()
    errors = {"subject": "Dites-en plus."}
    assert door.courtesy(call) == {"response_action": "errors", "errors": errors}


def test_without_a_secret_there_is_no_door() -> None:
    with pytest.raises(Misconfigured):
        SlackDoor(" ", HandClock(datetime(2026, 1, 1, tzinfo=UTC)), lambda _: {})
