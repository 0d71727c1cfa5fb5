"""The app as an operator makes it at Slack, and as the program expects it."""

import json
from pathlib import Path

from channels.slack.inbound import EVENTS, OVER
from channels.slack.oauth import SCOPES
from channels.slack.pages import REDIRECT
from domain.addresses import Channel

MANIFEST = Path(__file__).parents[3] / "deploy" / "slack-manifest.json"


def test_the_manifest_asks_for_what_the_program_uses_and_no_more() -> None:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    assert manifest["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    heard = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {event.removesuffix(".im") for event in heard} == EVENTS.keys() | OVER
    assert "shortcuts" not in manifest["features"]


def test_everything_slack_tells_comes_in_by_one_door() -> None:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    settings = manifest["settings"]
    (typed,) = manifest["features"]["slash_commands"]
    assert settings["interactivity"]["is_enabled"]
    called = {
        typed["url"],
        settings["interactivity"]["request_url"],
        settings["event_subscriptions"]["request_url"],
    }
    assert called == {f"https://council.commune.example/webhooks/{Channel.SLACK}"}
    sent_back = manifest["oauth_config"]["redirect_urls"]
    assert sent_back == [f"https://council.commune.example{REDIRECT}"]


def test_the_home_and_the_talk_are_open() -> None:
    tabs = json.loads(MANIFEST.read_text("utf-8"))["features"]["app_home"]
    assert tabs["home_tab_enabled"]
    assert tabs["messages_tab_enabled"]
    assert not tabs["messages_tab_read_only_enabled"]
