from datetime import UTC, datetime, timedelta

import pytest

from channels.outgoing import Answer
from channels.push.failures import refusal
from domain.errors import Barred, Failed, Undeliverable, Unreachable

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)

REFUSALS = [
    # status, failure, word, is the address dead
    (400, Undeliverable, "http_400", False),
    (404, Undeliverable, "http_404", True),
    (410, Undeliverable, "http_410", True),
    (413, Undeliverable, "too_large", False),
    # What is about us is mended by us, and the message goes then.
    (401, Barred, "vapid_refused", None),
    (403, Barred, "vapid_refused", None),
    (429, Unreachable, "rate_limited", None),
    (302, Unreachable, "http_302", None),
    (500, Unreachable, "http_500", None),
    (503, Unreachable, "http_503", None),
]


@pytest.mark.parametrize(("status", "kind", "word", "is_dead"), REFUSALS)
def test_a_refusal_is_told_by_what_to_do_next(
    *, status: int, kind: type[Failed], word: str, is_dead: bool | None
) -> None:
    failure = refusal(Answer(status, {}), NOW)
    assert type(failure) is kind
    assert failure.code == word
    if isinstance(failure, Undeliverable):
        assert failure.is_address_dead is is_dead


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta(0)),
        ("Wed, 28 Jan 2026 09:05:00 GMT", timedelta(minutes=5)),
        ("Wed, 28 Jan 2026 08:00:00 GMT", timedelta(0)),
        ("Wed, 28 Jan 2026 09:05:00", None),
        ("9" * 30, None),
        ("9" * 5000, None),
        ("99999999999", timedelta(days=30)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_pause_asked_for_is_the_pause_made(header: str, pause: timedelta | None) -> None:
    failure = refusal(Answer(429, {"Retry-After": header}), NOW)
    assert isinstance(failure, Unreachable)
    assert failure.retry_after == pause
