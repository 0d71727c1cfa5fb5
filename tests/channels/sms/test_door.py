"""What Twilio calls us with: verified first, then translated."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from channels.sms.door import LARGEST_BODY, TwilioDoor
from domain.addresses import Channel
from domain.channel import Call
from domain.clock import HandClock
from domain.errors import BadUpdate, Stranger
from domain.messages import MESSAGE_OF_A_TALKER, Heard, Incoming, Receipt
from tests.emulators.twilio import TOKEN, signed

NOW = datetime(2026, 11, 20, tzinfo=UTC)
URL = "https://town.test/webhooks/sms"
SID = "SM" + "0" * 32
AMINA = "+212661000001"
SAID = {"MessageSid": SID, "From": AMINA, "To": "+212520000000", "Body": "agenda"}
STATUS = {"MessageSid": SID, "MessageStatus": "delivered"}


def door(channel: Channel = Channel.SMS) -> TwilioDoor:
    return TwilioDoor(channel, TOKEN, URL, HandClock(NOW))


def heard(form: dict[str, str], channel: Channel = Channel.SMS, **query: str) -> object:
    url = f"{URL}?{urlencode(query)}" if query else URL
    call = Call(signed(url, form), urlencode(form).encode(), query)
    events = door(channel).events(call)
    assert door(channel).courtesy(call) is None
    return events[0] if events else None


def test_what_somebody_wrote_is_heard() -> None:
    assert heard(SAID) == Incoming(Channel.SMS, AMINA, SID, Heard.TEXT, NOW, "agenda")


def test_who_writes_by_whatsapp_has_the_same_number() -> None:
    said = heard({**SAID, "From": f"whatsapp:{AMINA}"}, Channel.WHATSAPP)
    assert said == Incoming(Channel.WHATSAPP, AMINA, SID, Heard.TEXT, NOW, "agenda")


def test_a_picture_without_words_is_something_else() -> None:
    event = heard({**SAID, "Body": " ", "NumMedia": "1"})
    assert isinstance(event, Incoming)
    assert event.kind is Heard.OTHER


def test_what_is_too_long_is_cut() -> None:
    event = heard({**SAID, "Body": "a" * 20_000})
    assert isinstance(event, Incoming)
    assert len(event.text) == MESSAGE_OF_A_TALKER


@pytest.mark.parametrize("sender", ["20404", "CASABLANCA", "", "whatsapp:"])
def test_who_cannot_be_answered_is_not_heard(sender: str) -> None:
    assert heard({**SAID, "From": sender}) is None


SMS, WHATSAPP = Channel.SMS, Channel.WHATSAPP
BY_TWILIO, BY_US = True, False


@pytest.mark.parametrize(
    ("body", "channel", "kind", "is_answered"),
    [
        ("STOP", SMS, Heard.STOP, BY_TWILIO),
        (" stop ", SMS, Heard.STOP, BY_TWILIO),
        ("Unsubscribe", SMS, Heard.STOP, BY_TWILIO),
        ("Stop.", SMS, Heard.STOP, BY_US),
        ("STOP", WHATSAPP, Heard.STOP, BY_US),
        ("توقف", SMS, Heard.STOP, BY_US),
        ("أوقفوا", WHATSAPP, Heard.STOP, BY_US),
        ("ARRÊT", SMS, Heard.STOP, BY_US),
        ("START", SMS, Heard.START, BY_TWILIO),
        ("استئناف", SMS, Heard.START, BY_US),
        ("cancel", WHATSAPP, Heard.TEXT, BY_US),
        ("yes", SMS, Heard.TEXT, BY_US),
        ("stop the works", SMS, Heard.TEXT, BY_US),
        ("help", WHATSAPP, Heard.TEXT, BY_US),
    ],
)
def test_a_keyword_is_one_word_and_known_by_whoever_answers_it(
    body: str, channel: Channel, kind: Heard, *, is_answered: bool
) -> None:
    event = heard({**SAID, "Body": body}, channel)
    assert isinstance(event, Incoming)
    assert (event.kind, event.is_answered) == (kind, is_answered)


@pytest.mark.parametrize(("body", "opt_out_type"), [("HELP", ""), ("info", ""), ("SOS", "HELP")])
def test_help_that_twilio_gave_is_not_asked_of_us(body: str, opt_out_type: str) -> None:
    assert heard({**SAID, "Body": body, "OptOutType": opt_out_type}) is None


def test_a_stop_word_of_the_operators_own_is_known_by_its_type() -> None:
    event = heard({**SAID, "Body": "BASTA", "OptOutType": "STOP"}, WHATSAPP)
    assert isinstance(event, Incoming)
    assert (event.kind, event.is_answered) == (Heard.STOP, True)


def test_what_became_of_a_message_is_a_receipt_with_our_own_id() -> None:
    assert heard(STATUS, delivery="7") == Receipt(Channel.SMS, SID, "delivered", NOW, delivery_id=7)


@pytest.mark.parametrize(
    ("status", "code", "state", "word", "is_dead"),
    [
        ("queued", "", "accepted", None, False),
        ("read", "", "opened", None, False),
        ("undelivered", "30003", "failed", "switched_off", False),
        ("undelivered", "30006", "failed", "landline", True),
        ("failed", "21610", "failed", "opted_out", True),
        ("failed", "", "failed", "failed", False),
    ],
)
def test_a_status_is_a_state_and_its_code_a_word(
    status: str, code: str, state: str, word: str | None, *, is_dead: bool
) -> None:
    event = heard({**STATUS, "MessageStatus": status, "ErrorCode": code})
    assert isinstance(event, Receipt)
    assert (event.state, event.code, event.is_address_dead) == (state, word, is_dead)


@pytest.mark.parametrize("delivery", ["", "x", "²", "-1", "9" * 30])
def test_an_id_that_is_not_ours_is_left_aside(delivery: str) -> None:
    event = heard(STATUS, delivery=delivery)
    assert isinstance(event, Receipt)
    assert event.delivery_id is None


def test_a_status_of_the_future_is_let_pass() -> None:
    assert heard({**STATUS, "MessageStatus": "teleported"}) is None


@pytest.mark.parametrize("form", [{}, {"Body": "hello"}, {**SAID, "MessageSid": "é" * 34}])
def test_a_call_without_a_name_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(BadUpdate):
        heard(form)


@pytest.mark.parametrize(
    "body", [b"\xff=\xff", b"a" * (LARGEST_BODY + 1), b"&".join([b"a=1"] * 999)]
)
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(BadUpdate):
        door().events(Call({}, body))


@pytest.mark.parametrize(
    "call",
    [
        Call({}, urlencode(SAID).encode()),
        Call(signed(URL, SAID, token="another"), urlencode(SAID).encode()),
        Call(signed(URL, SAID), urlencode({**SAID, "Body": "other"}).encode()),
        Call(signed(URL, SAID), urlencode(SAID).encode() + b"&Body=other"),
        Call(signed(URL, SAID), urlencode(SAID).encode(), {"delivery": "7"}),
        Call(signed("https://evil.test/", SAID), urlencode(SAID).encode()),
        Call({"X-Twilio-Signature": "é"}, urlencode(SAID).encode()),
    ],
)
def test_without_twilios_own_signature_nothing_is_read(call: Call) -> None:
    with pytest.raises(Stranger):
        door().events(call)


def test_every_value_of_a_repeated_field_is_signed() -> None:
    class Twice(dict[str, str]):
        def getlist(self, name: str) -> list[str]:
            return ["7", "8"] if name == "MediaUrl" else [self[name]]

    form = Twice({**SAID, "MediaUrl": "7"})
    body = urlencode([*SAID.items(), ("MediaUrl", "7"), ("MediaUrl", "8")]).encode()
    [event] = door().events(Call(signed(URL, form), body))
    assert isinstance(event, Incoming)
