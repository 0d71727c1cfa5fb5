"""What a system's refusal of a webhook means for a delivery."""

from datetime import datetime

from channels.outgoing import Answer
from domain.errors import Failed, Undeliverable, Unreachable

ACCEPTED = range(200, 300)
REDIRECTED = range(300, 400)
GONE = 410  # it says itself that it is no more
TOO_LARGE = 413
BUSY = 429


def refusal(answer: Answer, now: datetime) -> Failed:
    """Return the failure that an answer outside ACCEPTED tells of.

    A system that is wrongly set up answers 401, 404 or a redirect until somebody mends it: only
    the few words that are final end a delivery at once.
    """
    status = answer.status
    if status == GONE:
        return Undeliverable("http_410", is_address_dead=True)
    if status == TOO_LARGE:
        return Undeliverable("too_large")
    if status in REDIRECTED:
        return Unreachable("redirected", is_only_here=True)
    word = "rate_limited" if status == BUSY else f"http_{status}"
    return Unreachable(word, retry_after=answer.retry_after(now), is_only_here=True)
