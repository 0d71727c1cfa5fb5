from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from channels.email.bounces import report
from domain.messages import Receipt
from tests.channels.email.bounces import OURS, bounce, writing

HOST = "casablanca.test"
NOW = datetime(2027, 1, 20, tzinfo=UTC)


def heard(letter: bytes) -> Receipt | None:
    told = report(letter, host=HOST)
    assert told is not None
    return told.receipt(NOW)


@pytest.mark.parametrize(
    ("action", "status", "state", "code", "is_dead"),
    [
        ("failed", "5.1.1", "failed", "dsn_5.1.1", True),
        ("Failed", "5.1.10 (null MX)", "failed", "dsn_5.1.10", True),
        ("failed", "5.2.2", "failed", "dsn_5.2.2", False),
        ("failed", "5.7.1", "failed", "dsn_5.7.1", False),
        ("failed", "4.4.1", "failed", "dsn_4.4.1", False),
        ("failed", "", "failed", "dsn_failed", False),
        ("delivered", "2.0.0", "delivered", None, False),
    ],
)
def test_what_became_of_a_letter_is_a_receipt(
    action: str, status: str, state: str, code: str | None, *, is_dead: bool
) -> None:
    receipt = heard(bounce(action, status))
    assert receipt is not None
    assert receipt.provider_ref == OURS
    assert (receipt.state, receipt.code, receipt.is_address_dead) == (state, code, is_dead)


@pytest.mark.parametrize("action", ["delayed", "relayed", "expanded"])
def test_a_letter_still_on_its_way_is_none(action: str) -> None:
    assert heard(bounce(action, "4.0.0")) is None


@pytest.mark.parametrize(
    "returns", ["text/rfc822-headers", "message/rfc822", "message/global-headers"]
)
def test_our_letter_is_known_however_it_is_returned(returns: str) -> None:
    assert heard(bounce(returns=returns)) is not None


@pytest.mark.parametrize(
    "stranger",
    [
        b"",
        writing("unsubscribe"),
        bounce(message_id="<7.AbCdEf-_0123456789AbCd@elsewhere.test>"),
        bounce(message_id="<CAF=x@casablanca.test>"),
        bounce(message_id=""),
        bounce().replace(b"Action: failed", b"Acting: failed"),
        bounce().replace(b"multipart/report", b"multipart/mixed"),
    ],
)
def test_what_is_no_bounce_of_ours_is_none(stranger: bytes) -> None:
    assert report(stranger, host=HOST) is None


def test_what_arrived_outweighs_what_did_not() -> None:
    other = b"Final-Recipient: rfc822; b@casablanca.test\nAction: delivered\nStatus: 2.0.0\n\n"
    place = b"Final-Recipient"
    for both in (
        bounce().replace(place, other + place, 1),
        bounce("delivered", "2.0.0").replace(place, other.replace(b"delivered", b"failed") + place),
    ):
        receipt = heard(both)
        assert receipt is not None
        assert receipt.state == "delivered"


@given(st.integers(0, len(bounce())), st.binary(max_size=20))
def test_no_bounce_however_torn_breaks_us(at: int, torn: bytes) -> None:
    whole = bounce()
    for letter in (whole[:at], whole[:at] + torn + whole[at:]):
        told = report(letter, host=HOST)
        assert told is None or told.message_id.endswith(f"@{HOST}>")
