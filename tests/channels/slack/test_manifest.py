"""The app as an operator makes it at Slack, and as the program expects it."""

import json
from pathlib import Path

from channels.slack.inbound import EVENTS, OVER
from channels.slack.oauth import SCOPES

MANIFEST = Path(__file__).parents[3] / "deploy" / "slack-manifest.json"


def test_the_manifest_asks_for_what_the_program_uses_and_no_more() -> None:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    assert manifest["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    heard = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {event.removesuffix(".im") for event in heard} == EVENTS.keys() | OVER
