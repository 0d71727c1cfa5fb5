"""What a push service's refusal means for a delivery (RFC 8030, 7; RFC 8292, 4.2)."""

from datetime import datetime

from channels.outgoing import Answer
from domain.errors import Barred, Failed, Undeliverable, Unreachable

ACCEPTED = range(200, 300)
GONE = frozenset({404, 410})  # the browser has unsubscribed
ABOUT_US = frozenset({401, 403})  # our key, or our word, not the message
NEVER = {400: "http_400", 413: "too_large"}
BUSY = 429


def refusal(answer: Answer, now: datetime) -> Failed:
    """Return the failure that an answer outside ACCEPTED tells of."""
    status = answer.status
    if status in GONE:
        return Undeliverable(f"http_{status}", is_address_dead=True)
    if status in NEVER:
        return Undeliverable(NEVER[status])
    if status in ABOUT_US:
        return Barred("vapid_refused")
    word = "rate_limited" if status == BUSY else f"http_{status}"
    # Each browser's maker has a push service of its own: what one says is not said by the others.
    return Unreachable(word, retry_after=answer.retry_after(now), is_only_here=True)
