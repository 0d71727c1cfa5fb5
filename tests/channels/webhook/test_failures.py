from datetime import UTC, datetime, timedelta

import pytest

from channels.outgoing import Answer
from channels.webhook.failures import refusal
from domain.errors import Failed, Undeliverable, Unreachable

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)

REFUSALS = [
    # status, failure, word, is the address dead
    (410, Undeliverable, "http_410", True),
    (413, Undeliverable, "too_large", False),
    # Somebody may still mend these.
    (301, Unreachable, "redirected", None),
    (307, Unreachable, "redirected", None),
    (400, Unreachable, "http_400", None),
    (401, Unreachable, "http_401", None),
    (404, Unreachable, "http_404", None),
    (429, Unreachable, "rate_limited", None),
    (500, Unreachable, "http_500", None),
    (503, Unreachable, "http_503", None),
]


@pytest.mark.parametrize(("status", "kind", "word", "is_dead"), REFUSALS)
def test_a_refusal_is_told_by_what_to_do_next(
    *, status: int, kind: type[Failed], word: str, is_dead: bool | None
) -> None:
    failure = refusal(Answer(status, {"Retry-After": "60"}), NOW)
    assert type(failure) is kind
    assert failure.code == word
    if isinstance(failure, Undeliverable):
        assert failure.is_address_dead is is_dead
    if isinstance(failure, Unreachable) and word != "redirected":
        assert failure.retry_after == timedelta(seconds=60)
