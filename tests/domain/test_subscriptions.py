import base64
from typing import Any

import pytest

from domain.errors import Refused
from domain.subscriptions import Subscription
from tests.browsers import AUTH, ENDPOINT, GOOD, P256DH


def with_keys(**keys: object) -> dict[str, Any]:
    return {"endpoint": ENDPOINT, "keys": {"p256dh": P256DH, "auth": AUTH, **keys}}


def test_what_a_browser_gives_is_read() -> None:
    read = Subscription.from_json(GOOD)
    assert (read.endpoint, len(read.p256dh), len(read.auth)) == (ENDPOINT, 65, 16)


def test_keys_may_be_written_with_the_other_alphabet() -> None:
    point = base64.b64encode(base64.urlsafe_b64decode(P256DH + "=")).decode()
    assert Subscription.from_json(with_keys(p256dh=point)) == Subscription.from_json(GOOD)


def test_a_browser_has_one_short_name_whatever_its_keys() -> None:
    first = Subscription.from_json(GOOD)
    second = Subscription.from_json(with_keys(auth="AAAAAAAAAAAAAAAAAAAAAA"))
    other = Subscription.from_json({**GOOD, "endpoint": f"{ENDPOINT}d"})
    assert first.name == second.name != other.name
    assert len(first.name) == 20


@pytest.mark.parametrize(
    "plain",
    [
        None,
        [],
        "text",
        {},
        {"endpoint": ENDPOINT},
        {"endpoint": ENDPOINT, "keys": None},
        {"endpoint": 7, "keys": {"p256dh": P256DH, "auth": AUTH}},
        {**GOOD, "endpoint": "http://push.example/x"},
        {**GOOD, "endpoint": "https://user:pass@push.example/x"},
        with_keys(auth=""),
        with_keys(auth="AAAA"),
        with_keys(auth=None),
        with_keys(p256dh="!!!"),
        with_keys(p256dh="é"),
        with_keys(p256dh="A" * 87),
        with_keys(p256dh=P256DH[:-4]),
        with_keys(p256dh="BA" + "A" * 85),  # a point, but not of the curve
    ],
)
def test_what_cannot_be_a_subscription_is_refused(plain: object) -> None:
    with pytest.raises(Refused):
        Subscription.from_json(plain)
