"""The door that Slack calls: its signature is checked before anything is read."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.signature import Clock as SignatureClock, SignatureVerifier

from channels.slack.inbound import read, translate
from channels.slack.windows import Check, objections
from domain.addresses import Channel
from domain.channel import Call
from domain.clock import Clock
from domain.errors import BadUpdate, Misconfigured, Stranger
from domain.messages import Event

LARGEST_BODY = 1024 * 1024  # bytes; events are some kilobytes
CONTENT_TYPE = "content-type"


class SlackDoor:
    """`signing_secret` is the app's own; a call that is older than five minutes is refused.

    A window whose answers `check` objects to stays open, and nothing was heard.
    """

    channel = Channel.SLACK

    def __init__(self, signing_secret: str, clock: Clock, check: Check) -> None:
        """Raise Misconfigured when there is no secret."""
        if not signing_secret.strip():
            raise Misconfigured("Slack's signing secret is empty: copy it from the app's settings.")
        self._verifier = SignatureVerifier(signing_secret, _Seconds(clock))
        self._clock = clock
        self._check = check

    def events(self, call: Call) -> Sequence[Event]:
        """Verify the call and translate it, changing nothing; raise BadUpdate or Stranger."""
        payload = self._read(call)
        event = translate(payload, self._clock.now())
        return (event,) if event and not objections(payload, self._check) else ()

    def courtesy(self, call: Call) -> dict[str, Any] | None:
        """Return the JSON to answer a heard call with, or None for an empty answer.

        Slack wants back what it says when the address of this door is entered in its settings, and
        what is wrong in a window.
        """
        payload = self._read(call)
        if payload.get("type") == "url_verification":
            return {"challenge": payload.get("challenge")}
        return objections(payload, self._check)

    def _read(self, call: Call) -> Mapping[str, Any]:
        if len(call.body) > LARGEST_BODY:
            raise BadUpdate("the body is too large")
        headers = {name.lower(): value for name, value in call.headers.items()}
        try:
            is_slacks = self._verifier.is_valid_request(call.body, headers)
            body = call.body.decode()
        except (TypeError, ValueError):  # a time that is no number, a body that is no text
            is_slacks, body = False, ""
        if not is_slacks:
            raise Stranger("the signature is wrong, or too old")
        return read(body, headers.get(CONTENT_TYPE, ""))


class _Seconds(SignatureClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()
