"""The door that Twilio calls: its signature is checked before anything is read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from twilio.request_validator import SIGNATURE_HEADER, RequestValidator

from channels.sms.inbound import translate
from channels.sms.provider import ANSWER_PARAMETER
from domain.addresses import Channel
from domain.channel import Call
from domain.clock import Clock
from domain.errors import BadUpdate, Stranger
from domain.messages import Event

LARGEST_BODY = 64 * 1024  # bytes; a message is some kilobytes
MOST_FIELDS = 200


class Form(Mapping[str, str]):
    """The fields of a call, each with all its values: the signature covers every one of them."""

    def __init__(self, body: bytes) -> None:
        """Raise BadUpdate when it is no form."""
        if len(body) > LARGEST_BODY:
            raise BadUpdate("the body is too large")
        self._values: dict[str, list[str]] = defaultdict(list)
        try:
            fields = parse_qsl(
                body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
            )
        except ValueError as error:
            raise BadUpdate("the body is not a form") from error
        for name, value in fields:
            self._values[name].append(value)

    def getlist(self, name: str) -> list[str]:
        """Return every value of a field, as the validator asks for them."""
        return self._values.get(name, [])

    def __getitem__(self, name: str) -> str:
        if name not in self._values:
            raise KeyError(name)
        return self._values[name][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class TwilioDoor:
    """`url` is the address by which Twilio calls us, whatever stands in between."""

    def __init__(self, channel: Channel, token: str, url: str, clock: Clock) -> None:
        self.channel = channel
        self._validator = RequestValidator(token)
        self._url = url
        self._clock = clock

    def events(self, call: Call) -> Sequence[Event]:
        """Verify the call and translate it, changing nothing; raise BadUpdate or Stranger."""
        form = Form(call.body)
        if not self._validator.validate(self._called(call), form, _signature(call)):
            raise Stranger("the signature is wrong")
        delivery = call.query.get(ANSWER_PARAMETER, "")
        event = translate(form, self.channel, self._clock.now(), delivery)
        return (event,) if event else ()

    def courtesy(self, _call: Call) -> dict[str, Any] | None:
        """Return nothing: what is to be said goes out as a message of its own."""
        return None

    def _called(self, call: Call) -> str:
        return f"{self._url}?{urlencode(call.query)}" if call.query else self._url


def _signature(call: Call) -> str:
    named = (value for name, value in call.headers.items() if name.lower() == SIGNATURE)
    return next(named, "")


SIGNATURE = SIGNATURE_HEADER.lower()
