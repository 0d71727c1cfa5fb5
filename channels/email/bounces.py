"""What mail servers report of a letter afterwards, as receipts (RFC 3464)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message as Part
from email.parser import BytesParser, HeaderParser

from channels.email.failures import DEAD_MAILBOX, ENHANCED
from domain.addresses import Channel
from domain.deliveries import State
from domain.messages import Receipt

REPORT = "multipart/report"
# RFC 3464, 3, and RFC 6533, 4, for addresses beyond ASCII.
STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})
RETURNED = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"}
)
# RFC 3464, 2.3.3. Delayed, relayed and expanded change nothing: the letter is still on its way, or
# beyond where anybody reports. What arrived outweighs what did not, of several recipients.
STATES = {"delivered": State.DELIVERED, "failed": State.FAILED}


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the letter with this Message-ID. `status` as RFC 3463 writes it, or empty."""

    message_id: str
    action: str
    status: str

    def receipt(self, at: datetime) -> Receipt | None:
        """Return what to note, heard at the instant `at`; None where nothing has changed."""
        state = STATES.get(self.action)
        if state is None:
            return None
        is_failure = state is State.FAILED
        return Receipt(
            Channel.EMAIL,
            self.message_id,
            state,
            at,
            code=f"dsn_{self.status or self.action}" if is_failure else None,
            is_address_dead=is_failure and DEAD_MAILBOX.fullmatch(self.status) is not None,
        )


def report(data: bytes, *, host: str) -> Report | None:
    """Return what a letter reports of one of ours, sent in the name of `host`; None: no such thing.

    It may be cut at its end: what is returned of our letter comes last.
    """
    letter = BytesParser().parsebytes(data)
    if letter.get_content_type() != REPORT:
        return None
    parts = list(letter.walk())
    message_id = next(_message_ids(parts), "")
    fields = [one for part in parts for one in _fields(part) if "action" in one]
    if not fields or not re.fullmatch(rf"<\d+\.[\w-]+@{re.escape(host)}>", message_id, re.ASCII):
        return None
    actions = {_word(one, "action").lower(): one for one in reversed(fields)}
    action = next((known for known in STATES if known in actions), next(iter(actions)))
    status = ENHANCED.search(_word(actions[action], "status"))
    return Report(message_id, action, status.group() if status else "")


def _message_ids(parts: list[Part]) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() in RETURNED:
            yield _word(_returned(part), "message-id")


def _returned(part: Part) -> Part:
    if part.is_multipart():
        return part.get_payload(0)  # type: ignore[return-value]  # of a multipart
    payload = part.get_payload(decode=True)
    text = payload.decode(errors="replace") if isinstance(payload, bytes) else ""
    return HeaderParser().parsestr(text)


def _fields(part: Part) -> Iterator[Part]:
    """Return the groups of fields of a status, each as if it were a letter's headers."""
    if part.get_content_type() not in STATUSES or not part.is_multipart():
        return
    for group in part.get_payload():
        yield group  # type: ignore[misc]  # of a multipart
        if rest := group.get_payload():  # type: ignore[union-attr]  # the same
            yield HeaderParser().parsestr(str(rest))


def _word(fields: Part, name: str) -> str:
    # A field may be folded; what is not ASCII comes as an object of its own.
    return " ".join(str(fields.get(name, "")).split())
